// The small parts that the decoder is made of, as sam_widget/models/layers.py has them: on matrices, a pixel or a token
// a row. No attention in here.
import type { Heap, Matrix } from "./matrix";
import type { Tensor, Tensors } from "./tensors";

/** Matrices of a file's tensors, by name. */
export class Weights {
  readonly heap: Heap;
  readonly #tensors: Tensors;

  constructor(heap: Heap, tensors: Tensors) {
    this.heap = heap;
    this.#tensors = tensors;
  }

  tensor(name: string): Tensor {
    return this.#tensors.floats(name);
  }

  vector(name: string): Float32Array {
    return this.tensor(name).data;
  }

  /** A matrix as the file has it, all but the first axis in a row. */
  matrix(name: string): Matrix {
    const { shape, data } = this.tensor(name);
    const rows = shape[0] ?? 1;
    const made = this.heap.matrix(rows, data.length / rows);
    made.data.set(data);
    return made;
  }

  /** The transpose of that: what a row is multiplied with. */
  turned(name: string): Matrix {
    const { shape, data } = this.tensor(name);
    const rows = shape[0] ?? 1;
    return this.laid(
      data,
      data.length / rows,
      rows,
      (row, column) => column * (data.length / rows) + row,
    );
  }

  /** A new matrix of numbers, each looked up where `place` says. */
  laid(
    data: Float32Array,
    rows: number,
    columns: number,
    place: (row: number, column: number) => number,
  ): Matrix {
    const made = this.heap.matrix(rows, columns);
    const into = made.data;
    for (let row = 0, at = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        into[at++] = data[place(row, column)] as number;
      }
    }
    return made;
  }
}

/** x @ W^T + b. */
export class Linear {
  readonly weight: Matrix; // (in, out)
  readonly bias: Float32Array;

  constructor(weights: Weights, name: string) {
    this.weight = weights.turned(`${name}.weight`);
    this.bias = weights.vector(`${name}.bias`);
  }

  of(x: Matrix): Matrix {
    const out = x.heap.room(x.rows, this.weight.columns).fill(this.bias);
    return x.heap.product(x, this.weight, out);
  }
}

/** Linear layers with ReLU between them. */
export class MLP {
  readonly #layers: readonly Linear[];

  constructor(weights: Weights, names: readonly string[]) {
    this.#layers = names.map((name) => new Linear(weights, name));
  }

  of(x: Matrix): Matrix {
    return this.#layers.reduce((now, layer, i) => layer.of(i === 0 ? now : relu(now)), x);
  }
}

/** Each row with mean 0 and variance 1, scaled and moved; in place. */
export class LayerNorm {
  readonly #weight: Float32Array;
  readonly #bias: Float32Array;
  readonly #epsilon: number;

  constructor(weights: Weights, name: string, epsilon: number) {
    this.#weight = weights.vector(`${name}.weight`);
    this.#bias = weights.vector(`${name}.bias`);
    this.#epsilon = epsilon;
  }

  of(x: Matrix): Matrix {
    const { data, columns } = x;
    const [weight, bias] = [this.#weight, this.#bias];
    for (let at = 0; at < data.length; at += columns) {
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < columns; i++) {
        const value = data[at + i] as number;
        sum += value;
        squares += value * value;
      }
      const mean = sum / columns;
      const variance = Math.max(0, squares / columns - mean * mean); // in doubles: digits enough
      const scale = 1 / Math.sqrt(variance + this.#epsilon);
      for (let i = 0; i < columns; i++) {
        const centred = ((data[at + i] as number) - mean) * scale;
        data[at + i] = centred * (weight[i] as number) + (bias[i] as number);
      }
    }
    return x;
  }
}

export function relu(x: Matrix): Matrix {
  const { data } = x;
  for (let i = 0; i < data.length; i++) data[i] = Math.max(0, data[i] as number);
  return x;
}

/** x += y. */
export function add(x: Matrix, y: Matrix): Matrix {
  const [into, data] = [x.data, y.data];
  for (let i = 0; i < into.length; i++) (into[i] as number) += data[i] as number;
  return x;
}

/** A new matrix of both. */
export function sumOf(x: Matrix, y: Matrix): Matrix {
  const made = x.heap.room(x.rows, x.columns);
  const [into, one, other] = [made.data, x.data, y.data];
  for (let i = 0; i < into.length; i++) into[i] = (one[i] as number) + (other[i] as number);
  return made;
}

const REACH = 8; // beyond, GELU is 0 or x
const STEPS = 512; // of the table in one: between them it is off by 4e-7 at the most
const GELU = Float32Array.from({ length: 2 * REACH * STEPS + 2 }, (_, i) => {
  const x = i / STEPS - REACH;
  return (x * (1 + erf(x / Math.SQRT2))) / 2;
});

/** x times the share of a normal distribution below it; in place. */
export function gelu(x: Matrix): Matrix {
  const { data } = x;
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number;
    if (value >= REACH) continue;
    if (value <= -REACH) {
      data[i] = 0;
      continue;
    }
    const place = (value + REACH) * STEPS;
    const low = place | 0; // quicker than floor, and the same of what is not negative
    const from = GELU[low] as number;
    data[i] = from + (place - low) * ((GELU[low + 1] as number) - from);
  }
  return x;
}

/** The error function: its series where that converges soon, else its continued fraction. */
function erf(x: number): number {
  const z = Math.abs(x);
  if (z > 6) return Math.sign(x);
  if (z < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-17; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let below = 0;
  for (let n = 60; n > 0; n--) below = n / 2 / (z + below);
  return Math.sign(x) * (1 - Math.exp(-z * z) / (Math.sqrt(Math.PI) * (z + below)));
}
