import { expect, test } from "vitest";
import { type Bearer, placesOf, sizeOf } from "../src/tags";
import { contain, look, type Viewport } from "../src/viewport";

const IMAGE = { width: 600, height: 400 };
const view = (ratio = 1): Viewport => contain(IMAGE, IMAGE, ratio); // a CSS pixel for each pixel

/** A square object round a place. */
function square(x: number, y: number, side: number, text = "1"): Bearer {
  const half = side / 2;
  const box = { x0: x - half, y0: y - half, x1: x + half, y1: y + half };
  return { box, area: side * side, label: { x, y }, text };
}

/** The numbers' rectangles, in image pixels at a scale of 1. */
function rectangles(bearers: readonly Bearer[], seen = view()) {
  return placesOf(seen, bearers).flatMap((place, i) => {
    const { width, height } = sizeOf(bearers[i]?.text ?? "");
    return place === null ? [] : [{ ...place, width, height }];
  });
}

function apart<T extends { x: number; y: number; width: number; height: number }>(a: T, b: T) {
  const across = Math.abs(a.x - b.x) >= (a.width + b.width) / 2 - 1e-9;
  return across || Math.abs(a.y - b.y) >= (a.height + b.height) / 2 - 1e-9;
}

test("a large object wears its number, a small one has it beside", () => {
  const [large, small] = placesOf(view(), [square(200, 200, 100), square(400, 200, 12)]);
  expect(large).toEqual({ x: 200, y: 200 });
  expect(small).toEqual({ x: 400, y: 200 - 6 - 2 - 8 });
  const [high] = placesOf(view(), [square(400, 10, 12)]);
  expect(high).toEqual({ x: 400 + 6 + 2 + 8, y: 10 }); // above it the picture ends
});

test("of numbers that would lie on each other the larger object's stays", () => {
  const bearers = [square(300, 200, 60, "1"), square(305, 200, 90, "2"), square(100, 90, 60, "3")];
  expect(placesOf(view(), bearers)).toEqual([null, { x: 305, y: 200 }, { x: 100, y: 90 }]);
});

test("no number covers a small object, its own or another's", () => {
  const small = square(300, 200, 14, "2");
  const [large, beside] = placesOf(view(), [square(300, 200, 200, "1"), small]);
  expect(large).toBeNull();
  expect(beside).toEqual({ x: 300, y: 200 - 7 - 2 - 8 });
});

test("hundreds of numbers lie apart, and nearer there is room for more", () => {
  const crowd = Array.from({ length: 400 }, (_, i) =>
    square(15 + (i % 20) * 30, 10 + Math.floor(i / 20) * 20, 8 + ((i * 7) % 30), String(i + 1)),
  );
  const shown = rectangles(crowd);
  expect(shown.length).toBeGreaterThan(20);
  for (const [i, one] of shown.entries()) {
    for (const other of shown.slice(i + 1)) expect(apart(one, other)).toBe(true);
  }
  const nearer = look(view(), { zoom: 4, x: 0, y: 0 });
  expect(placesOf(nearer, crowd).filter((place) => place !== null).length).toBeGreaterThan(
    shown.length,
  );
});

test("a screen of finer pixels shows the same numbers at the same places, wherever the window is", () => {
  const bearers = [square(300, 200, 60), square(305, 200, 90), square(20, 20, 10, "100")];
  expect(placesOf(view(2), bearers)).toEqual(placesOf(view(1), bearers));
  const panned = (x: number) => placesOf(look(view(), { zoom: 3, x, y: 0 }), bearers);
  expect(panned(0)).toEqual(panned(150));
});

test("an object without a pixel has no number, and none leaves the picture", () => {
  expect(placesOf(view(), [{ ...square(9, 9, 0), label: null }])).toEqual([null]);
  const [edge] = placesOf(view(), [{ ...square(300, 200, 400), label: { x: 599, y: 1 } }]);
  expect(edge).toEqual({ x: 592, y: 8 });
});
