import { expect, test } from "vitest";
import golden from "../../tests/golden/corrections.json";
import { type Change, corrected, emptyMask } from "../src/corrections";
import { areaOf, type Mask } from "../src/masks";
import { maskOf, rowsOf } from "../src/strokes";
import { areaAt, stepOf } from "../src/ui/cleaning";

interface Case {
  readonly name: string;
  readonly size: readonly number[];
  readonly corrections: readonly unknown[];
  readonly masks?: { readonly [blob: string]: readonly number[] };
  readonly mask: readonly number[];
}

const sizeOf = ([width = 0, height = 0]: readonly number[]) => ({ width, height });

const maskIn = (size: readonly number[], told: readonly number[]): Mask => {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, ...runs] = told;
  return { ...sizeOf(size), x0, y0, x1, y1, runs: Uint32Array.from(runs) };
};

test.each(golden as unknown as readonly Case[])("$name", ({ size, corrections, masks, mask }) => {
  const read = (blob: string) => maskIn(size, masks?.[blob] ?? []);
  const made = corrected(emptyMask(sizeOf(size)), corrections as readonly Change[], read);
  expect([made.x0, made.y0, made.x1, made.y1, ...made.runs]).toEqual(mask);
});

test("a mask comes back from its rows", () => {
  for (const { size, mask } of golden as unknown as readonly Case[]) {
    const there = maskIn(size, mask);
    expect(maskOf(there.width, rowsOf(there))).toEqual(there);
  }
});

test("no corrections leave the very mask", () => {
  const mask = emptyMask({ width: 3, height: 2 });
  expect(corrected(mask, [])).toBe(mask);
});

test("a long stroke on a large photo is whole", () => {
  const size = { width: 6000, height: 4000 };
  const path = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? i * 14 + 100 : 2000));
  const made = corrected(emptyMask(size), [{ type: "brush", path, width: 200, positive: true }]);
  expect(areaOf(made)).toBeGreaterThan(5000 * 200);
  expect([made.y0, made.y1]).toEqual([1900, 2100]);
});

test("a slider's steps count in powers, from one pixel to the most", () => {
  expect(areaAt(0, 4800)).toBe(1);
  expect(areaAt(100, 4800)).toBe(4800);
  for (const step of [0, 20, 55, 100])
    expect(stepOf(areaAt(step, 480000), 480000)).toBeCloseTo(step, -0.5);
});
