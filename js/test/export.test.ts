import { expect, test } from "vitest";
import type { Exported } from "../src/protocol";
import { lossOf, saidOf } from "../src/ui/export";
import { heard } from "../src/words/heard";

const DONE: Exported = {
  type: "exported",
  to: "page",
  format: "yolo",
  where: "annotations/mug-yolo",
  why: "",
  images: 1,
  objects: 2,
  changed: 0,
  mean_iou: 1,
  unsaid: [],
  notes: [],
};

test("what came of an export: where it went, what it lost, what it has no room for", () => {
  expect(lossOf(DONE)).toEqual([
    "Written to annotations/mug-yolo.",
    "Objects: 2, photos: 1; every mask to the pixel.",
  ]);
  const lost = { ...DONE, changed: 1, mean_iou: 0.98765, unsaid: ["prompts", "predicted IoU"] };
  expect(lossOf({ ...lost, notes: ["A note."] }).slice(1)).toEqual([
    "Objects: 2, photos: 1; changed: 1, mean IoU 0.9877.",
    "It has no room for: prompts, predicted IoU.",
    "A note.",
  ]);
  expect(lossOf({ ...DONE, where: "", why: "The disk is full." })).toEqual(["The disk is full."]);
});

test("before and meanwhile the sheet says what is to come", () => {
  expect(saidOf({ free: false, under: null, done: null })).toMatch(/^Accept a mask first/);
  expect(saidOf({ free: true, under: null, done: null })).toMatch(/new folder/);
  expect(saidOf({ free: true, under: "coco", done: DONE })).toBe("Writing…");
});

test("the kernel's sentences with several values come to their places", () => {
  const said = "Values are read as 4 (black) to 4295 (white).";
  expect(heard(said)).toBe(said);
});
