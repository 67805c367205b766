// Draws what a hand has said of an object or is about to: points, boxes, lines, windows, given masks, the brush, the
// suggested click. Given values only; outlines and numbers are paint.ts's.
import { hatch } from "./hatching";
import { inDevice, type Stage } from "./paint";
import { middleOf } from "./tools/line";
import { type Place, scaleOf, toDevice } from "./viewport";

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
