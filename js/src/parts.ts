// Parts of a canvas, in whole device pixels: where a mask lies, and where what is shown differs from what was. Nothing
// is drawn here.
import { type Place, type Size, toDevice, type Viewport } from "./viewport";

/** A rectangle on the canvas; an empty one has no width or no height. */
export interface Part extends Place, Size {}

/** A rectangle on the image, in its pixels, half open. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** All that a canvas shows. */
export function wholeOf({ device }: Viewport): Part {
  return { x: 0, y: 0, ...device };
}

/** Where a box lies on the canvas, with so many CSS pixels around it; a pixel more rather than less. */
export function partOf(view: Viewport, box: Box, reach: number): Part {
  const { device, ratio } = view;
  const first = toDevice(view, { x: box.x0, y: box.y0 });
  const last = toDevice(view, { x: box.x1, y: box.y1 });
  const within = (place: number, most: number): number => Math.min(most, Math.max(0, place));
  const x = within(Math.floor(first.x - reach * ratio), device.width);
  const y = within(Math.floor(first.y - reach * ratio), device.height);
  const right = within(Math.ceil(last.x + reach * ratio), device.width);
  const bottom = within(Math.ceil(last.y + reach * ratio), device.height);
  return { x, y, width: right - x, height: bottom - y };
}

export function isEmpty({ width, height }: Part): boolean {
  return width === 0 || height === 0;
}

export function overlap(a: Part, b: Part): boolean {
  const across = a.x < b.x + b.width && b.x < a.x + a.width;
  return across && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The smallest part that holds all of these. */
export function around(parts: readonly Part[]): Part {
  let [x, y, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  for (const part of parts) {
    if (isEmpty(part)) continue;
    [x, y] = [Math.min(x, part.x), Math.min(y, part.y)];
    [right, bottom] = [
      Math.max(right, part.x + part.width),
      Math.max(bottom, part.y + part.height),
    ];
  }
  return right === 0
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x, y, width: right - x, height: bottom - y };
}

/** Where two lists, drawn first to last, do not look the same: around all that only one of them has at its place. */
export function between<T>(
  some: readonly T[],
  others: readonly T[],
  same: (one: T, other: T) => boolean,
  partOfOne: (one: T) => Part,
): Part {
  const parts: Part[] = [];
  for (let i = 0; i < Math.max(some.length, others.length); i++) {
    const [one, other] = [some[i], others[i]];
    if (one !== undefined && other !== undefined && same(one, other)) continue;
    if (one !== undefined) parts.push(partOfOne(one));
    if (other !== undefined) parts.push(partOfOne(other));
  }
  return around(parts);
}
