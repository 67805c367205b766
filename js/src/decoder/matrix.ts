// Matrices in one memory, and their product: by WebAssembly's SIMD, or where that is not allowed by plain loops.
// Nothing here knows a network.
import { ROWS, type Strip, strips } from "./assembler";

/** Rows of `columns` numbers, one after the other, in a heap. */
export class Matrix {
  readonly heap: Heap;
  readonly at: number; // of its first number
  readonly rows: number;
  readonly columns: number;

  constructor(heap: Heap, at: number, rows: number, columns: number) {
    this.heap = heap;
    this.at = at;
    this.rows = rows;
    this.columns = columns;
  }

  /** Its numbers; good until the heap has to grow, so ask anew after each `heap.matrix`. */
  get data(): Float32Array {
    return this.heap.floats.subarray(this.at, this.at + this.rows * this.columns);
  }

  /** Some of its rows. */
  from(row: number, rows: number): Matrix {
    return new Matrix(this.heap, this.at + row * this.columns, rows, this.columns);
  }

  /** The same numbers with another width. */
  as(columns: number): Matrix {
    return new Matrix(this.heap, this.at, (this.rows * this.columns) / columns, columns);
  }

  fill(row: ArrayLike<number>): this {
    const { data, columns } = this;
    if (row.length === 1) data.fill(row[0] ?? 0);
    else for (let at = 0; at < data.length; at += columns) data.set(row, at);
    return this;
  }
}

/** A memory that only grows; what is taken after `mark` is given back by `release`. */
export class Heap {
  floats = new Float32Array(0);
  readonly #memory: WebAssembly.Memory | null;
  readonly #strips: readonly [Strip, Strip] | null;
  #next = 0;

  /** `plain`: without WebAssembly, as where a page's rules forbid it. */
  constructor(plain = false) {
    this.#memory = plain ? null : new WebAssembly.Memory({ initial: 1 });
    this.#strips = this.#memory && compiled(this.#memory);
    if (this.#strips === null) this.#memory = null;
    this.#refresh(new ArrayBuffer(1 << 16));
  }

  get accelerated(): boolean {
    return this.#strips !== null;
  }

  /** A new one of zeros. */
  matrix(rows: number, columns: number): Matrix {
    return this.room(rows, columns).fill([0]);
  }

  /** A new one of whatever is there, to be written over. */
  room(rows: number, columns: number): Matrix {
    const size = Math.ceil(rows / ROWS) * ROWS * columns; // a product reads four rows at once
    this.#reach(this.#next + size);
    const made = new Matrix(this, this.#next, rows, columns);
    this.#next += Math.ceil(size / 4) * 4;
    return made;
  }

  mark(): number {
    return this.#next;
  }

  release(mark: number): void {
    this.#next = mark;
  }

  /** out += a @ b, or aT @ b; columns of b in fours. */
  product(a: Matrix, b: Matrix, out: Matrix, turned = false): Matrix {
    const rows = turned ? a.columns : a.rows;
    const whole = rows - (rows % ROWS);
    this.#fours(a, b, out, turned, 0, whole);
    if (whole === rows) return out;
    const mark = this.mark(); // the last few: four are made, and as many as there are are taken
    const last = this.matrix(ROWS, out.columns);
    const place = out.at + whole * out.columns;
    last.data.set(this.floats.subarray(place, place + (rows - whole) * out.columns));
    this.#fours(a, b, last, turned, whole, whole + ROWS);
    this.floats.copyWithin(place, last.at, last.at + (rows - whole) * out.columns);
    this.release(mark);
    return out;
  }

  /** The same for some rows of the result, in fours, which are the first of `out`. */
  #fours(a: Matrix, b: Matrix, out: Matrix, turned: boolean, first: number, end: number): void {
    const depth = turned ? a.rows : a.columns;
    const [aRow, aStep] = turned ? [1, a.columns] : [a.columns, 1];
    for (let from = 0; from < depth; from += DEPTH) {
      const many = Math.min(DEPTH, depth - from);
      for (let top = first; top < end; top += BLOCK) {
        const few = Math.min(BLOCK, end - top);
        const atA = a.at + top * aRow + from * aStep;
        const atC = out.at + (top - first) * out.columns;
        for (let left = 0; left < b.columns; ) {
          const wide = b.columns - left >= 8 ? 2 : 1;
          const atB = b.at + from * b.columns + left;
          const strip = this.#strips?.[wide - 1];
          if (strip === undefined) {
            const places = { a: atA, aRow, aStep, b: atB, bStep: b.columns, c: atC + left };
            plainly(this.floats, few, many, 4 * wide, { ...places, cRow: out.columns });
          } else {
            const bytes = [atB * 4, b.columns * 4, (atC + left) * 4, out.columns * 4] as const;
            strip(few / ROWS, many, atA * 4, aRow * 4, aStep * 4, ...bytes);
          }
          left += 4 * wide;
        }
      }
    }
  }

  #reach(size: number): void {
    if (size <= this.floats.length) return;
    const wanted = Math.max(size, this.floats.length * 1.25) * 4;
    if (this.#memory !== null) {
      this.#memory.grow(Math.ceil((wanted - this.#memory.buffer.byteLength) / PAGE));
      this.#refresh();
    } else {
      const before = this.floats;
      this.#refresh(new ArrayBuffer(Math.ceil(wanted / 4) * 4));
      this.floats.set(before);
    }
  }

  #refresh(instead?: ArrayBuffer): void {
    this.floats = new Float32Array(this.#memory?.buffer ?? instead ?? new ArrayBuffer(0));
  }
}

const PAGE = 1 << 16; // bytes
const BLOCK = 64; // rows: with `DEPTH` numbers each they stay in a processor's second cache
const DEPTH = 256;

/** The strips of four and of eight columns over a memory; null where a browser has no SIMD or forbids it. */
function compiled(memory: WebAssembly.Memory): readonly [Strip, Strip] | null {
  for (const fused of [true, false]) {
    try {
      const module = new WebAssembly.Module(strips(fused));
      const { exports } = new WebAssembly.Instance(module, { heap: { memory } });
      return [exports.strip1 as Strip, exports.strip2 as Strip];
    } catch {
      // Without fused instructions, then; or without any.
    }
  }
  return null;
}

interface Places {
  readonly a: number;
  readonly aRow: number;
  readonly aStep: number;
  readonly b: number;
  readonly bStep: number;
  readonly c: number;
  readonly cRow: number;
}

/** c += a @ b on some rows and columns, four columns at a time. */
function plainly(all: Float32Array, rows: number, depth: number, wide: number, at: Places): void {
  for (let left = 0; left < wide; left += 4) {
    for (let row = 0; row < rows; row++) {
      const c = at.c + left + row * at.cRow;
      let [p, q] = [all[c] as number, all[c + 1] as number];
      let [r, s] = [all[c + 2] as number, all[c + 3] as number];
      let a = at.a + row * at.aRow;
      let b = at.b + left;
      for (let step = 0; step < depth; step++, a += at.aStep, b += at.bStep) {
        const factor = all[a] as number;
        p += factor * (all[b] as number);
        q += factor * (all[b + 1] as number);
        r += factor * (all[b + 2] as number);
        s += factor * (all[b + 3] as number);
      }
      all[c] = p;
      all[c + 1] = q;
      all[c + 2] = r;
      all[c + 3] = s;
    }
  }
}
