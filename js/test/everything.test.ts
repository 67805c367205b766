import { expect, test } from "vitest";
import {
  type AnyRecord,
  apply,
  documentOf,
  type Edit,
  editOf,
  type ObjectRecord,
  type Scene,
  sceneOf,
} from "../src/document";
import { Dyes } from "../src/everything/dyes";
import { findsAt, findsOf } from "../src/everything/finds";
import { nameOf, takenOf, untouched } from "../src/everything/picked";
import { whyOf, wordsOf } from "../src/everything/why";
import type { FromPage, Sieve, Spot, Surveyed } from "../src/protocol";
import { Store } from "../src/store";
import { cleanUp, pick, recolor, rename, reopen } from "../src/tools/acts";

const SIEVE: Sieve = { predicted_iou: 0.5, stability: 0.5, area: 0, overlap: 0.7 };

/** A rectangle as run lengths, on a photo of 100 x 50. */
function rectangle(x0: number, y0: number, x1: number, y1: number): Uint8Array {
  const area = (x1 - x0) * (y1 - y0);
  return new Uint8Array(Uint32Array.of(100, 50, x0, y0, x1, y1, 0, area).buffer);
}

const MASKS: { readonly [blob: string]: Uint8Array } = {
  whole: rectangle(0, 0, 60, 40),
  part: rectangle(10, 10, 30, 30),
  cup: rectangle(12, 12, 20, 20),
};

function spot(x: number, stability = 0.9): Spot {
  const candidates = Object.keys(MASKS).map((blob, i) => {
    const bytes = MASKS[blob] ?? new Uint8Array();
    const view = new Uint32Array(bytes.buffer);
    const score = Math.fround([0.6, 0.8, 0.7][i] ?? 0);
    return { name: blob, blob, score, stability: Math.fround(stability), area: view[7] ?? 0 };
  });
  return { x, y: 20, candidates, best: 1 };
}

function surveyed(first: number, spots: readonly Spot[], more: Partial<Surveyed> = {}): Surveyed {
  const blobs = [...new Set(spots.flatMap((one) => one.candidates.map(({ blob }) => blob)))];
  const reach = { done: first + spots.length, total: 9, what: "running" as const, why: "" };
  const common = { to: null, survey: "s", first, spots, reach, sieve: SIEVE, by: null, blobs };
  return { type: "surveyed", ...common, ...more };
}

function setUp() {
  const store = new Store("me");
  const said: FromPage[] = [];
  store.onSay((message) => said.push(message), new AbortController().signal);
  const finds = findsOf(store);
  const hear = (message: Surveyed) =>
    void store.receive(
      message,
      message.blobs.map((blob) => MASKS[blob] ?? new Uint8Array()),
    );
  return { store, said, finds, hear };
}

test("what comes is appended, each candidate of a spot a find of its own", () => {
  const { finds, hear, store } = setUp();
  expect(finds.on).toBe(false);
  expect(findsOf(store)).toBe(finds);
  hear(surveyed(0, [spot(1)]));
  hear(surveyed(1, [spot(2), spot(3)]));
  expect(finds.all.map(({ index, x, choice }) => [index, x, choice])).toEqual([
    ...[0, 1, 2].map((i) => [i, 1, i]),
    ...[0, 1, 2].map((i) => [3 + i, 2, i]),
    ...[0, 1, 2].map((i) => [6 + i, 3, i]),
  ]);
  expect(finds.reach.done).toBe(3);
  hear(surveyed(1, [spot(2), spot(3), spot(4)])); // what it has is not taken again
  expect(finds.all.length).toBe(12);
  expect(finds.shown.map(({ index }) => index)).toEqual([0, 1, 2]); // the others are the same again
});

test("a gap is asked for, and another survey takes the place of the one before", () => {
  const { finds, hear, said } = setUp();
  hear(surveyed(0, [spot(1)]));
  hear(surveyed(3, [spot(4)]));
  expect(said.at(-1)).toEqual({ type: "more", client: "me", survey: "s", have: 1 });
  expect(finds.all.length).toBe(3);
  hear(surveyed(2, [], { survey: "t" }));
  expect(said.at(-1)).toEqual({ type: "more", client: "me", survey: "t", have: 0 });
  hear(surveyed(0, [spot(1)], { survey: "t" }));
  expect(finds.all.length).toBe(3);
  hear(surveyed(0, [], { survey: "" }));
  expect([finds.on, finds.all.length]).toEqual([false, 0]);
});

test("a slider decides at once, and is not overruled by what was said before it was heard", async () => {
  const { finds, hear, said } = setUp();
  hear(surveyed(0, [spot(1), spot(2, 0.4)]));
  expect(finds.shown.length).toBe(3);
  finds.sift({ ...SIEVE, predicted_iou: 0.65 });
  expect(finds.shown.map(({ index }) => index)).toEqual([1, 2]);
  hear(surveyed(2, [spot(3)]));
  expect(finds.sieve.predicted_iou).toBe(0.65);
  await expect.poll(() => said.at(-1)?.type).toBe("sift");
  const sift = said.at(-1);
  if (sift?.type !== "sift") throw new Error("no sift");
  hear(surveyed(3, [], { sieve: sift.sieve, by: { client: "me", seq: sift.seq } }));
  hear(surveyed(3, [], { sieve: { ...SIEVE, area: 100 } })); // Python's, later
  expect(finds.sieve.area).toBe(100);
  expect(finds.fates[2]?.dropped).toBe("area");
});

