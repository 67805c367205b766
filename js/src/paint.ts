// Draws on stacked canvases, each at device resolution: the photo, and marks (outlines, numbers, prompts). Masks are
// filled in overlay.ts. Given values only; it listens to nothing and keeps nothing.
import type { Loop } from "./outline";
import { PALETTE } from "./palette";
import type { Part } from "./parts";
import { sizeOf } from "./tags";
import { middleOf } from "./tools/line";
import { type Place, scaleOf, toDevice, type Viewport } from "./viewport";
import { t } from "./words/words";

/** Red, green, blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

export function colorOf(index: number): Rgb {
  return PALETTE[index % PALETTE.length] ?? [230, 159, 0];
}

/** What the palette's colours are called. */
const NAMES = [
  t("orange"),
  t("sky blue"),
  t("green"),
  t("yellow"),
  t("blue"),
  t("vermilion"),
  t("pink"),
] as const;

export function colorName(index: number): string {
  const place = index % PALETTE.length;
  return NAMES[place] ?? t("colour {n}", { n: place + 1 });
}

export function css([r, g, b]: Rgb, alpha = 1): string {
  return `rgb(${r} ${g} ${b} / ${alpha})`;
}

/** How a line is drawn: the open object's, an accepted one's, one that is only pointed at, one that a click would make. */
export type Stroke = "chosen" | "accepted" | "preview" | "foreseen";

export interface Line {
  readonly path: Path2D; // image pixels
  readonly specks: Path2D | null; // of the same mask, what shall not be loud
  readonly whole: Path2D; // both
  readonly veil: number; // over what is inside, 0 to 1
  readonly color: Rgb;
  readonly stroke: Stroke;
}

/** CSS pixels from which on an image's pixel is shown as the square that it is. */
const SQUARE = 6;

export function showsSquares(view: Viewport): boolean {
  return scaleOf(view).x >= SQUARE * view.ratio;
}

/**
 * The window of the picture: as smooth as the browser can, and blocky when one pixel is many, so that pixels can be
 * seen. A photo that was made smaller for the page stays smooth: its pixels are not the image's.
 */
export function paintPhoto(
  context: CanvasRenderingContext2D,
  view: Viewport,
  photo: ImageBitmap | null,
): void {
  const { device, whole } = view;
  context.clearRect(0, 0, device.width, device.height);
  if (photo === null) return;
  context.imageSmoothingEnabled = !(showsSquares(view) && photo.width >= view.image.width);
  context.imageSmoothingQuality = "high";
  // The whole of it, most of which falls beside the canvas: cut out first, its edges would be blurred.
  context.drawImage(photo, -view.left, -view.top, whole.width, whole.height);
}

/** A number on an object, the same as in the list beside the photo. */
export interface Tag extends Place {
  readonly text: string;
  readonly color: Rgb;
}

/** A canvas, and the window of the picture that it shows. */
export interface Stage {
  readonly context: CanvasRenderingContext2D;
  readonly view: Viewport;
}

/** Outlines, and numbers on them: a part of the canvas, anew. */
export function paintNumbered(
  stage: Stage,
  lines: readonly Line[],
  tags: readonly Tag[],
  { x, y, width, height }: Part,
): void {
  const { context, view } = stage;
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.clearRect(x, y, width, height);
  for (const line of lines) paintLine(context, view, line);
  for (const tag of tags) paintTag(stage, tag);
  context.restore();
}

/** Outlines that change from frame to frame, on a canvas that is cleared. */
export function paintLines({ context, view }: Stage, lines: readonly Line[]): void {
  context.clearRect(0, 0, view.device.width, view.device.height);
  for (const line of lines) paintLine(context, view, line);
}

/** One path of all loops, in image pixels; fill it by the even-odd rule. */
export function pathOf(loops: readonly Loop[]): Path2D {
  const path = new Path2D();
  for (const loop of loops) {
    for (let i = 0; i < loop.length; i += 2) {
      if (i === 0) path.moveTo(loop[i] ?? 0, loop[i + 1] ?? 0);
      else path.lineTo(loop[i] ?? 0, loop[i + 1] ?? 0);
    }
    path.closePath();
  }
  return path;
}

