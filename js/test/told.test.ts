import { expect, test } from "vitest";
import { type Answer, type AnyRecord, apply, EMPTY, editOf, sceneOf } from "../src/document";
import { describe, toldOf } from "../src/told";
import {
  accept,
  choose,
  clear,
  deleteObject,
  move,
  recolor,
  rename,
  reopen,
} from "../src/tools/acts";

const PHOTO: AnyRecord = {
  type: "image",
  depth: 0,
  id: "photo",
  source: "b",
  width: 100,
  height: 50,
};
const object = (id: string, order: number, locked = true): AnyRecord => ({
  ...{
    type: "object",
    id,
    image: "photo",
    label: "",
    color: order,
    choice: null,
    locked,
    order,
    threshold: 0,
    protected: false,
    parent: null,
  },
});
const asked = (id: string): readonly AnyRecord[] => {
  const point = { type: "point", id: `p-${id}`, object: id, x: 1, y: 1, positive: true } as const;
  const candidate = { name: "whole", blob: "b", score: 0.934, stability: 0.9, area: 600 };
  const answer: Answer = {
    ...{
      type: "answer",
      id: `r-${id}`,
      object: id,
      of: [point.id],
      best: 1,
      seconds: 0.1,
      model: "",
      threshold: 0,
    },
    candidates: [candidate, { ...candidate, score: 0.5 }, candidate],
  };
  return [point, answer];
};
const START = apply(
  EMPTY,
  editOf([PHOTO, object("a", 0), ...asked("a"), object("b", 1), ...asked("b"), object("c", 2)]),
);
const OPEN = apply(START, editOf([object("d", 3, false), ...asked("d")]));

/** What is said of an act on a document, and when it is taken back. */
function said(document: typeof START, act: (scene: ReturnType<typeof sceneOf>) => unknown) {
  const edit = act(sceneOf(document)) as Parameters<typeof apply>[1];
  const after = apply(document, edit);
  const [before, now] = [sceneOf(document), sceneOf(after)];
  return [toldOf(before, now), toldOf(now, before)];
}

const MASK = "Mask: predicted IoU 0.50, 12% of the photo, 2 of 3";

test("of the document that comes first, and of the same again, nothing is said", () => {
  expect(toldOf(sceneOf(EMPTY), sceneOf(OPEN))).toBeNull();
  expect(toldOf(sceneOf(OPEN), sceneOf(OPEN))).toBeNull();
  expect(toldOf(sceneOf(OPEN), sceneOf(new Map(OPEN)))).toBeNull();
});

test("an answer and a choice are said with what a person chooses by", () => {
  const waiting = apply(OPEN, editOf([], ["r-d"]));
  expect(toldOf(sceneOf(waiting), sceneOf(OPEN))).toBe(MASK);
  const [other] = said(OPEN, (scene) => choose(scene, 0));
  expect(other).toBe("Mask: predicted IoU 0.93, 12% of the photo, 1 of 3");
});

test("what is done to an object is said, and what takes it back", () => {
  expect(said(OPEN, accept)).toEqual(["Object 4 accepted", `Object 4 reopened. ${MASK}`]);
  expect(said(START, (scene) => reopen(scene, "b"))).toEqual([
    `Object 2 reopened. ${MASK}`,
    "Object 2 accepted",
  ]);
  expect(said(START, (scene) => rename(scene, "b", "cup"))).toEqual([
    "Object 2 is cup",
    "Object 2 has no name",
  ]);
  expect(said(START, (scene) => recolor(scene, "b", 6))).toEqual([
    "Object 2 is pink",
    "Object 2 is sky blue",
  ]);
  expect(said(START, (scene) => deleteObject(scene, "b"))).toEqual([
    "Object 2 deleted",
    "Object 2 is back",
  ]);
  const order = "In their new order: Object 1; Object 2";
  expect(said(START, (scene) => move(scene, "b", 0))).toEqual([order, order]);
  expect(said(START, (scene) => move(scene, "c", 0))[0]).toBe("The objects have another order");
});

test("opening one while another is open says both", () => {
  expect(said(OPEN, (scene) => reopen(scene, "a"))[0]).toBe(
    `Object 1 reopened. Object 4 accepted. ${MASK}`,
  );
});

test("clearing is said", () => {
  expect(said(OPEN, clear)).toEqual(["No prompts", MASK]);
});

test("the photo is described", () => {
  expect(describe(sceneOf(EMPTY))).toBe("No picture");
  expect(describe(sceneOf(OPEN))).toBe("Photo, 100 by 50 pixels, 3 accepted objects, one open");
});
