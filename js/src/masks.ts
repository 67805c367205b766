// Masks as run lengths: reading and writing them, their spans row by row. No canvas in here.
import type { Box } from "./parts";

/** A mask as the kernel sends it: runs in row-major order inside the box, zeros first. */
export interface Mask {
  readonly width: number; // of the image, px
  readonly height: number;
  readonly x0: number; // the box, half open
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly runs: Uint32Array;
}

/** The ones of every row: row y0 + r holds pairs [from, to) in `ends`, from rows[r] to rows[r + 1]. */
export interface Spans {
  readonly rows: Uint32Array;
  readonly ends: Uint32Array; // image columns, in pairs
}

const HEADER = 6;

/** Little-endian uint32: width, height, x0, y0, x1, y1, then the runs. Throws on anything else. */
export function decode(bytes: Uint8Array): Mask {
  if (bytes.byteLength < HEADER * 4 || bytes.byteLength % 4 !== 0) {
    throw new RangeError(`A mask cannot have ${bytes.byteLength} bytes.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Uint32Array(bytes.byteLength / 4);
  for (let i = 0; i < numbers.length; i++) numbers[i] = view.getUint32(i * 4, true);
  const [width = 0, height = 0, x0 = 0, y0 = 0, x1 = 0, y1 = 0] = numbers;
  if (x0 > x1 || y0 > y1 || x1 > width || y1 > height) {
    throw new RangeError("A mask's box must lie on its image.");
  }
  const runs = numbers.subarray(HEADER);
  let total = 0;
  for (const run of runs) total += run;
  if (total > (x1 - x0) * (y1 - y0)) throw new RangeError("A mask's runs leave its box.");
  return { width, height, x0, y0, x1, y1, runs };
}

/** The ones, row by row: what a painter needs. Runs that go round the end of a row are cut there. */
export function spansOf(mask: Mask): Spans {
  const wide = mask.x1 - mask.x0;
  const rows = new Uint32Array(mask.y1 - mask.y0 + 1);
  const ends: number[] = [];
  let row = 0;
  let place = 0;
  let inside = false;
  for (const run of mask.runs) {
    if (inside) {
      let from = place;
      const to = place + run;
      while (from < to) {
        const at = Math.floor(from / wide);
        const stop = Math.min(to, (at + 1) * wide);
        while (row < at) rows[++row] = ends.length;
        ends.push(mask.x0 + from - at * wide, mask.x0 + stop - at * wide);
        from = stop;
      }
    }
    place += run;
    inside = !inside;
  }
  while (row < rows.length - 1) rows[++row] = ends.length;
  return { rows, ends: Uint32Array.from(ends) };
}

/** How many pixels are one. */
export function areaOf(mask: Mask): number {
  let area = 0;
  for (let i = 1; i < mask.runs.length; i += 2) area += mask.runs[i] ?? 0;
  return area;
}

/** How many of the mask's pixels have their centre in a box, whose corners may lie within pixels. */
export function areaIn({ y0 }: Mask, { rows, ends }: Spans, box: Box): number {
  const from = Math.ceil(box.x0 - 0.5);
  const to = Math.floor(box.x1 + 0.5);
  let area = 0;
  for (let row = 0; row < rows.length - 1; row++) {
    const middle = y0 + row + 0.5;
    if (middle < box.y0 || middle > box.y1) continue;
    for (let i = rows[row] ?? 0; i < (rows[row + 1] ?? 0); i += 2) {
      area += Math.max(0, Math.min(to, ends[i + 1] ?? 0) - Math.max(from, ends[i] ?? 0));
    }
  }
  return area;
}

/** Whether the pixel at a place (image pixels) is one. */
export function isOn(
  mask: Mask,
  { rows, ends }: Spans,
  { x, y }: { x: number; y: number },
): boolean {
  if (x < mask.x0 || x >= mask.x1 || y < mask.y0 || y >= mask.y1) return false;
  const row = Math.floor(y) - mask.y0;
  const column = Math.floor(x);
  for (let i = rows[row] ?? 0; i < (rows[row + 1] ?? 0); i += 2) {
    if (column >= (ends[i] ?? 0) && column < (ends[i + 1] ?? 0)) return true;
  }
  return false;
}

/** The same of a mask whose spans nobody has made. */
export function holds(mask: Mask, { x, y }: { x: number; y: number }): boolean {
  if (x < mask.x0 || x >= mask.x1 || y < mask.y0 || y >= mask.y1) return false;
  const at = (Math.floor(y) - mask.y0) * (mask.x1 - mask.x0) + Math.floor(x) - mask.x0;
  let end = 0;
  for (let i = 0; i < mask.runs.length; i++) {
    end += mask.runs[i] ?? 0;
    if (at < end) return i % 2 === 1;
  }
  return false;
}

/** A place well inside the mask to put a label: the middle of the longest span near its middle row. */
export function labelPlace(mask: Mask, { rows, ends }: Spans): { x: number; y: number } | null {
  const middle = (mask.y1 - mask.y0) / 2;
  let best: { x: number; y: number } | null = null;
  let most = 0;
  for (let row = 0; row < rows.length - 1; row++) {
    for (let i = rows[row] ?? 0; i < (rows[row + 1] ?? 0); i += 2) {
      const [from = 0, to = 0] = [ends[i], ends[i + 1]];
      const worth = (to - from) / (1 + Math.abs(row + 0.5 - middle) / 8);
      if (worth <= most) continue;
      most = worth;
      best = { x: (from + to) / 2, y: mask.y0 + row + 0.5 };
    }
  }
  return best;
}

/** Pieces of rows, [from, to) in pairs from left to right, as a mask; row `i` of the list is row `i` of the image. */
export function fromRows(
  { width, height }: { readonly width: number; readonly height: number },
  rows: readonly (readonly number[])[],
): Mask {
  const y0 = rows.findIndex((row) => row.length > 0);
  const y1 = rows.findLastIndex((row) => row.length > 0) + 1;
  if (y0 < 0) return { width, height, x0: 0, y0: 0, x1: 0, y1: 0, runs: new Uint32Array() };
  const seen = rows.filter((row) => row.length > 0);
  const x0 = Math.min(...seen.map((row) => row[0] ?? 0));
  const x1 = Math.max(...seen.map((row) => row.at(-1) ?? 0));
  const runs: number[] = [];
  let end = 0; // of the last run, counted from the box's corner
  for (let y = y0; y < y1; y++) {
    const row = rows[y] ?? [];
    const start = (y - y0) * (x1 - x0) - x0;
    for (let i = 0; i < row.length; i += 2) {
      const [from, to] = [start + (row[i] ?? 0), start + (row[i + 1] ?? 0)];
      if (from === end && runs.length > 0) runs[runs.length - 1] = (runs.at(-1) ?? 0) + to - from;
      else runs.push(from - end, to - from);
      end = to;
    }
  }
  return { width, height, x0, y0, x1, y1, runs: Uint32Array.from(runs) };
}
