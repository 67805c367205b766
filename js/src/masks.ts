// Masks as run lengths: reading them, their spans row by row, their outline. No canvas in here.

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
 * The line goes along pixel edges with the mask on its right; every corner is cut half a pixel before
 * and after it, so that slopes look like slopes and not like stairs. Pixels that touch at a corner
 * only are not joined.
 */
export function outline(mask: Mask): Loop[] {
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
      loops.push(walk(x, y));
    }
  }
  return loops;

  function walk(startX: number, startY: number): Loop {
    const line: number[] = [];
    let x = startX; // the lattice corner that we stand on
    let y = startY;
    let heading = RIGHT;
    let previous = -1;
    do {
      if (heading === RIGHT) seen[(y + 1) * stride + x + 1] = 1;
      if (heading !== previous) {
        // half a pixel after the corner; the half before it was put down on leaving
        line.push(mask.x0 + x + STEP_X[heading as 0] / 2, mask.y0 + y + STEP_Y[heading as 0] / 2);
      }
      x += STEP_X[heading as 0];
      y += STEP_Y[heading as 0];
      previous = heading;
      heading = turn(x, y, heading);
      if (heading !== previous) {
        const backX = mask.x0 + x - STEP_X[previous as 0] / 2;
        const backY = mask.y0 + y - STEP_Y[previous as 0] / 2;
        if (line.at(-2) !== backX || line.at(-1) !== backY) line.push(backX, backY);
      }
    } while (x !== startX || y !== startY || heading !== RIGHT);
    return Float32Array.from(line);
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
