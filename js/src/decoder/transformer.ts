// The two-way transformer: tokens read the image, the image reads the tokens (paper, Fig. 14), as
// sam_widget/models/transformer.py and attention.py have it. A pixel or a token is a row.
import { add, LayerNorm, Linear, MLP, sumOf, type Weights } from "./layers";
import type { Matrix } from "./matrix";

const HEADS = 8;
const EPSILON = 1e-5;

/** What the tokens are, and the pixels with their positions. */
export interface Scene {
  readonly tokens: Matrix; // (N, C); they serve as their own positions
  readonly pixels: Matrix; // (P, C), changed in place
  readonly positions: Matrix; // (P, C)
}

export class TwoWayTransformer {
  readonly #blocks: readonly TwoWayBlock[];
  readonly #last: TokenToImage;
  readonly #norm: LayerNorm;

  constructor(weights: Weights, name: string) {
    this.#blocks = [0, 1].map((i) => new TwoWayBlock(weights, `${name}.layers.${i}`, i === 0));
    this.#last = new TokenToImage(weights, `${name}.final_attn_token_to_image`);
    this.#norm = new LayerNorm(weights, `${name}.norm_final_attn`, EPSILON);
  }

  /** The first `wanted` tokens after all; the pixels are changed in place. */
  of({ tokens, pixels, positions }: Scene, wanted: number): Matrix {
    let queries = tokens;
    for (const block of this.#blocks) queries = block.of(queries, { tokens, pixels, positions });
    const asking = queries.from(0, wanted);
    const placed = sumOf(pixels, positions);
    const read = this.#last.of(sumOf(asking, tokens.from(0, wanted)), placed, pixels);
    return this.#norm.of(add(read, asking));
  }
}

class TwoWayBlock {
  readonly #first: boolean; // the tokens are their own positions still
  readonly #self: Attention;
  readonly #reads: TokenToImage;
  readonly #mlp: MLP;
  readonly #isRead: ImageToToken;
  readonly #norms: readonly LayerNorm[];

  constructor(weights: Weights, name: string, first: boolean) {
    this.#first = first;
    this.#self = new Attention(weights, `${name}.self_attn`);
    this.#reads = new TokenToImage(weights, `${name}.cross_attn_token_to_image`);
    this.#mlp = new MLP(weights, [`${name}.mlp.lin1`, `${name}.mlp.lin2`]);
    this.#isRead = new ImageToToken(weights, `${name}.cross_attn_image_to_token`);
    this.#norms = [1, 2, 3, 4].map((i) => new LayerNorm(weights, `${name}.norm${i}`, EPSILON));
  }

