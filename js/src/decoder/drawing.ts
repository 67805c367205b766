// One mask at the image's size, smooth and without specks, as sam_widget/segment/drawing.py and enlarge.py draw it: a
// cubic B-spline along each axis, then small holes filled and small islands dropped. No model in here.
import { dropIslands, fillHoles } from "../components";
import { fromRows, type Mask } from "../masks";
import { type Frame, resized } from "./segmenter";

/** Samples of the decoder's grid: islands and holes of fewer are its noise, not things. */
const SPECK = 4;
const TAPS = 4;

/** A candidate's mask; `logits` on the decoder's square grid, 0 being the border. */
export function drawn(logits: Float32Array, frame: Frame): Mask {
  const samples = Math.sqrt(logits.length);
  const inside = resized(frame);
  const columns = spline(samples, frame.side, inside.width, frame.width);
  const rows = spline(samples, frame.side, inside.height, frame.height);
  const spans = spansOf(logits, samples, columns, rows);
  const per = frame.side / samples;
  const speck =
    SPECK * ((per * frame.width) / inside.width) * ((per * frame.height) / inside.height);
  return fromRows(frame, dropIslands(fillHoles(spans, frame.width, speck), speck));
}

/** For each pixel of an axis the samples that it is made of, four of them, and their shares. */
interface Axis {
  readonly pixels: number;
  readonly sample: Uint32Array;
  readonly share: Float32Array;
}

function spline(samples: number, side: number, inside: number, pixels: number): Axis {
  const last = Math.ceil((inside * samples) / side) - 1;
  const sample = new Uint32Array(TAPS * pixels);
  const share = new Float32Array(TAPS * pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const at = (pixel + 0.5) * (inside / pixels) * (samples / side) - 0.5;
    const before = Math.floor(at);
    const t = at - before;
    const kernel = [
      (1 - t) ** 3,
      3 * t ** 3 - 6 * t ** 2 + 4,
      3 * t * (1 + t - t ** 2) + 1,
      t ** 3,
    ];
    for (const [tap, weight] of kernel.entries()) {
      sample[TAPS * pixel + tap] = Math.min(last, Math.max(0, before - 1 + tap));
      share[TAPS * pixel + tap] = weight / 6;
    }
  }
  return { pixels, sample, share };
}

/** The pixels above 0: for each row of the image pairs of columns, [from, to). */
function spansOf(logits: Float32Array, samples: number, columns: Axis, rows: Axis): number[][] {
  const line = (row: number): Float32Array => logits.subarray(row * samples, (row + 1) * samples);
  const some = Array.from({ length: samples }, (_, row) => line(row).some((value) => value > 0));
  const across = Array.from({ length: samples }, (_, column) =>
    some.some((any, row) => any && (line(row)[column] as number) > 0),
  );
  const { from, to } = reach(columns, across);
  const wide: (Float32Array | null)[] = new Array(samples).fill(null); // rows, made when needed
  const spread = (row: number): Float32Array => {
    wide[row] ??= enlarged(line(row), columns, from, to);
    return wide[row];
  };
  return Array.from({ length: rows.pixels }, (_, pixel) => {
    const taps = [0, 1, 2, 3].map((tap) => rows.sample[TAPS * pixel + tap] as number);
    if (!taps.some((row) => some[row])) return []; // no weight is negative
    const lines = taps.map(spread) as [Float32Array, Float32Array, Float32Array, Float32Array];
    return cut(lines, rows.share.subarray(TAPS * pixel, TAPS * (pixel + 1)), from);
  });
}

/** The pixels, half open, to which any of some samples gives anything. */
function reach({ pixels, sample }: Axis, some: readonly boolean[]): { from: number; to: number } {
  const [first, last] = [some.indexOf(true), some.lastIndexOf(true)];
  if (first < 0) return { from: 0, to: 0 };
  let from = 0;
  while (from < pixels && (sample[TAPS * from + TAPS - 1] as number) < first) from += 1;
  let to = pixels;
  while (to > from && (sample[TAPS * (to - 1)] as number) > last) to -= 1;
  return { from, to };
}

function enlarged(
  line: Float32Array,
  { sample, share }: Axis,
  from: number,
  to: number,
): Float32Array {
  const out = new Float32Array(to - from);
  for (let pixel = 0, at = TAPS * from; pixel < out.length; pixel++) {
    let sum = 0;
    for (let tap = 0; tap < TAPS; tap++, at++) {
      sum += (share[at] as number) * (line[sample[at] as number] as number);
    }
    out[pixel] = sum;
  }
  return out;
}

/** Where a mixture of four lines, which begin at a column, is above 0. */
function cut(
  [a, b, c, d]: readonly [Float32Array, Float32Array, Float32Array, Float32Array],
  share: Float32Array,
  left: number,
): number[] {
  const [p, q, r, s] = share as unknown as [number, number, number, number];
  const ends: number[] = [];
  let inside = false;
  for (let x = 0; x < a.length; x++) {
    const value =
      p * (a[x] as number) + q * (b[x] as number) + r * (c[x] as number) + s * (d[x] as number);
    if (value > 0 === inside) continue;
    ends.push(left + x);
    inside = !inside;
  }
  if (inside) ends.push(left + a.length);
  return ends;
}
