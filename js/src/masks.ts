// Masks as run lengths: reading them, their spans row by row, their outline. No canvas in here.
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

/** A closed line, x y x y ..., in image pixels. */
export type Loop = Float32Array;

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

/** One byte a pixel inside the box, with a border of zeros; width (x1 - x0 + 2). */
function bits(mask: Mask): Uint8Array {
  const wide = mask.x1 - mask.x0;
  const stride = wide + 2;
  const cells = new Uint8Array(stride * (mask.y1 - mask.y0 + 2));
  const { rows, ends } = spansOf(mask);
  for (let row = 0; row < rows.length - 1; row++) {
    const start = (row + 1) * stride + 1 - mask.x0;
    for (let i = rows[row] ?? 0; i < (rows[row + 1] ?? 0); i += 2) {
      cells.fill(1, start + (ends[i] ?? 0), start + (ends[i + 1] ?? 0));
    }
  }
  return cells;
}

const RIGHT = 0;
const DOWN = 1;
const LEFT = 2;
const STEP_X = [1, 0, -1, 0] as const;
const STEP_Y = [0, 1, 0, -1] as const;

/**
 * The edges of a mask as closed lines, outer ones and holes (fill them by the even-odd rule).
 *
 * The line goes along pixel edges with the mask on its right. `smooth`, the usual way, cuts corners: half a pixel off square
 * ones, and from middle to middle over steps of one pixel, so that slopes look like slopes and not like
 * stairs. It never leaves the pixel edge by half a pixel: pixel centres stay on their side. `square` keeps
 * every corner, for where pixels are seen one by one. Pixels that touch at a corner only are not joined.
 */
export function outline(mask: Mask, finish: Finish = smooth): Loop[] {
  const wide = mask.x1 - mask.x0;
  const tall = mask.y1 - mask.y0;
  if (wide === 0 || tall === 0) return [];
  const stride = wide + 2;
  const cells = bits(mask);
  const seen = new Uint8Array(cells.length); // top edges already walked; every loop has one
  const on = (x: number, y: number): boolean => cells[(y + 1) * stride + x + 1] === 1;
  const loops: Loop[] = [];
  for (let y = 0; y < tall; y++) {
    for (let x = 0; x < wide; x++) {
      const cell = (y + 1) * stride + x + 1;
      if (cells[cell] !== 1 || cells[cell - stride] === 1 || seen[cell] === 1) continue;
      loops.push(finish(walk(x, y), mask.x0 + x, mask.y0 + y));
    }
  }
  return loops;

  /** Headings and lengths of the straight pieces of a loop, from a corner back to it. */
  function walk(startX: number, startY: number): number[] {
    const pieces: number[] = [];
    let x = startX; // the lattice corner that we stand on
    let y = startY;
    let heading = RIGHT;
    let length = 0;
    do {
      if (heading === RIGHT) seen[(y + 1) * stride + x + 1] = 1;
      x += STEP_X[heading as 0];
      y += STEP_Y[heading as 0];
      length += 1;
      const next = turn(x, y, heading);
      if (next === heading) continue;
      pieces.push(heading, length);
      heading = next;
      length = 0;
    } while (x !== startX || y !== startY || heading !== RIGHT);
    return pieces;
  }

  /** The next heading at a corner: right if the cell ahead on the right is off, and so on. */
  function turn(x: number, y: number, heading: number): number {
    const northWest = on(x - 1, y - 1);
    const northEast = on(x, y - 1);
    const southEast = on(x, y);
    const southWest = on(x - 1, y);
    if (heading === RIGHT) return !southEast ? DOWN : northEast ? 3 : RIGHT;
    if (heading === DOWN) return !southWest ? LEFT : southEast ? RIGHT : DOWN;
    if (heading === LEFT) return !northWest ? 3 : southWest ? DOWN : LEFT;
    return !northEast ? RIGHT : northWest ? LEFT : 3;
  }
}

/** A line over straight pieces (heading, length, heading, length ...) from a corner back to it. */
export type Finish = (pieces: readonly number[], startX: number, startY: number) => Loop;

/** Along the pixels' edges: one place a corner. */
export function square(pieces: readonly number[], startX: number, startY: number): Loop {
  const line: number[] = [];
  let x = startX;
  let y = startY;
  for (let i = 0; i < pieces.length; i += 2) {
    line.push(x, y);
    const heading = (pieces[i] ?? 0) as 0;
    x += STEP_X[heading] * (pieces[i + 1] ?? 0);
    y += STEP_Y[heading] * (pieces[i + 1] ?? 0);
  }
  return Float32Array.from(line);
}

/** Cuts corners. */
export function smooth(pieces: readonly number[], startX: number, startY: number): Loop {
  const count = pieces.length / 2;
  const heading = (i: number): number => pieces[((i + count) % count) * 2] ?? 0;
  const length = (i: number): number => pieces[((i + count) % count) * 2 + 1] ?? 0;
  const isStep = (i: number): boolean => length(i) === 1 && heading(i - 1) === heading(i + 1);
  const line: number[] = [];
  let x = startX;
  let y = startY;
  for (let i = 0; i < count; i++) {
    const dx = STEP_X[heading(i) as 0];
    const dy = STEP_Y[heading(i) as 0];
    const long = length(i);
    const first = isStep(i) || isStep(i - 1) ? long / 2 : 0.5;
    const last = isStep(i) || isStep(i + 1) ? long / 2 : long - 0.5;
    line.push(x + dx * first, y + dy * first);
    if (last > first) line.push(x + dx * last, y + dy * last);
    x += dx * long;
    y += dy * long;
  }
  return Float32Array.from(line);
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
