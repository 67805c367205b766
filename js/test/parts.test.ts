import { expect, test } from "vitest";
import { around, between, isEmpty, overlap, type Part, partOf, wholeOf } from "../src/parts";
import { contain, edges, look } from "../src/viewport";

const IMAGE = { width: 60, height: 40 };
const BOX = { x0: 10, y0: 7, x1: 23, y1: 31 };
const NEAR = { zoom: 3.7, x: 11, y: 9 };

test.each([1, 1.5, 2])("a part holds every device pixel of its box, at ratio %d", (ratio) => {
  const all = contain(IMAGE, { width: 173, height: 200 }, ratio);
  for (const view of [all, look(all, NEAR)]) {
    const { whole, left, top, device } = view;
    const columns = edges(IMAGE.width, whole.width, left, device.width);
    const lines = edges(IMAGE.height, whole.height, top, device.height);
    const part = partOf(view, BOX, 0);
    expect(part.x).toBeLessThanOrEqual(columns[BOX.x0] ?? -1);
    expect(part.y).toBeLessThanOrEqual(lines[BOX.y0] ?? -1);
    expect(part.x + part.width).toBeGreaterThanOrEqual(columns[BOX.x1] ?? 1e9);
    expect(part.y + part.height).toBeGreaterThanOrEqual(lines[BOX.y1] ?? 1e9);
    expect(around([part, wholeOf(view)])).toEqual(wholeOf(view));
  }
});

test("what lies beside the canvas has no part of it, unless it reaches so far", () => {
  const view = look(contain(IMAGE, IMAGE, 2), { zoom: 4, x: 30, y: 20 });
  expect(isEmpty(partOf(view, { x0: 0, y0: 0, x1: 29, y1: 40 }, 0))).toBe(true);
  expect(partOf(view, { x0: 0, y0: 0, x1: 29, y1: 40 }, 5).width).toBe(2);
});

test("two lists differ where only one has something at its place", () => {
  const at = (x: number): Part => ({ x, y: 2, width: 3, height: 4 });
  const differ = (some: number[], others: number[]): Part =>
    between(some, others, (one, other) => one === other, at);
  expect(isEmpty(differ([1, 2], [1, 2]))).toBe(true);
  expect(differ([1, 20], [1])).toEqual(at(20));
  expect(differ([1], [1, 20])).toEqual(at(20));
  expect(differ([5, 20], [8, 20])).toEqual({ x: 5, y: 2, width: 6, height: 4 });
});

test("parts that touch do not overlap", () => {
  const part = { x: 2, y: 2, width: 3, height: 3 };
  expect(overlap(part, { ...part, x: 4 })).toBe(true);
  expect(overlap(part, { ...part, x: 5 })).toBe(false);
  expect(overlap(part, { ...part, y: -1 })).toBe(false);
});