test("stopping and closing show at once; a store that has ended has nothing", () => {
  const { finds, hear, said, store } = setUp();
  hear(surveyed(0, [spot(1)]));
  finds.stop(false);
  expect([finds.running, finds.on]).toEqual([false, true]);
  finds.stop(true);
  expect(finds.on).toBe(false);
  hear(surveyed(1, [spot(2)])); // it was on its way
  expect(finds.on).toBe(false);
  expect(said.map((one) => one.type)).toEqual(["stop", "stop"]);
  hear(surveyed(0, [spot(1)], { survey: "t" }));
  store.setContact("gone");
  expect(finds.on).toBe(false);
});

test("a mask that cannot be read is said, and the others are there", () => {
  const { finds, store } = setUp();
  const message = surveyed(0, [spot(1)]);
  store.receive(message, [new Uint8Array(3), ...Object.values(MASKS).slice(1)]);
  expect(finds.all.map(({ choice }) => choice)).toEqual([1, 2]);
  expect(store.error).toMatch(/cannot be read/);
});

test("at a place the smallest comes first, and each dropped one has its reason", () => {
  const { finds, hear } = setUp();
  hear(surveyed(0, [spot(1), spot(2, 0.45)]));
  expect(findsAt(finds.shown, { x: 15.5, y: 15.5 }).map(({ choice }) => choice)).toEqual([2, 1, 0]);
  expect(findsAt(finds.shown, { x: 50, y: 5 }).map(({ choice }) => choice)).toEqual([0]);
  expect(findsAt(finds.shown, { x: 99, y: 5 })).toEqual([]);
  const why = (sieve: Sieve, index: number) => {
    finds.sift(sieve);
    const [find, fate] = [finds.all[index], finds.fates[index]];
    return find && fate ? whyOf(find, fate, sieve) : null;
  };
  expect(why(SIEVE, 1)).toBe("");
  expect(why(SIEVE, 4)).toBe("stability 0.45 < 0.50");
  expect(why({ ...SIEVE, stability: 0.4 }, 4)).toBe("overlaps #2 by 1.00");
  expect(why({ ...SIEVE, predicted_iou: 0.8 }, 1)).toBe("predicted IoU 0.80 ≤ 0.80");
  expect(why({ ...SIEVE, stability: 0.9001 }, 1)).toBe("stability 0.9000 < 0.9001");
  expect(why({ ...SIEVE, area: 100 }, 2)).toBe("area 64 px < 100 px");
  const [find] = finds.all;
  expect(find && wordsOf(find, 5000)).toBe("#1: predicted IoU 0.60, stability 0.90, 48%");
});

test("neighbours have colours of their own, which they keep", () => {
  const dyes = new Dyes();
  const finds = Array.from({ length: 7 }, (_, index) => ({
    index,
    box: { x0: index, y0: 0, x1: index + 20, y1: 9 },
  }));
  const colors = dyes.of(finds);
  expect(new Set(colors).size).toBe(7);
  expect(dyes.of(finds.slice(3).reverse())).toEqual(colors.slice(3).reverse());
});

test("a find that is an object stays one when it is corrected, and is replaced only while nobody touched it", () => {
  const photo = { type: "image", depth: 0, id: "i", source: "b", width: 100, height: 50 } as const;
  const made = pick(sceneOf(documentOf(editOf([photo]).put)), [
    { x: 15, y: 20, choice: 1, color: 3 },
  ]) as Edit;
  const [object, click] = Object.values(made.put) as [ObjectRecord, { id: string }];
  const candidates = [0, 1].map((i) => {
    return { name: `${i}`, blob: `m${i}`, score: 0.9, stability: 0.9, area: 9 };
  });
  const answer: AnyRecord = {
    ...{ type: "answer", id: "a", object: object.id, of: [click.id], candidates },
    ...{ best: 0, seconds: 0, model: "", threshold: 0 },
  };
  const first = documentOf({ ...editOf([photo]).put, ...made.put, ...editOf([answer]).put });
  const after = (...acts: ((scene: Scene) => Edit | null)[]): Scene =>
    sceneOf(acts.reduce((now, act) => apply(now, act(sceneOf(now)) ?? editOf([])), first));
  expect([...takenOf(after())]).toEqual([nameOf({ x: 15, y: 20, choice: 1 })]);
  expect(untouched(after(), made.put)).toBe(object.id);
  expect(
    untouched(
      after((scene) => rename(scene, object.id, "cup")),
      made.put,
    ),
  ).toBeNull();
  expect(
    untouched(
      after((scene) => recolor(scene, object.id, 5)),
      made.put,
    ),
  ).toBeNull();
  const locked = (): Edit => editOf([object]);
  const corrected = after(
    (scene) => reopen(scene, object.id),
    (scene) => cleanUp(scene, 9, 9),
    locked,
  );
  expect(corrected.accepted[0]?.marks.length).toBe(2);
  expect(untouched(corrected, made.put)).toBeNull();
  expect(takenOf(corrected).size).toBe(1);
});
