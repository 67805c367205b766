import { expect, test } from "vitest";
import golden from "../../tests/golden/edits.json";
import {
  type Answer,
  type AnyRecord,
  answerOf,
  apply,
  blobsOf,
  chosenOf,
  documentOf,
  type Edit,
  EMPTY,
  editOf,
  invert,
  newId,
  type ObjectRecord,
  type Point,
  sceneOf,
  squash,
} from "../src/document";

type Records = { readonly [id: string]: AnyRecord };

test.each(golden.edits)("golden edit: $name", (one) => {
  const document = documentOf(one.document as unknown as Records);
  const edit = one.edit as unknown as Edit;
  const applied = apply(document, edit);
  expect(Object.fromEntries(applied)).toEqual(one.applied);
  expect([...applied.keys()]).toEqual(one.order);
  expect(invert(document, edit)).toEqual(one.inverse);
  const back = apply(applied, invert(document, edit));
  expect(Object.fromEntries(back)).toEqual(Object.fromEntries(document));
});

test.each(golden.squashes)("golden squash: $name", (one) => {
  const document = documentOf(one.document as unknown as Records);
  const squashed = squash(one.first as unknown as Edit, one.second as unknown as Edit);
  expect(squashed).toEqual(one.squashed);
  const applied = apply(document, squashed);
  expect(Object.fromEntries(applied)).toEqual(one.applied);
  expect([...applied.keys()]).toEqual(one.order);
});

const object = (id: string, more: Partial<ObjectRecord> = {}): ObjectRecord => ({
  type: "object",
  id,
  image: "photo",
  label: "",
  color: 0,
  choice: null,
  locked: false,
  order: 0,
  ...more,
});
const point = (id: string, of: string): Point => ({
  type: "point",
  id,
  object: of,
  x: 1,
  y: 2,
  positive: true,
});
const answer = (id: string, of: readonly string[], best = 1): Answer => ({
  type: "answer",
  id,
  object: "a",
  of,
  candidates: [0, 1, 2].map((i) => ({
    name: "part",
    blob: `${id}-${i}`,
    score: 0.9,
    stability: 0.9,
    area: 10,
  })),
  best,
  seconds: 0.02,
});
const photo: AnyRecord = { type: "image", id: "photo", source: "bytes", width: 60, height: 40 };

test("an answer is true exactly while it names the object's prompts in order", () => {
  const document = apply(
    EMPTY,
    editOf([photo, object("a"), point("p1", "a"), point("p2", "a"), answer("r", ["p1", "p2"])]),
  );
  expect(answerOf(document, "a")?.id).toBe("r");
  const more = apply(document, editOf([point("p3", "a")]));
  expect(answerOf(more, "a")).toBeNull();
  expect(sceneOf(more).stale?.id).toBe("r");
  const none = apply(document, editOf([], ["p1", "p2"]));
  expect(sceneOf(none)).toMatchObject({ answer: null, stale: null, prompts: [] });
});

test("a scene names the open object and draws in order", () => {
  const document = apply(
    EMPTY,
    editOf([photo, object("b", { order: 1 }), object("a", { order: 0, locked: true })]),
  );
  const scene = sceneOf(document);
  expect(scene.open?.id).toBe("b");
  expect(scene.objects.map((one) => one.id)).toEqual(["a", "b"]);
  expect(scene.image?.id).toBe("photo");
});

test("the person's choice counts before the model's best", () => {
  expect(chosenOf(object("a"), answer("r", []))).toBe(1);
  expect(chosenOf(object("a", { choice: 2 }), answer("r", []))).toBe(2);
  expect(chosenOf(object("a", { choice: 7 }), answer("r", []))).toBe(2);
});

test("a document mentions its photo and its masks", () => {
  const document = apply(EMPTY, editOf([photo, object("a"), answer("r", [])]));
  expect([...blobsOf(document)]).toEqual(["bytes", "r-0", "r-1", "r-2"]);
});

test("ids are 12 hexadecimal digits and differ", () => {
  const ids = new Set(Array.from({ length: 200 }, newId));
  expect(ids.size).toBe(200);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{12}$/);
});