/** A path of image pixels in device pixels. */
function inDevice(view: Viewport, path: Path2D): Path2D {
  const { x, y } = scaleOf(view);
  const there = new Path2D();
  there.addPath(path, new DOMMatrix([x, 0, 0, y, -view.left, -view.top]));
  return there;
}

function paintLine(context: CanvasRenderingContext2D, view: Viewport, line: Line): void {
  const path = inDevice(view, line.path);
  if (line.veil > 0) {
    context.fillStyle = css(line.color, line.veil);
    context.fill(line.whole === line.path ? path : inDevice(view, line.whole), "evenodd");
  }
  const stroke = (width: number, style: string, dash: readonly number[] = []): void => {
    context.lineWidth = width * view.ratio;
    context.strokeStyle = style;
    context.setLineDash(dash.map((length) => length * view.ratio));
    context.stroke(path);
  };
  context.lineJoin = "round";
  context.lineCap = "butt";
  // A dark hem under the white halo: the line is seen on a white photo as well.
  if (line.stroke === "chosen") {
    stroke(5.5, "rgb(0 0 0 / 0.28)");
    stroke(4, "rgb(255 255 255 / 0.95)");
    stroke(2, css(line.color));
  } else if (line.stroke === "accepted") {
    stroke(2.6, "rgb(255 255 255 / 0.8)");
    stroke(1.4, css(line.color));
  } else if (line.stroke === "foreseen") {
    stroke(2.6, "rgb(0 0 0 / 0.35)");
    stroke(1.25, "rgb(255 255 255 / 0.95)");
  } else {
    stroke(3, "rgb(0 0 0 / 0.5)");
    stroke(1.6, "rgb(255 255 255)", [5, 4]);
  }
  context.setLineDash([]);
  if (line.specks === null || line.stroke === "preview") return;
  context.lineWidth = view.ratio;
  context.strokeStyle = css(line.color, 0.9);
  context.stroke(inDevice(view, line.specks));
}

