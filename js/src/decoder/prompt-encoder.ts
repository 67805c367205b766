// Points, a box and a mask as tokens and a map (paper, Appendix A), as sam_widget/models/prompt_encoder.py has it.
import { add, gelu, LayerNorm, type Weights } from "./layers";
import type { Heap, Matrix } from "./matrix";

/** A place in the model's pixels, the centre of the first being 0, and what it says. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly kind: Kind;
}

/** In SAM's order: a point off the thing, one on it, a box's first and second corner; -1: no point. */
export type Kind = -1 | 0 | 1 | 2 | 3;

const EPSILON = 1e-6;

export class PromptEncoder {
  readonly #side: number; // of the model's input, px
  readonly #grid: number; // of the embedding, pixels
  readonly #gaussian: Float32Array; // (2, C / 2)
  readonly #kinds: readonly Float32Array[];
  readonly #noPoint: Float32Array;
  readonly #noMask: Float32Array;
  readonly #downscaling: Downscaling;

  constructor(weights: Weights, name: string, { side, grid }: { side: number; grid: number }) {
    this.#side = side;
    this.#grid = grid;
    this.#gaussian = weights.vector(`${name}.pe_layer.positional_encoding_gaussian_matrix`);
    this.#kinds = [0, 1, 2, 3].map((i) => weights.vector(`${name}.point_embeddings.${i}.weight`));
    this.#noPoint = weights.vector(`${name}.not_a_point_embed.weight`);
    this.#noMask = weights.vector(`${name}.no_mask_embed.weight`);
    this.#downscaling = new Downscaling(weights, `${name}.mask_downscaling`);
  }

  /** Writes a token for each spot into the rows of a matrix. */
  sparse(spots: readonly Spot[], into: Matrix): void {
    const { data, columns } = into;
    for (const [row, { x, y, kind }] of spots.entries()) {
      const token = data.subarray(row * columns, (row + 1) * columns);
      if (kind === -1) {
        token.set(this.#noPoint);
        continue;
      }
      this.#encode((x + 0.5) / this.#side, (y + 0.5) / this.#side, token);
      const own = this.#kinds[kind] as Float32Array;
      for (let c = 0; c < columns; c++) (token[c] as number) += own[c] as number;
    }
  }

  /** Adds to the image's pixels (P, C) what a mask says, (4 grid)^2 logits, or that there is none. */
  dense(logits: Float32Array | null, pixels: Matrix): void {
    if (logits !== null) add(pixels, this.#downscaling.of(logits, 4 * this.#grid, pixels.heap));
    else add(pixels, pixels.heap.room(pixels.rows, pixels.columns).fill(this.#noMask));
  }

  /** The positions of the embedding's pixels, (P, C). */
  positions(heap: Heap): Matrix {
    const grid = this.#grid;
    const made = heap.matrix(grid * grid, this.#gaussian.length);
    const { data, columns } = made;
    for (let row = 0; row < made.rows; row++) {
      const [x, y] = [row % grid, Math.floor(row / grid)];
      const token = data.subarray(row * columns, (row + 1) * columns);
      this.#encode((x + 0.5) / grid, (y + 0.5) / grid, token);
    }
    return made;
  }

  /** Sines and cosines of random projections of a place in 0..1. */
  #encode(x: number, y: number, into: Float32Array): void {
    const half = into.length / 2;
    for (let c = 0; c < half; c++) {
      const [along, down] = [this.#gaussian[c] as number, this.#gaussian[half + c] as number];
      const angle = 2 * Math.PI * ((2 * x - 1) * along + (2 * y - 1) * down);
      into[c] = Math.sin(angle);
      into[half + c] = Math.cos(angle);
    }
  }
}

/** A mask at a quarter of its size, as a map of the embedding's width: three convolutions. */
class Downscaling {
  readonly #stages: readonly { weight: Matrix; bias: Float32Array; norm: LayerNorm | null }[];

  constructor(weights: Weights, name: string) {
    this.#stages = [0, 3, 6].map((i) => ({
      weight: squared(weights, `${name}.${i}.weight`),
      bias: weights.vector(`${name}.${i}.bias`),
      norm: i < 6 ? new LayerNorm(weights, `${name}.${i + 1}`, EPSILON) : null,
    }));
  }

  of(logits: Float32Array, side: number, heap: Heap): Matrix {
    let x = heap.matrix(side * side, 1);
    x.data.set(logits);
    for (const { weight, bias, norm } of this.#stages) {
      const cells = norm === null ? x : gathered(x);
      x = heap.product(cells, weight, heap.room(cells.rows, weight.columns).fill(bias));
      if (norm !== null) x = gelu(norm.of(x));
    }
    return x;
  }
}

/** A convolution's weight (out, in, k, k) as (k * k * in, out): what the pixels of a square are multiplied with. */
function squared(weights: Weights, name: string): Matrix {
  const { shape, data } = weights.tensor(name);
  const [out = 1, inside = 1, high = 1, wide = 1] = shape;
  return weights.laid(data, high * wide * inside, out, (row, column) => {
    const [cell, channel] = [Math.floor(row / inside), row % inside];
    return (column * inside + channel) * high * wide + cell;
  });
}

/** Of a square map's pixels (S * S, C) each 2 x 2 in one row: (S * S / 4, 4 C). */
function gathered(x: Matrix): Matrix {
  const { columns } = x;
  const side = Math.sqrt(x.rows);
  const made = x.heap.matrix(x.rows / 4, 4 * columns);
  const [from, into] = [x.data, made.data];
  let at = 0;
  for (let row = 0; row < side; row += 2) {
    for (let column = 0; column < side; column += 2) {
      for (const below of [0, 1]) {
        const start = ((row + below) * side + column) * columns;
        into.set(from.subarray(start, start + 2 * columns), at);
        at += 2 * columns;
      }
    }
  }
  return made;
}
