import { expect, test } from "vitest";
import golden from "../../tests/golden/edits.json";
import {
  type Answer,
  type AnyRecord,
  apply,
  chosenOf,
  documentOf,
  type Edit,
  EMPTY,
  editOf,
  invert,
  masksOf,
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
  threshold: 0,
  protected: false,
  parent: null,
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
  model: "",
  threshold: 0,
});
const photo: AnyRecord = {
  type: "image",
  depth: 0,
  id: "photo",
  source: "bytes",
  width: 60,
  height: 40,
};

test("an answer is true exactly while it names the object's prompts in order", () => {
  const document = apply(
    EMPTY,
    editOf([photo, object("a"), point("p1", "a"), point("p2", "a"), answer("r", ["p1", "p2"])]),
  );
  expect(sceneOf(document)).toMatchObject({ answer: { id: "r" }, stale: null });
  const more = apply(document, editOf([point("p3", "a")]));
  expect(sceneOf(more)).toMatchObject({ answer: null, stale: { id: "r" } });
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
  expect([...sceneOf(document).blobs]).toEqual(["bytes", "r-0", "r-1", "r-2"]);
});

/** So many objects that are done and answered, and one that is open. */
function crowd(count: number) {
  const records: AnyRecord[] = [photo];
  for (let i = 0; i < count; i++) {
    const id = `o${i}`;
    const three = { ...answer(`r${i}`, [`p${i}`]), object: id };
    records.push(object(id, { locked: true, order: i, choice: 2 }), point(`p${i}`, id), three);
  }
  const open = { ...answer("r", ["p"]), object: "open" };
  records.push(object("open", { order: count }), point("p", "open"), open);
  return apply(EMPTY, editOf(records));
}

test("each accepted object comes with its own prompts and its true answer", () => {
  const document = apply(crowd(3), editOf([point("more", "o1")], ["r2"]));
  const { accepted } = sceneOf(document);
  expect(accepted.map(({ object, answer }) => [object.id, answer?.id ?? null])).toEqual([
    ["o0", "r0"],
    ["o1", null],
    ["o2", null],
  ]);
  expect(accepted[1]?.prompts.map(({ id }) => id)).toEqual(["p1", "more"]);
});

test("a prompt or an answer may come before its object", () => {
  const document = documentOf({
    p: point("p", "a"),
    r: { ...answer("r", ["p"]), object: "a" },
    a: object("a"),
    photo,
  });
  expect(sceneOf(document)).toMatchObject({ open: { id: "a" }, answer: { id: "r" } });
});

test("a document is read once, however often it is asked, and in one walk over its records", () => {
  const document = crowd(500);
  let walks = 0;
  let steps = 0;
  const values = document.values.bind(document);
  Object.assign(document, {
    *values() {
      walks += 1;
      for (const record of values()) {
        steps += 1;
        yield record;
      }
    },
  });
  const scene = sceneOf(document);
  expect(sceneOf(document)).toBe(scene);
  expect(scene.accepted).toHaveLength(500);
  expect([walks, steps]).toEqual([1, document.size]);
});

test("of an accepted object the chosen mask is seen, of the open one all", () => {
  const seen = masksOf(sceneOf(crowd(2)));
  expect([...seen]).toEqual(["r0-2", "r1-2", "r-0", "r-1", "r-2"]);
  const waiting = apply(crowd(1), editOf([point("p2", "open")]));
  expect([...masksOf(sceneOf(waiting))]).toContain("r-0"); // the last answer stays until the next
});

test("ids are 12 hexadecimal digits and differ", () => {
  const ids = new Set(Array.from({ length: 200 }, newId));
  expect(ids.size).toBe(200);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{12}$/);
});
