// Outlines of masks that are too large to be walked pixel by pixel: of every second, third... pixel in each direction.
// Numbers alone.
import { fromRows, type Mask, spansOf } from "./masks";
import { type Finish, flowing, type Loop, outline } from "./outline";

/** Pixels of a mask's box that are walked one by one, and at most: of a larger one some are left out. */
const ALL = 4e6;
const MOST = 16e6;

/** How many pixels of a mask, along each side, are walked as one, where so many (`grain`) are one on the screen. */
export function stepOf({ x0, y0, x1, y1 }: Mask, grain: number): number {
  const pixels = (x1 - x0) * (y1 - y0);
  const unseen = pixels > ALL ? Math.floor(grain / 2) : 1;
  return Math.max(1, unseen, Math.ceil(Math.sqrt(pixels / MOST)));
}

/** A mask of the pixels in the middle of so many by so many. */
export function thinned(mask: Mask, step: number): Mask {
  const half = Math.floor(step / 2);
  const to = (place: number): number => Math.max(0, Math.ceil((place - half) / step));
  const { rows, ends } = spansOf(mask);
  const size = { width: to(mask.width), height: to(mask.height) };
  const thin: number[][] = [];
  for (let y = 0; y < size.height; y++) {
    const row: number[] = [];
    const at = y * step + half - mask.y0;
    const inside = at >= 0 && at < mask.y1 - mask.y0;
    const [from, stop] = inside ? [rows[at] ?? 0, rows[at + 1] ?? 0] : [0, 0];
    for (let i = from; i < stop; i += 2) {
      const [start, end] = [to(ends[i] ?? 0), to(ends[i + 1] ?? 0)];
      if (start < end) row.push(start, end);
    }
    thin.push(row);
  }
  return fromRows(size, thin);
}

/** The outline of a mask of any size, in its own pixels. */
export function outlined(mask: Mask, step: number, finish: Finish = flowing): Loop[] {
  if (step === 1) return outline(mask, finish);
  return outline(thinned(mask, step), finish).map((loop) => loop.map((place) => place * step));
}
