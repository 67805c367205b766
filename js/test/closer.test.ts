import { expect, test } from "vitest";
import golden from "../../tests/golden/windows.json";
import { isSmall, sharpen, windowOf, windowRound } from "../src/closer";
import { type AnyRecord, sceneOf } from "../src/document";
import type { Mask } from "../src/masks";
import { dropLast, dropPrompt } from "../src/tools/acts";
import { contain, FIT, look } from "../src/viewport";

function maskOf([width, height, x0, y0, x1, y1]: readonly number[]): Mask {
  return { width, height, x0, y0, x1, y1, runs: new Uint32Array() } as unknown as Mask;
}

const MASK = maskOf([600, 400, 100, 100, 140, 120]);
const shapes = { shape: () => ({ mask: MASK }) };

function scene(area: number, ...more: AnyRecord[]) {
  const candidate = { name: "whole", blob: "b", score: 0.9, stability: 0.9, area };
  const prompts = ["p", ...more.map(({ id }) => id)];
  const records: AnyRecord[] = [
    { type: "image", depth: 0, id: "i", source: "s", width: 600, height: 400 },
    {
      ...{ type: "object", id: "o", image: "i", label: "", color: 0, choice: null },
      ...{ locked: false, order: 0, threshold: 0, protected: false, parent: null },
    },
    { type: "point", id: "p", object: "o", x: 110, y: 110, positive: true },
    ...more,
    {
      ...{ type: "answer", id: "a", object: "o", of: prompts, candidates: [candidate] },
      ...{ best: 0, seconds: 0.1, model: "", threshold: 0 },
    },
  ];
  return sceneOf(new Map(records.map((record) => [record.id, record])));
}

const WINDOW: AnyRecord = { type: "window", id: "w", object: "o", x0: 0, y0: 0, x1: 90, y1: 90 };
const whole = contain({ width: 600, height: 400 }, { width: 600, height: 400 }, 1);

test.each(golden)("the window round a mask is the kernel's: $mask", ({ mask, window }) => {
  const { x0, y0, x1, y1 } = windowRound(maskOf(mask));
  expect([x0, y0, x1, y1]).toEqual(window);
});

test("who sees the whole photo has it looked at round the mask", () => {
  expect(windowOf(scene(700), shapes, look(whole, FIT))).toEqual(windowRound(MASK));
});

test("who has come near has what is seen looked at, unless the mask is elsewhere", () => {
  const near = look(whole, { zoom: 4, x: 75, y: 50 });
  expect(windowOf(scene(700), shapes, near)).toEqual({ x0: 75, y0: 50, x1: 225, y1: 150 });
  const elsewhere = look(whole, { zoom: 4, x: 300, y: 200 });
  expect(windowOf(scene(700), shapes, elsewhere)).toEqual(windowRound(MASK));
});

test("it is offered for what is small, and once", () => {
  expect(isSmall(scene(1199), shapes)).toBe(true);
  expect(isSmall(scene(1200), shapes)).toBe(false);
  expect(isSmall(scene(1199, WINDOW), shapes)).toBe(false);
});

test("a second window takes the first one's place, and nothing is looked at without a mask", () => {
  const edit = sharpen(scene(700, WINDOW), shapes, whole);
  expect(edit?.drop).toEqual(["w"]);
  expect(Object.values(edit?.put ?? {})).toMatchObject([{ type: "window", object: "o", x0: 60 }]);
  expect(sharpen(scene(700), { shape: () => null }, whole)).toBeNull();
});

test("what is left without a window's last click is nothing: the window goes along", () => {
  const more: AnyRecord = { type: "point", id: "q", object: "o", x: 5, y: 5, positive: false };
  expect(dropPrompt(scene(700, WINDOW), "p")?.drop).toEqual(["p", "w"]);
  expect(dropPrompt(scene(700, WINDOW, more), "p")?.drop).toEqual(["p"]);
  expect(dropPrompt(scene(700, WINDOW), "w")?.drop).toEqual(["w"]);
  const turned = scene(700, WINDOW);
  const last = { ...turned, marks: [...turned.marks].reverse() };
  expect(dropLast(last)?.drop).toEqual(["p", "w"]);
});
