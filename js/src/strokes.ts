// A line of some width as the pixels under it, and rows of pixels put together. The other half of
// sam_widget/strokes.py: the same steps of arithmetic, so that the pixels are the same to the last one; held
// together by golden/corrections.json. No canvas in here.
import type { Mask } from "./masks";
import type { Size } from "./viewport";

/** Pixels row by row, for every row of an image: [from, to) in pairs, in order, none touching. */
export type Rows = readonly (readonly number[])[];

const NOTHING: readonly number[] = [];

export function rowsOf(mask: Mask): Rows {
  const rows: number[][] = Array.from({ length: mask.height }, () => NOTHING as number[]);
  const wide = mask.x1 - mask.x0;
  let place = 0;
  for (let i = 0; i < mask.runs.length; i++) {
    const stop = place + (mask.runs[i] ?? 0);
    while (i % 2 === 1 && place < stop) {
      const row = Math.floor(place / wide);
      const end = Math.min(stop, (row + 1) * wide);
      const ends = [mask.x0 + place - row * wide, mask.x0 + end - row * wide];
      const before = rows[mask.y0 + row] as number[];
      if (before.length > 0) before.push(...ends);
      else rows[mask.y0 + row] = ends;
      place = end;
    }
    place = stop;
  }
  return rows;
}

/** The mask of these rows, in the smallest box that holds it. */
export function maskOf(width: number, rows: Rows): Mask {
  const size = { width, height: rows.length };
  let [x0, x1, y0, y1] = [width, 0, rows.length, 0];
  rows.forEach((ends, row) => {
    if (ends.length === 0) return;
    x0 = Math.min(x0, ends[0] ?? 0);
    x1 = Math.max(x1, ends.at(-1) ?? 0);
    y0 = Math.min(y0, row);
    y1 = row + 1;
  });
  if (y1 === 0) return { ...size, x0: 0, y0: 0, x1: 0, y1: 0, runs: new Uint32Array() };
  const runs: number[] = [];
  let done = 0; // pixels of the box that are told
  for (let row = y0; row < y1; row++) {
    const ends = rows[row] ?? NOTHING;
    const start = (row - y0) * (x1 - x0) - x0;
    for (let i = 0; i < ends.length; i += 2) {
      const from = start + (ends[i] ?? 0);
      const to = start + (ends[i + 1] ?? 0);
      // What ends at the box's right side may go on at its left, as one run.
      if (from === done && runs.length > 0) runs.push((runs.pop() ?? 0) + to - from);
      else runs.push(from - done, to - from);
      done = to;
    }
  }
  const total = (x1 - x0) * (y1 - y0);
  if (done < total) runs.push(total - done);
  return { ...size, x0, y0, x1, y1, runs: Uint32Array.from(runs) };
}

/** The pixels whose centre is no farther than half the width from a line, and those that its points are in. */
export function stroke(
  { width: wide, height: high }: Size,
  path: readonly number[],
  width: number,
): Rows {
  const radius = width / 2;
  const rows: number[][] = Array.from({ length: high }, () => NOTHING as number[]);
  const add = (row: number, from: number, to: number): void => {
    if (to <= from) return;
    const ends = rows[row] as number[];
    if (ends.length > 0) ends.push(from, to);
    else rows[row] = [from, to];
  };
  for (let i = 0; i < path.length; i += 2) {
    const [ax = 0, ay = 0, bx = ax, by = ay] = path.slice(i, i + 4);
    const [column, row] = [Math.floor(ax), Math.floor(ay)];
    if (column >= 0 && column < wide && row >= 0 && row < high) add(row, column, column + 1);
    if (i > 0 && i + 2 >= path.length) break; // the last point ends a piece and begins none
    const top = Math.max(Math.ceil(Math.min(ay, by) - radius - 0.5), 0);
    const bottom = Math.min(Math.floor(Math.max(ay, by) + radius - 0.5), high - 1);
    const reach = reachOf(ax, ay, bx, by, radius);
    for (let line = top; line <= bottom; line++) {
      const [left, right] = reach(line + 0.5);
      const from = Math.max(Math.ceil(left - 0.5), 0);
      add(line, from, Math.min(Math.floor(right - 0.5) + 1, wide));
    }
  }
  return rows.map(tidy);
}

/** Between which x the points of a row lie that are near a straight piece. */
function reachOf(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  radius: number,
): (y: number) => readonly [number, number] {
  const dx = bx - ax;
  const dy = by - ay;
  const long = Math.sqrt(dx * dx + dy * dy);
  const across = (-dy * radius) / long;
  const up = (dx * radius) / long;
  const xs = [ax + across, bx + across, bx - across, ax - across] as const;
  const ys = [ay + up, by + up, by - up, ay - up] as const;
  return (y) => {
    let left = Number.POSITIVE_INFINITY;
    let right = Number.NEGATIVE_INFINITY;
    const take = (from: number, to: number): void => {
      left = Math.min(left, from);
      right = Math.max(right, to);
    };
    const end = (x: number, at: number): void => {
      const high = radius * radius - (y - at) * (y - at);
      if (high < 0) return;
      const half = Math.sqrt(high);
      take(x - half, x + half);
    };
    end(ax, ay);
    end(bx, by);
    for (let i = 0; long > 0 && i < 4; i++) {
      const [px, py] = [xs[i as 0], ys[i as 0]];
      const [qx, qy] = [xs[((i + 1) % 4) as 0], ys[((i + 1) % 4) as 0]];
      if (py === qy || y < Math.min(py, qy) || y > Math.max(py, qy)) continue;
      const x = px + ((y - py) * (qx - px)) / (qy - py);
      take(x, x);
    }
    return [left, right];
  };
}

/** Pairs in any order, in order, those that touch as one. */
function tidy(ends: readonly number[]): readonly number[] {
  if (ends.length <= 2) return ends;
  const pairs: [number, number][] = [];
  for (let i = 0; i < ends.length; i += 2) pairs.push([ends[i] ?? 0, ends[i + 1] ?? 0]);
  pairs.sort((a, b) => a[0] - b[0]);
  const tidied: number[] = [];
  for (const [from, to] of pairs) {
    const last = tidied.length - 1;
    const before = tidied[last];
    if (before !== undefined && from <= before) tidied[last] = Math.max(before, to);
    else tidied.push(from, to);
  }
  return tidied;
}

/** The pixels of either. */
export function union(some: Rows, others: Rows): Rows {
  return some.map((ends, row) => {
    const more = others[row] ?? NOTHING;
    return more.length === 0 ? ends : tidy([...ends, ...more]);
  });
}

/** The pixels of the first without those of the second. */
export function less(some: Rows, taken: Rows): Rows {
  return some.map((ends, row) => {
    const gone = taken[row] ?? NOTHING;
    return ends.length === 0 || gone.length === 0 ? ends : cut(ends, gone);
  });
}

function cut(ends: readonly number[], gone: readonly number[]): readonly number[] {
  const left: number[] = [];
  for (let i = 0; i < ends.length; i += 2) {
    let from = ends[i] ?? 0;
    const to = ends[i + 1] ?? 0;
    for (let k = 0; k < gone.length; k += 2) {
      const [start = 0, stop = 0] = [gone[k], gone[k + 1]];
      if (stop <= from || start >= to) continue;
      if (start > from) left.push(from, start);
      from = stop;
    }
    if (from < to) left.push(from, to);
  }
  return left;
}
