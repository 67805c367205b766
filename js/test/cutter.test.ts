import { expect, test } from "vitest";
import { Cutter } from "../src/cutter";
import { type AnyRecord, type Scene, sceneOf } from "../src/document";
import type { Logits } from "../src/protocol";
import type { Store } from "../src/store";

/** One open object of two clicks, with an answer of this id, scores and cut. */
function scene(id: string, score: number, threshold = 0): Scene {
  const candidate = { name: "best", blob: id, score, stability: 0.9, area: 9 };
  const records: AnyRecord[] = [
    { type: "image", depth: 0, id: "i", source: "s", width: 8, height: 8 },
    {
      ...{ type: "object", id: "o", image: "i", label: "", color: 0, choice: null },
      ...{ locked: false, order: 0, threshold, protected: false, parent: null },
    },
    { type: "point", id: "p", object: "o", x: 2, y: 2, positive: true },
    { type: "point", id: "q", object: "o", x: 3, y: 2, positive: true },
    {
      ...{ type: "answer", id, object: "o", of: ["p", "q"], candidates: [candidate] },
      ...{ best: 0, seconds: 0.1, model: "", threshold },
    },
  ];
  return sceneOf(new Map(records.map((record) => [record.id, record])));
}

test("logits serve every cut of an answer, and no other answer to the same prompts", () => {
  let asked = 0;
  let hear: (told: Logits, bytes: Uint8Array[]) => void = () => undefined;
  const store = {
    client: "me",
    aside: () => asked++,
    onAside: (_: string, listener: typeof hear) => {
      hear = listener;
    },
  } as unknown as Store;
  const cutter = new Cutter(
    store,
    { mask: () => null },
    () => undefined,
    new AbortController().signal,
  );
  const lend = (of: string[], value: number): void =>
    hear(
      {
        ...{ type: "logits", to: "me", object: "o", of, choice: 0, blobs: [] },
        ...{ samples: 4, side: 8, width: 8, height: 8, step: 1 },
      },
      [new Uint8Array(new Int16Array(16).fill(value).buffer)],
    );

  cutter.slide(scene("a", 0.9), 1);
  expect(asked).toBe(1);
  lend(["p"], 3); // of other prompts
  expect(cutter.shape(scene("a", 0.9))).toBeNull();
  lend(["p", "q"], 3);
  expect(cutter.shape(scene("a", 0.9))?.mask.x1).toBe(8);
  cutter.release();
  cutter.slide(scene("b", 0.9, 1), 2); // cut anew
  expect(asked).toBe(1);
  cutter.release();
  cutter.slide(scene("c", 0.8, 1), 2); // asked anew
  expect(asked).toBe(2);
  expect(cutter.shape(scene("c", 0.8, 1))).toBeNull();
  lend(["p", "q"], -3);
  expect(cutter.shape(scene("c", 0.8, 1))?.mask.x1).toBe(0);
});