export function paintTag({ context, view }: Stage, tag: Tag): void {
  const { x, y } = toDevice(view, tag);
  const unit = view.ratio;
  const { width, height } = sizeOf(tag.text);
  context.beginPath();
  const corner = { x: x - (width / 2) * unit, y: y - (height / 2) * unit };
  context.roundRect(corner.x, corner.y, width * unit, height * unit, 5 * unit);
  context.fillStyle = "rgb(15 19 25 / 0.82)";
  context.fill();
  context.lineWidth = 1.5 * unit;
  context.strokeStyle = css(tag.color);
  context.stroke();
  context.fillStyle = "rgb(255 255 255)";
  context.font = `700 ${10.5 * unit}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(tag.text, x, y + 0.5 * unit);
}

const POSITIVE = "rgb(9 80 150)";
const NEGATIVE = "rgb(190 50 15)";

export function paintPoint(
  { context, view }: Stage,
  point: Place & { readonly positive: boolean },
): void {
  const { x, y } = toDevice(view, point);
  const unit = view.ratio;
  const disc = (radius: number, style: string): void => {
    context.beginPath();
    context.arc(x, y, radius * unit, 0, 2 * Math.PI);
    context.fillStyle = style;
    context.fill();
  };
  disc(8.5, "rgb(0 0 0 / 0.3)");
  disc(7.5, "rgb(255 255 255)");
  disc(6, point.positive ? POSITIVE : NEGATIVE);
  context.strokeStyle = "rgb(255 255 255)";
  context.lineWidth = 1.7 * unit;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(x - 3 * unit, y);
  context.lineTo(x + 3 * unit, y);
  if (point.positive) {
    context.moveTo(x, y - 3 * unit);
    context.lineTo(x, y + 3 * unit);
  }
  context.stroke();
}

/** A ring around a point that is pointed at. */
export function paintRing({ context, view }: Stage, place: Place): void {
  const { x, y } = toDevice(view, place);
  const unit = view.ratio;
  const ring = (width: number, style: string): void => {
    context.beginPath();
    context.arc(x, y, 10.5 * unit, 0, 2 * Math.PI);
    context.lineWidth = width * unit;
    context.strokeStyle = style;
    context.stroke();
  };
  ring(4, "rgb(0 0 0 / 0.45)");
  ring(2, "rgb(255 255 255)");
}

interface Corners {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export function paintBox({ context, view }: Stage, box: Corners, drawing: boolean): void {
  const { x: x0, y: y0 } = toDevice(view, { x: box.x0, y: box.y0 });
  const { x: x1, y: y1 } = toDevice(view, { x: box.x1, y: box.y1 });
  const unit = view.ratio;
  context.lineJoin = "round";
  context.lineWidth = 3.5 * unit;
  context.strokeStyle = "rgb(255 255 255 / 0.92)";
  context.strokeRect(x0, y0, x1 - x0, y1 - y0);
  context.lineWidth = 1.6 * unit;
  context.strokeStyle = POSITIVE;
  context.setLineDash(drawing ? [6 * unit, 4 * unit] : []);
  context.strokeRect(x0, y0, x1 - x0, y1 - y0);
  context.setLineDash([]);
  for (const [x, y] of [
    [x0, y0],
    [x1, y0],
    [x0, y1],
    [x1, y1],
  ] as const) {
    context.fillStyle = "rgb(255 255 255)";
    context.fillRect(x - 4 * unit, y - 4 * unit, 8 * unit, 8 * unit);
    context.fillStyle = POSITIVE;
    context.fillRect(x - 2.6 * unit, y - 2.6 * unit, 5.2 * unit, 5.2 * unit);
  }
}

/** A scribble: a line that the model is asked with, thin beside what was drawn so that the thing is seen. */
export function paintScribble(
  stage: Stage,
  { path, positive }: { readonly path: readonly number[]; readonly positive: boolean },
  drawing: boolean,
): void {
  const { context, view } = stage;
  const unit = view.ratio;
  context.beginPath();
  for (let i = 0; i < path.length; i += 2) {
    const { x, y } = toDevice(view, { x: path[i] ?? 0, y: path[i + 1] ?? 0 });
    if (i === 0) context.moveTo(x, y);
    context.lineTo(x, y);
  }
  context.lineJoin = "round";
  context.lineCap = "round";
  for (const [width, style] of [
    [7.5, "rgb(0 0 0 / 0.3)"],
    [6, "rgb(255 255 255 / 0.95)"],
    [3.2, positive ? POSITIVE : NEGATIVE],
  ] as const) {
    context.lineWidth = width * unit;
    context.strokeStyle = style;
    context.stroke();
  }
  if (drawing) return;
  paintPoint(stage, { ...middleOf(path), positive });
}

/** What a brush would paint: a circle in image pixels round a place. */
export interface Disc extends Place {
  readonly width: number;
  readonly positive: boolean;
}

export function paintDisc({ context, view }: Stage, { width, positive, ...place }: Disc): void {
  const { x, y } = toDevice(view, place);
  const scale = scaleOf(view);
  const unit = view.ratio;
  const ring = (line: number, style: string, dash: readonly number[] = []): void => {
    context.beginPath();
    const radius = Math.max(1.5 * unit, (width / 2) * scale.x);
    context.ellipse(x, y, radius, Math.max(1.5 * unit, (width / 2) * scale.y), 0, 0, 2 * Math.PI);
    context.lineWidth = line * unit;
    context.strokeStyle = style;
    context.setLineDash(dash.map((length) => length * unit));
    context.stroke();
  };
  ring(3.4, "rgb(0 0 0 / 0.45)");
  ring(1.6, "rgb(255 255 255)", positive ? [] : [4, 3]);
  context.setLineDash([]);
  // The sign in the middle, once there is room for it.
  if ((width / 2) * scale.x < 9 * unit) return;
  const arm = (style: string, line: number): void => {
    context.lineWidth = line * unit;
    context.strokeStyle = style;
    context.lineCap = "round";
    context.beginPath();
    context.moveTo(x - 3 * unit, y);
    context.lineTo(x + 3 * unit, y);
    if (positive) {
      context.moveTo(x, y - 3 * unit);
      context.lineTo(x, y + 3 * unit);
    }
    context.stroke();
  };
  arm("rgb(0 0 0 / 0.5)", 3);
  arm("rgb(255 255 255)", 1.4);
}

/** Where the model looked from nearer: corners alone, since it is no prompt to be seen for long. */
export function paintWindow({ context, view }: Stage, window: Corners): void {
  const { x: x0, y: y0 } = toDevice(view, { x: window.x0, y: window.y0 });
  const { x: x1, y: y1 } = toDevice(view, { x: window.x1, y: window.y1 });
  const arm = Math.min(12 * view.ratio, (x1 - x0) / 3, (y1 - y0) / 3);
  context.beginPath();
  for (const [x, along] of [
    [x0, arm],
    [x1, -arm],
  ] as const) {
    for (const [y, down] of [
      [y0, arm],
      [y1, -arm],
    ] as const) {
      context.moveTo(x + along, y);
      context.lineTo(x, y);
      context.lineTo(x, y + down);
    }
  }
  context.lineJoin = "round";
  context.lineWidth = 3.5 * view.ratio;
  context.strokeStyle = "rgb(0 0 0 / 0.45)";
  context.stroke();
  context.lineWidth = 1.6 * view.ratio;
  context.strokeStyle = "rgb(255 255 255 / 0.95)";
  context.stroke();
}

/** A mask that was given: dotted, and hatched, since the answer's own fill and line lie on the same place. */
export function paintGivenMask({ context, view }: Stage, outline: Path2D | null): void {
  if (outline === null) return;
  const unit = view.ratio;
  const path = inDevice(view, outline);
  hatch({ context, view }, path, 14, [
    [2, "rgb(9 80 150 / 0.35)"],
    [1, "rgb(255 255 255 / 0.6)"],
  ]);
  context.lineJoin = "round";
  context.lineCap = "round";
  context.lineWidth = 3.5 * unit;
  context.strokeStyle = "rgb(255 255 255 / 0.92)";
  context.stroke(path);
  context.lineWidth = 2.2 * unit;
  context.strokeStyle = POSITIVE;
  context.setLineDash([0, 5 * unit]);
  context.stroke(path);
  context.setLineDash([]);
}

/** Slanting lines in a path of device pixels, so many CSS pixels apart, from left below or, falling, from left above. */
function hatch(
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

/** Where the next click is suggested: a ring with its sign, quieter than a prompt. */
export function paintNext(
  { context, view }: Stage,
  next: Place & { readonly positive: boolean },
): void {
  const { x, y } = toDevice(view, next);
  const unit = view.ratio;
  const arm = 3.4 * unit;
  context.beginPath();
  context.arc(x, y, 11.5 * unit, 0, 2 * Math.PI);
  context.fillStyle = "rgb(255 255 255 / 0.82)";
  context.fill();
  context.lineWidth = 1.8 * unit;
  context.lineCap = "butt";
  context.strokeStyle = next.positive ? POSITIVE : NEGATIVE;
  context.beginPath();
  context.moveTo(x - arm, y);
  context.lineTo(x + arm, y);
  if (next.positive) {
    context.moveTo(x, y - arm);
    context.lineTo(x, y + arm);
  }
  context.stroke();
  context.beginPath();
  context.arc(x, y, 9 * unit, 0, 2 * Math.PI);
  context.setLineDash([3.5 * unit, 2.5 * unit]);
  context.stroke();
  context.setLineDash([]);
}
