import { expect, test } from "vitest";
import { framed, sizeOf } from "../src/ui/minimap";
import { contain, FIT, look } from "../src/viewport";

const PHOTO = { width: 6000, height: 4000 };

test("who sees the whole photo needs no map of it", () => {
  expect(sizeOf(contain(PHOTO, { width: 600, height: 480 }, 2))).toBeNull();
});

test("the map has the photo's shape, and takes a quarter of it at most", () => {
  const view = look(contain(PHOTO, { width: 300, height: 480 }, 2), { zoom: 3, x: 900, y: 100 });
  const size = sizeOf(view);
  expect(size?.width).toBeCloseTo(78);
  expect(size?.height).toBeCloseTo(52);
});

test("there is none where it would be a speck, or a line", () => {
  const near = { zoom: 2, x: 0, y: 0 };
  expect(sizeOf(look(contain(PHOTO, { width: 120, height: 80 }, 1), near))).toBeNull();
  const flat = contain({ width: 3000, height: 20 }, { width: 500, height: 300 }, 1);
  expect(sizeOf(look(flat, near))).toBeNull();
});

test("what is seen is framed", () => {
  const fit = contain(PHOTO, { width: 600, height: 400 }, 1);
  expect(framed(look(fit, FIT))).toEqual({ x: 0, y: 0, width: 1, height: 1 });
  const near = look(fit, { zoom: 4, x: 1500, y: 3000 });
  expect(framed(near)).toEqual({ x: 0.25, y: 0.75, width: 0.25, height: 0.25 });
});
