// Draws on stacked canvases, each at device resolution: the photo, outlines and their numbers. Masks are filled in
// overlay.ts, prompts drawn in marks.ts. Given values only; it listens to nothing and keeps nothing.
import type { Loop } from "./outline";
import { PALETTE } from "./palette";
import type { Part } from "./parts";
import { sizeOf } from "./tags";
import type { Tile } from "./tiles";
import { type Place, scaleOf, toDevice, type Viewport } from "./viewport";
import { t } from "./words/words";

/** Red, green, blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** The place in the palette of what has no colour. */
export const UNNAMED = -1;

export function colorOf(index: number): Rgb {
  if (index === UNNAMED) return [150, 155, 165];
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
 * seen. A photo that was made smaller for the page stays smooth: its pixels are not the image's. Tiles of a huge one,
 * from the coarsest up, lie over it.
 */
export function paintPhoto(
  context: CanvasRenderingContext2D,
  view: Viewport,
  photo: ImageBitmap | null,
  tiles: readonly Tile[] = [],
): void {
  const { device, whole } = view;
  context.clearRect(0, 0, device.width, device.height);
  if (photo === null) return;
  context.imageSmoothingEnabled = !(showsSquares(view) && photo.width >= view.image.width);
  context.imageSmoothingQuality = "high";
  // The whole of it, most of which falls beside the canvas: cut out first, its edges would be blurred.
  context.drawImage(photo, -view.left, -view.top, whole.width, whole.height);
  for (const { level, bitmap, x, y, width, height } of tiles) {
    const from = toDevice(view, { x, y });
    const to = toDevice(view, { x: x + width, y: y + height });
    const [left, top] = [Math.round(from.x), Math.round(from.y)]; // no seams
    context.imageSmoothingEnabled = !(showsSquares(view) && level === 0);
    context.drawImage(bitmap, left, top, Math.round(to.x) - left, Math.round(to.y) - top);
  }
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
export function inDevice(view: Viewport, path: Path2D): Path2D {
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
