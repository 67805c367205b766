import { expect, test } from "vitest";
import { gelu } from "../src/decoder/layers";
import { Heap, type Matrix } from "../src/decoder/matrix";
import { CLEAR, namesByNesting } from "../src/decoder/naming";
import { floatOf, read } from "../src/decoder/tensors";

function filled(heap: Heap, rows: number, columns: number, seed: number): Matrix {
  const made = heap.matrix(rows, columns);
  made.data.set(Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(seed + i * 1.7)));
  return made;
}

/** The same sums, one by one. */
function product(a: Matrix, b: Matrix, out: Matrix, turned: boolean): number[] {
  const [x, y, z] = [a.data, b.data, out.data];
  const rows = turned ? a.columns : a.rows;
  const depth = turned ? a.rows : a.columns;
  const made: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < b.columns; column++) {
      let sum = z[row * b.columns + column] ?? 0;
      for (let k = 0; k < depth; k++) {
        const factor = x[turned ? k * a.columns + row : row * a.columns + k] ?? 0;
        sum += factor * (y[k * b.columns + column] ?? 0);
      }
      made.push(sum);
    }
  }
  return made;
}

test.each([
  [4, 3, 4],
  [1, 256, 4],
  [7, 20, 12],
  [66, 300, 36],
])(
  "a product of %i x %i by %i columns is its sums, with WebAssembly and without",
  (rows, depth, columns) => {
    for (const plain of [false, true]) {
      for (const turned of [false, true]) {
        const heap = new Heap(plain);
        expect(heap.accelerated).toBe(!plain);
        const a = turned ? filled(heap, depth, rows, 1) : filled(heap, rows, depth, 1);
        const b = filled(heap, depth, columns, 2);
        const out = filled(heap, rows, columns, 3);
        const after = filled(heap, 5, 4, 4);
        const [wanted, kept] = [product(a, b, out, turned), Array.from(after.data)];
        heap.product(a, b, out, turned);
        for (const [i, value] of out.data.entries()) expect(value).toBeCloseTo(wanted[i] ?? 0, 4);
        expect(Array.from(after.data)).toEqual(kept); // what lies behind is nobody's to write
      }
    }
  },
);

test("a heap keeps its numbers while it grows, and gives back what was released", () => {
  for (const plain of [false, true]) {
    const heap = new Heap(plain);
    const first = filled(heap, 3, 4, 5);
    const before = Array.from(first.data);
    const mark = heap.mark();
    const big = heap.matrix(1000, 300);
    expect(Array.from(first.data)).toEqual(before);
    heap.release(mark);
    expect(heap.matrix(1, 1).at).toBe(big.at);
  }
});

test("GELU is the exact one", () => {
  const heap = new Heap(true);
  const x = heap.matrix(1, 6);
  x.data.set([-9, -1, 0, 0.5, 3, 9]);
  const wanted = [0, -0.15865525, 0, 0.34573123, 2.99595031, 9];
  for (const [i, value] of gelu(x).data.entries()) expect(value).toBeCloseTo(wanted[i] ?? 0, 5);
});

test("halves are read as the numbers that they are", () => {
  expect([0x3c00, 0xc000, 0x3555, 0x0001, 0x7bff].map(floatOf)).toEqual([
    1,
    -2,
    0.333251953125,
    2 ** -24,
    65504,
  ]);
  expect(floatOf(0xfc00)).toBe(Number.NEGATIVE_INFINITY);
});

test("a file's tensors are read by name, and what it has not is said", () => {
  const header = JSON.stringify({
    __metadata__: { side: "64" },
    x: { dtype: "F16", shape: [2], data_offsets: [0, 4] },
    y: { dtype: "I64", shape: [1], data_offsets: [4, 12] },
  });
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + 12);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  file.set([0, 0x3c, 0, 0x40], 8 + text.length);
  const tensors = read(file.buffer);
  expect(tensors.notes.side).toBe("64");
  expect(Array.from(tensors.floats("x").data)).toEqual([1, 2]);
  expect(() => tensors.floats("z")).toThrow("The file has no z.");
  expect(() => tensors.floats("y")).toThrow("I64");
});

test("candidates are named by how they nest", () => {
  const mask = (count: number, from = 0): Float32Array =>
    Float32Array.from({ length: 40 }, (_, i) => (i >= from && i < from + count ? 1 : -1));
  expect(namesByNesting([mask(30), mask(20), mask(5)])).toEqual(["whole", "part", "subpart"]);
  expect(namesByNesting([mask(30), mask(29), mask(0)])).toEqual(["whole", "whole", "other"]);
  expect(namesByNesting([mask(20), mask(10, 25), mask(4)])).toEqual(["whole", "other", "part"]);
  expect(CLEAR).toHaveLength(3);
});
