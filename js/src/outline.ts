// The edges of a mask as closed lines: along its pixels, or flowing past their corners for the eye. Numbers alone: no
// canvas in here.
import { type Mask, spansOf } from "./masks";

/** A closed line, x y x y ..., in image pixels. */
export type Loop = Float32Array;

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
 * The line goes along pixel edges with the mask on its right. `flowing`, the usual way, is for the eye: slopes look
 * like slopes and not like stairs, and yet pixel centres stay on their side. `square` keeps every corner, for where
 * pixels are seen one by one. Pixels that touch at a corner only are not joined.
 */
export function outline(mask: Mask, finish: Finish = flowing): Loop[] {
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

/** How far a flowing line may leave the middle of a pixel's edge, px: a pixel's centre is a little farther off. */
const LEEWAY = 0.3;
/** Rounds of smoothing: each spreads a corner over one more place. */
const ROUNDS = 16;
/** How far a place may lie off the line between its neighbours and not be told, px. */
const STRAIGHT = 0.04;

/** As smooth as it gets on its way past the middles of the pixels' edges, each at most a leeway off. */
export function flowing(pieces: readonly number[], startX: number, startY: number): Loop {
  const middles = middlesOf(pieces, startX, startY);
  const count = middles.length / 2;
  let line = middles.slice();
  let next = new Float32Array(line.length);
  for (let round = 0; round < Math.min(ROUNDS, count / 4); round++) {
    for (let i = 0; i < count; i++) {
      const before = 2 * ((i + count - 1) % count);
      const after = 2 * ((i + 1) % count);
      const at = 2 * i;
      const [x = 0, y = 0] = [middles[at], middles[at + 1]];
      const dx = ((line[before] ?? 0) + 2 * (line[at] ?? 0) + (line[after] ?? 0)) / 4 - x;
      const dy =
        ((line[before + 1] ?? 0) + 2 * (line[at + 1] ?? 0) + (line[after + 1] ?? 0)) / 4 - y;
      const shrink = Math.min(1, LEEWAY / Math.hypot(dx, dy));
      next[at] = x + dx * shrink;
      next[at + 1] = y + dy * shrink;
    }
    [line, next] = [next, line];
  }
  return withoutStraights(line);
}

/** The middle of each pixel's edge, in turn. */
function middlesOf(pieces: readonly number[], startX: number, startY: number): Float32Array {
  const line: number[] = [];
  let x = startX;
  let y = startY;
  for (let i = 0; i < pieces.length; i += 2) {
    const heading = (pieces[i] ?? 0) as 0;
    const [dx, dy] = [STEP_X[heading], STEP_Y[heading]];
    for (let length = pieces[i + 1] ?? 0; length > 0; length--) {
      line.push(x + dx / 2, y + dy / 2);
      x += dx;
      y += dy;
    }
  }
  return Float32Array.from(line);
}

/** The line without the places that lie on the way from the one before to the one after. */
function withoutStraights(line: Float32Array): Loop {
  const kept: number[] = [];
  let [x = 0, y = 0] = [line.at(-2), line.at(-1)]; // the last that was kept
  let lean = 0; // how far those that were left out since have turned away
  for (let i = 0; i < line.length; i += 2) {
    const [hereX = 0, hereY = 0] = [line[i], line[i + 1]];
    const after = (i + 2) % line.length;
    const [dx, dy] = [(line[after] ?? 0) - x, (line[after + 1] ?? 0) - y];
    lean += Math.abs(dx * (hereY - y) - dy * (hereX - x)) / Math.max(1e-6, Math.hypot(dx, dy));
    if (lean < STRAIGHT) continue;
    kept.push(hereX, hereY);
    [x, y, lean] = [hereX, hereY, 0];
  }
  return kept.length < 6 ? line : Float32Array.from(kept);
}

/** The line with its places at least so far apart, px: what is seen of it from afar. */
export function sparse(loop: Loop, apart: number): Loop {
  const kept: number[] = [];
  let [x, y] = [Number.POSITIVE_INFINITY, 0]; // the last that was kept
  for (let i = 0; i < loop.length; i += 2) {
    const [hereX = 0, hereY = 0] = [loop[i], loop[i + 1]];
    if (Math.hypot(hereX - x, hereY - y) < apart) continue;
    kept.push(hereX, hereY);
    [x, y] = [hereX, hereY];
  }
  return kept.length < 6 ? loop : Float32Array.from(kept);
}

/** What a line encloses, px: holes too. */
export function enclosed(loop: Loop): number {
  let twice = 0;
  for (let i = 0; i < loop.length; i += 2) {
    const after = (i + 2) % loop.length;
    twice += (loop[i] ?? 0) * (loop[after + 1] ?? 0) - (loop[after] ?? 0) * (loop[i + 1] ?? 0);
  }
  return Math.abs(twice) / 2;
}

/** Islands and holes of fewer pixels, or of a smaller share of the largest, are specks. */
const SPECK = { pixels: 12, share: 0.002 };

/** What is drawn boldly, and what of it would be lines round nothing much. */
export function sorted(loops: readonly Loop[]): {
  readonly bold: readonly Loop[];
  readonly specks: readonly Loop[];
} {
  const areas = loops.map(enclosed);
  const most = Math.max(0, ...areas);
  const least = Math.min(most, Math.max(SPECK.pixels, SPECK.share * most));
  return {
    bold: loops.filter((_, i) => (areas[i] ?? 0) >= least),
    specks: loops.filter((_, i) => (areas[i] ?? 0) < least),
  };
}