  of(queries: Matrix, { tokens, pixels, positions }: Scene): Matrix {
    const [norm1, norm2, norm3, norm4] = this.#norms as [
      LayerNorm,
      LayerNorm,
      LayerNorm,
      LayerNorm,
    ];
    const asking = this.#first ? queries : sumOf(queries, tokens);
    const own = this.#self.of(asking, asking, queries);
    let now = norm1.of(this.#first ? own : add(own, queries));
    const mark = pixels.heap.mark();
    const placed = sumOf(pixels, positions);
    const read = this.#reads.of(sumOf(now, tokens), placed, pixels);
    now = copied(norm2.of(add(read, now)), now);
    now = copied(norm3.of(add(this.#mlp.of(now), now)), now);
    this.#isRead.read(placed, pixels, sumOf(now, tokens), now);
    norm4.of(pixels);
    pixels.heap.release(mark);
    return now;
  }
}

function copied(from: Matrix, into: Matrix): Matrix {
  into.data.set(from.data);
  return into;
}

/** Attention among a few tokens. */
class Attention {
  readonly #q: Linear;
  readonly #k: Linear;
  readonly #v: Linear;
  readonly #out: Linear;

  constructor(weights: Weights, name: string) {
    this.#q = new Linear(weights, `${name}.q_proj`);
    this.#k = new Linear(weights, `${name}.k_proj`);
    this.#v = new Linear(weights, `${name}.v_proj`);
    this.#out = new Linear(weights, `${name}.out_proj`);
  }

  of(q: Matrix, k: Matrix, v: Matrix): Matrix {
    const [asks, keys, values] = [this.#q.of(q), this.#k.of(k), this.#v.of(v)];
    const out = q.heap.matrix(q.rows, asks.columns);
    const deep = asks.columns / HEADS;
    const [ask, key, value, into] = [asks.data, keys.data, values.data, out.data];
    const wide = asks.columns;
    for (let head = 0; head < wide; head += deep) {
      for (let i = 0; i < q.rows; i++) {
        const shares = new Float64Array(k.rows);
        for (let j = 0; j < k.rows; j++) {
          let sum = 0;
          for (let d = head; d < head + deep; d++) {
            sum += (ask[i * wide + d] as number) * (key[j * wide + d] as number);
          }
          shares[j] = sum / Math.sqrt(deep);
        }
        softmax(shares, 0, k.rows);
        for (let j = 0; j < k.rows; j++) {
          for (let d = head; d < head + deep; d++) {
            (into[i * wide + d] as number) +=
              (shares[j] as number) * (value[j * wide + d] as number);
          }
        }
      }
    }
    return this.#out.of(out);
  }
}

/**
 * Tokens read the image. Each head's query goes through the keys' matrix first, and what is read through the values'
 * last: with few tokens the image itself need never be projected.
 */
class TokenToImage {
  readonly #q: Linear;
  readonly #k: Matrix; // (inner, C)
  readonly #v: Matrix;
  readonly #bias: Float32Array; // of the values; that of the keys moves all logits alike
  readonly #out: Linear;

  constructor(weights: Weights, name: string) {
    this.#q = new Linear(weights, `${name}.q_proj`);
    this.#k = weights.matrix(`${name}.k_proj.weight`);
    this.#v = weights.matrix(`${name}.v_proj.weight`);
    this.#bias = weights.vector(`${name}.v_proj.bias`);
    this.#out = new Linear(weights, `${name}.out_proj`);
  }

  of(tokens: Matrix, placed: Matrix, pixels: Matrix): Matrix {
    const { heap } = tokens;
    const logits = heap.matrix(placed.rows, HEADS * tokens.rows);
    heap.product(placed, through(this.#q.of(tokens), this.#k), logits);
    const sums = exponentials(logits);
    const read = heap.product(logits, pixels, heap.matrix(logits.columns, pixels.columns), true);
    const inner = heap.matrix(tokens.rows, this.#v.rows).fill(this.#bias);
    const deep = inner.columns / HEADS;
    const [from, weight, into] = [read.data, this.#v.data, inner.data];
    const wide = pixels.columns;
    for (let i = 0; i < tokens.rows; i++) {
      for (let d = 0; d < inner.columns; d++) {
        const row = Math.floor(d / deep) * tokens.rows + i;
        let sum = 0;
        for (let c = 0; c < wide; c++) {
          sum += (from[row * wide + c] as number) * (weight[d * wide + c] as number);
        }
        (into[i * inner.columns + d] as number) += sum / (sums[row] as number);
      }
    }
    return this.#out.of(inner);
  }
}

/** The image reads the tokens. */
class ImageToToken {
  readonly #q: Matrix; // (inner, C)
  readonly #bias: Float32Array; // of the queries
  readonly #k: Linear;
  readonly #v: Linear;
  readonly #out: Matrix; // (C, inner)
  readonly #outBias: Float32Array;

  constructor(weights: Weights, name: string) {
    this.#q = weights.matrix(`${name}.q_proj.weight`);
    this.#bias = weights.vector(`${name}.q_proj.bias`);
    this.#k = new Linear(weights, `${name}.k_proj`);
    this.#v = new Linear(weights, `${name}.v_proj`);
    this.#out = weights.matrix(`${name}.out_proj.weight`);
    this.#outBias = weights.vector(`${name}.out_proj.bias`);
  }

  /** Adds to the pixels what they read of tokens that are asked as `k` and read as `v`. */
  read(placed: Matrix, pixels: Matrix, k: Matrix, v: Matrix): void {
    const { heap } = pixels;
    const keys = this.#k.of(k);
    const logits = heap.room(placed.rows, HEADS * k.rows).fill(this.#moved(keys));
    heap.product(placed, through(keys, this.#q), logits);
    const { data, columns } = logits;
    for (let at = 0; at < data.length; at += k.rows) softmax(data, at, k.rows);
    heap.product(logits, this.#spread(this.#v.of(v), columns), pixels);
  }

  /** What the queries' bias adds to each head's and token's logit. */
  #moved(keys: Matrix): Float32Array {
    const { data, rows, columns } = keys;
    const deep = columns / HEADS;
    return Float32Array.from({ length: HEADS * rows }, (_, row) => {
      const [head, i] = [Math.floor(row / rows), row % rows];
      let sum = 0;
      for (let d = head * deep; d < (head + 1) * deep; d++) {
        sum += (data[i * columns + d] as number) * (this.#bias[d] as number);
      }
      return sum / Math.sqrt(deep);
    });
  }

  /** What each head's token gives a pixel, (heads * N, C); the weights of a head sum to 1, so the bias comes along. */
  #spread(values: Matrix, rows: number): Matrix {
    const made = values.heap.matrix(rows, this.#out.rows);
    const deep = values.columns / HEADS;
    const [value, out, into] = [values.data, this.#out.data, made.data];
    for (let row = 0, at = 0; row < rows; row++) {
      const [head, i] = [Math.floor(row / values.rows), row % values.rows];
      for (let c = 0; c < made.columns; c++) {
        let sum = (this.#outBias[c] as number) / HEADS;
        for (let d = head * deep; d < (head + 1) * deep; d++) {
          sum +=
            (value[i * values.columns + d] as number) * (out[c * values.columns + d] as number);
        }
        into[at++] = sum;
      }
    }
    return made;
  }
}

/** Each head's tokens (N, inner) through its part of a projection (inner, C), scaled: (C, heads * N). */
function through(tokens: Matrix, projection: Matrix): Matrix {
  const { rows, columns } = tokens;
  const wide = projection.columns;
  const made = tokens.heap.matrix(wide, HEADS * rows);
  const deep = columns / HEADS;
  const [data, weight, into] = [tokens.data, projection.data, made.data];
  for (let d = 0; d < columns; d++) {
    const first = Math.floor(d / deep) * rows;
    for (let i = 0; i < rows; i++) {
      const factor = (data[i * columns + d] as number) / Math.sqrt(deep);
      for (let c = 0; c < wide; c++) {
        (into[c * made.columns + first + i] as number) += factor * (weight[d * wide + c] as number);
      }
    }
  }
  return made;
}

/** Each column's exponentials less its largest, in place; returns their sums. */
function exponentials({ data, columns }: Matrix): Float64Array {
  const most = new Float32Array(columns).fill(Number.NEGATIVE_INFINITY);
  for (let at = 0; at < data.length; at += columns) {
    for (let i = 0; i < columns; i++) {
      const value = data[at + i] as number;
      if (value > (most[i] as number)) most[i] = value;
    }
  }
  const sums = new Float64Array(columns);
  for (let at = 0; at < data.length; at += columns) {
    for (let i = 0; i < columns; i++) {
      const value = Math.exp((data[at + i] as number) - (most[i] as number));
      data[at + i] = value;
      (sums[i] as number) += value;
    }
  }
  return sums;
}

function softmax(data: Float32Array | Float64Array, from: number, count: number): void {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = from; i < from + count; i++) most = Math.max(most, data[i] as number);
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += data[i] = Math.exp((data[i] as number) - most);
  for (let i = from; i < from + count; i++) (data[i] as number) /= sum;
}
