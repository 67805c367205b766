// Draws by slanting lines, which are told on any photo and by any eye: what candidates do not agree about, and what a
// mask lacks of the truth or has too much. Given values only.
import { css, inDevice, type Rgb, type Stage } from "./paint";

/** Slanting lines in a path of device pixels, so many CSS pixels apart, from left below or, falling, from left above. */
export function hatch(
  { context, view }: Stage,
  path: Path2D,
  apart: number,
  strokes: readonly (readonly [number, string])[],
  falling = false,
): void {
  const { width, height } = view.device;
  const [from, to] = falling ? [0, height] : [height, 0];
  context.save();
  context.clip(path, "evenodd");
  context.beginPath();
  for (let x = -height; x < width; x += apart * view.ratio) {
    context.moveTo(x, from);
    context.lineTo(x + height, to);
  }
  for (const [wide, style] of strokes) {
    context.lineWidth = wide * view.ratio;
    context.strokeStyle = style;
    context.stroke();
  }
  context.restore();
}

/** White on black, so that it is told on any photo and by any eye. */
const HATCH = [
  [2.6, "rgb(0 0 0 / 0.55)"],
  [1.2, "rgb(255 255 255 / 0.95)"],
] as const;

/** What candidates do not agree about: lines where one of them has it, crossed ones where more do. */
export function paintDispute(stage: Stage, [one, more]: readonly Path2D[]): void {
  if (one !== undefined) hatch(stage, inDevice(stage.view, one), 11, HATCH);
  if (more === undefined) return;
  const crossed = inDevice(stage.view, more);
  for (const falling of [false, true]) hatch(stage, crossed, 11, HATCH, falling);
}

/** What a mask lacks of the truth, and what it has too much: Okabe and Ito's blue and vermilion, and other slants. */
const MISSED: Rgb = [0, 114, 178];
const WRONG: Rgb = [213, 94, 0];

export function paintErrors(stage: Stage, missed: Path2D, wrong: Path2D): void {
  for (const [outline, color, falling] of [
    [missed, MISSED, false],
    [wrong, WRONG, true],
  ] as const) {
    const { context, view } = stage;
    const path = inDevice(view, outline);
    context.fillStyle = css(color, 0.38);
    context.fill(path, "evenodd");
    const lines = [
      [2.4, css(color)],
      [0.9, "rgb(255 255 255 / 0.8)"],
    ] as const;
    hatch(stage, path, 11, lines, falling);
    context.lineJoin = "round";
    context.lineWidth = 1.4 * view.ratio;
    context.strokeStyle = css(color);
    context.stroke(path);
  }
}
