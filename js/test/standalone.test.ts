import { expect, test } from "vitest";
import { emptyMask } from "../src/corrections";
import { pngOf } from "../src/standalone/png";
import {
  type Answer,
  before,
  chosenOf,
  cleared,
  keyOf,
  NOTHING,
  type Prompt,
  said,
  undone,
} from "../src/standalone/work";

const point = { type: "point", x: 1, y: 2, positive: true } as const;
const box = { type: "box", x0: 1, y0: 1, x1: 5, y1: 5 } as const;
const answer = (of: readonly Prompt[], best = 0): Answer => ({
  of,
  candidates: [],
  masks: [],
  best,
});

test("what is said is undone step by step, and clearing is a step", () => {
  const one = said(NOTHING, point);
  const two = cleared(said(one, { ...point, positive: false }));
  expect(two.prompts).toEqual([]);
  expect(undone(two).prompts).toHaveLength(2);
  expect(undone(undone(two)).prompts).toEqual(one.prompts);
  expect(undone(undone(undone(undone(two))))).toMatchObject({ prompts: [], past: [] });
  expect(cleared(NOTHING)).toBe(NOTHING);
});

test("a box takes the place of the one before, and ids are never used again", () => {
  const two = said(said(said(NOTHING, box), point), { ...box, x1: 9 });
  expect(two.prompts.map(({ type }) => type)).toEqual(["point", "box"]);
  expect(keyOf(said(undone(two), point).prompts)).not.toBe(keyOf(two.prompts));
});

test("the answer to most of the prompts goes in with the next, by the candidate that was chosen", () => {
  const one = said(NOTHING, point);
  const two = said(one, point);
  const three = said(two, point);
  const answers = new Map([one, two].map(({ prompts }) => [keyOf(prompts), answer(prompts, 1)]));
  const known = { answers, choices: new Map([[keyOf(two.prompts), 2]]) };
  expect(before(known, three.prompts)).toEqual({ key: keyOf(two.prompts), index: 2 });
  expect(before(known, two.prompts)).toEqual({ key: keyOf(one.prompts), index: 1 });
  expect(before(known, one.prompts)).toBeNull();
  expect(before(known, said(cleared(two), point).prompts)).toBeNull();
  expect(chosenOf(known, "nobody")).toBe(0);
});

test("a mask's PNG has one grey channel of its size", async () => {
  const mask = { ...emptyMask({ width: 3, height: 2 }), x1: 2, y1: 1, runs: Uint32Array.of(1, 1) };
  const data = new DataView(await (await pngOf(mask)).arrayBuffer());
  expect([data.getUint32(16), data.getUint32(20), data.getUint8(24), data.getUint8(25)]).toEqual([
    3, 2, 8, 0,
  ]);
});
