import { expect, test } from "vitest";
import { AS_IT_IS, filterOf, wordsOf } from "../src/ui/light";

test("a photo as it is has no filter: a browser draws it at once", () => {
  expect(filterOf(AS_IT_IS)).toBeNull();
  expect(filterOf({ brightness: 1, contrast: 1 })).toBeNull();
});

test("brightness comes first, and contrast works on what it gives", () => {
  expect(filterOf({ brightness: 2, contrast: 1 })).toBe("brightness(2) contrast(1)");
  expect(filterOf({ brightness: 1, contrast: 0.5 })).toBe("brightness(1) contrast(0.5)");
});

test("a slider says by how much, not where it stands", () => {
  expect([0.25, 1, Math.SQRT2, 2].map(wordsOf)).toEqual([
    "0.25 times",
    "As it is",
    "1.41 times",
    "2 times",
  ]);
});
