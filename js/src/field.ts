// The logits of one mask at the image's size, to be cut at any of them without asking anybody: as the kernel enlarges
// them (`segment/enlarge.py: smooth`), but for its clean-up of specks. Numbers alone.
import { fromRows, type Mask } from "./masks";
import type { Logits } from "./protocol";
import type { Size } from "./viewport";

/** Pixels that are kept at most; of a larger image every second, third... in each direction. */
const MOST = 1_500_000;

export class Field {
  readonly #image: Size;
  readonly #step: number; // image pixels that one value stands for, along each side
  readonly #values: Float32Array;
  readonly #width: number;
  readonly #height: number;

  constructor(image: Size, told: Logits, bytes: Uint8Array) {
    this.#image = image;
    this.#step = Math.ceil(Math.sqrt((image.width * image.height) / MOST));
    this.#width = Math.ceil(image.width / this.#step);
    this.#height = Math.ceil(image.height / this.#step);
    const columns = this.#axis(told, told.width, image.width, this.#width);
    const rows = this.#axis(told, told.height, image.height, this.#height);
    const wide = widened(told, bytes, columns, this.#width);
    this.#values = new Float32Array(this.#width * this.#height);
    for (let y = 0; y < this.#height; y++) {
      const line = this.#values.subarray(y * this.#width, (y + 1) * this.#width);
      for (let tap = 4 * y; tap < 4 * y + 4; tap++) {
        const start = (rows.samples[tap] ?? 0) * this.#width;
        const share = rows.shares[tap] ?? 0;
        for (let x = 0; x < line.length; x++)
          line[x] = (line[x] ?? 0) + share * (wide[start + x] ?? 0);
      }
    }
  }

  /** The pixels above a logit. */
  cut(threshold: number): Mask {
    const { width, height } = this.#image;
    const rows: (readonly number[])[] = [];
    for (let y = 0; y < this.#height; y++) {
      const row: number[] = [];
      const start = y * this.#width;
      for (let x = 0; x < this.#width; x++) {
        const on = (this.#values[start + x] ?? 0) > threshold;
        if (on !== (row.length % 2 === 1)) row.push(x * this.#step);
      }
      if (row.length % 2 === 1) row.push(width);
      for (let i = 0; i < this.#step && rows.length < height; i++) rows.push(row);
    }
    return fromRows(this.#image, rows);
  }

  /** Which samples make each value, and how much of each: four of them, by a cubic B-spline. */
  #axis({ samples, side }: Logits, inside: number, pixels: number, count: number): Axis {
    const last = Math.ceil((inside * samples) / side) - 1;
    const axis = { samples: new Uint16Array(4 * count), shares: new Float32Array(4 * count) };
    for (let i = 0; i < count; i++) {
      const place = Math.min(pixels - 0.5, (i + 0.5) * this.#step);
      const at = place * (inside / pixels) * (samples / side) - 0.5;
      const before = Math.floor(at);
      const t = at - before;
      const shares = [
        (1 - t) ** 3,
        3 * t ** 3 - 6 * t ** 2 + 4,
        3 * t * (1 + t - t ** 2) + 1,
        t ** 3,
      ];
      for (const [tap, share] of shares.entries()) {
        axis.samples[4 * i + tap] = Math.min(last, Math.max(0, before + tap - 1));
        axis.shares[4 * i + tap] = share / 6;
      }
    }
    return axis;
  }
}

interface Axis {
  readonly samples: Uint16Array;
  readonly shares: Float32Array;
}

/** The grid, each of its rows brought to the image's width. */
function widened(
  { samples, step }: Logits,
  bytes: Uint8Array,
  { samples: taken, shares }: Axis,
  width: number,
): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = new Float32Array(samples * width);
  for (let y = 0; y < samples; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let tap = 4 * x; tap < 4 * x + 4; tap++) {
        sum += (shares[tap] ?? 0) * view.getInt16(2 * (y * samples + (taken[tap] ?? 0)), true);
      }
      wide[y * width + x] = sum * step;
    }
  }
  return wide;
}
