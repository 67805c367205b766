import { expect, test } from "vitest";
import { without } from "../src/difference";
import { areaOf, fromRows, isOn, type Mask, spansOf } from "../src/masks";
import { plotOf, told } from "../src/ui/truth";

const SIZE = { width: 23, height: 9 };

/** A mask of any pixels, and what says of each whether it is on. */
function any(seed: number, share: number): { mask: Mask; on: (x: number, y: number) => boolean } {
  let state = seed;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
  const bits = Array.from({ length: SIZE.height }, () =>
    Array.from({ length: SIZE.width }, () => next() < share),
  );
  const rows = bits.map((row) =>
    row.flatMap((bit, x) => {
      const before = x > 0 && row[x - 1];
      if (bit && !before) {
        const end = row.findIndex((after, k) => k > x && !after);
        return [x, end < 0 ? SIZE.width : end];
      }
      return [];
    }),
  );
  return { mask: fromRows(SIZE, rows), on: (x, y) => bits[y]?.[x] === true };
}

test.each([
  [1, 0.5, 0.5],
  [2, 0.9, 0.5],
  [3, 0.1, 0.9],
  [4, 0.9, 0.05],
  [5, 0, 0.5],
  [6, 0.5, 0],
  [7, 1, 1],
  [8, 1, 0.5],
])("what one mask has and another has not, pixel by pixel: %i", (seed, share, other) => {
  const [one, two] = [any(seed, share), any(seed + 100, other)];
  const left = without(one.mask, two.mask);
  const spans = spansOf(left);
  let area = 0;
  for (let y = 0; y < SIZE.height; y++) {
    for (let x = 0; x < SIZE.width; x++) {
      const wanted = one.on(x, y) && !two.on(x, y);
      area += wanted ? 1 : 0;
      expect(isOn(left, spans, { x: x + 0.5, y: y + 0.5 })).toBe(wanted);
    }
  }
  expect(areaOf(left)).toBe(area);
});

test("the plot has a dot a click, higher where the IoU is, and leaves out what never was", () => {
  const plot = plotOf([0.2, null, 0.9], [0.5, 0.8]);
  const dots = [...plot.matchAll(/<circle class="(\S+)" cx="(\S+)" cy="(\S+)"/g)].map((found) => ({
    kind: found[1],
    x: Number(found[2]),
    y: Number(found[3]),
  }));
  const [race, course] = ["sam-race", "sam-course"].map((kind) =>
    dots.filter((dot) => dot.kind === kind),
  );
  expect(race).toHaveLength(2);
  expect(course).toHaveLength(2);
  expect(course?.[1]?.x).toBeGreaterThan(race?.[1]?.x ?? 0);
  expect(course?.[1]?.y).toBeLessThan(race?.[1]?.y ?? 0);
  expect(plotOf([], [])).not.toContain("<circle");
  const long = plotOf(
    Array.from({ length: 40 }, () => 0.5),
    [],
  );
  expect([...long.matchAll(/text-anchor="middle"/g)].length).toBeLessThan(12);
});

test("numbers in words", () => {
  expect(told({ iou: 1, dice: 0.934, boundary: 0 })).toBe("IoU 1.00 · Dice 0.93 · boundary F 0.00");
});
