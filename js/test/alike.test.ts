import { expect, test } from "vitest";
import { likeAt, likesOf } from "../src/alike/likes";
import type { FromPage, Likened, Proposed } from "../src/protocol";
import { Store } from "../src/store";

/** A rectangle as run lengths, on a photo of 100 x 50. */
function rectangle(x0: number, y0: number, x1: number, y1: number): Uint8Array {
  const area = (x1 - x0) * (y1 - y0);
  return new Uint8Array(Uint32Array.of(100, 50, x0, y0, x1, y1, 0, area).buffer);
}

const MASKS: { readonly [blob: string]: Uint8Array } = {
  a: rectangle(0, 0, 20, 20),
  b: rectangle(10, 10, 30, 30),
  c: rectangle(60, 10, 80, 30),
};

function proposed(index: number, blob: string, score: number): Proposed {
  const place = { x: 10 * index, y: 20, choice: 1, blob };
  return { index, ...place, score, likeness: score, predicted_iou: 0.9, area: 400 };
}

function likened(proposals: readonly Proposed[], more: Partial<Likened> = {}): Likened {
  const reach = { done: 3, total: 9, what: "running" as const, why: "" };
  const example = { label: "berry", color: 2, refused: 0, clicks: 1, objects: 1 };
  const blobs = proposals.map(({ blob }) => blob);
  return { type: "likened", to: null, hunt: "h", ...example, proposals, reach, blobs, ...more };
}

function setUp() {
  const store = new Store("me");
  const said: FromPage[] = [];
  store.onSay((message) => said.push(message), new AbortController().signal);
  const likes = likesOf(store);
  const hear = (message: Likened) =>
    void store.receive(
      message,
      message.blobs.map((blob) => MASKS[blob] ?? new Uint8Array()),
    );
  return { store, said, likes, hear };
}

const TWO = [proposed(4, "a", 0.8), proposed(1, "b", 0.3)];

test("what is said last counts, and a mask is sent once", () => {
  const { likes, hear, store } = setUp();
  expect([likes.on, likesOf(store)]).toEqual([false, likes]);
  hear(likened(TWO));
  expect(likes.all.map(({ index }) => index)).toEqual([4, 1]);
  expect(likes.taken.map(({ index }) => index)).toEqual([4]);
  likes.cut(0.2);
  expect(likes.taken.length).toBe(2);
  hear(likened([proposed(1, "b", 0.9), proposed(7, "c", 0.5)], { blobs: ["c"] }));
  expect(likes.all.map(({ index, score }) => [index, score])).toEqual([
    [1, 0.9],
    [7, 0.5],
  ]);
  expect(likes.least).toBe(0.2);
});

test("where masks are lacking all is asked for, once", () => {
  const { likes, hear, said } = setUp();
  hear(likened(TWO, { blobs: ["a"] }));
  hear(likened(TWO, { blobs: [] }));
  expect(said).toEqual([{ type: "lack", client: "me", hunt: "h" }]);
  expect(likes.all.map(({ index }) => index)).toEqual([4]);
  hear(likened(TWO, { to: "me" }));
  expect(likes.all.length).toBe(2);
});

test("a refused one goes at once, and comes back when the kernel says so", () => {
  const { likes, hear, said } = setUp();
  hear(likened(TWO));
  likes.refuse(4);
  expect(likes.all.map(({ index }) => index)).toEqual([1]);
  expect(said.at(-1)).toEqual({ type: "refuse", client: "me", hunt: "h", index: 4 });
  likes.back();
  expect(said.at(-1)).toEqual({ type: "refuse", client: "me", hunt: "h", index: null });
  hear(likened(TWO, { blobs: [] }));
  expect(likes.all.length).toBe(2);
});

test("stopping and closing show at once, and what comes too late is not heard", () => {
  const { likes, hear, said } = setUp();
  hear(likened(TWO));
  likes.stop(false);
  expect([likes.running, likes.on]).toEqual([false, true]);
  likes.stop(true);
  expect(likes.on).toBe(false);
  hear(likened(TWO));
  expect(likes.on).toBe(false);
  expect(said.map(({ type }) => type)).toEqual(["leave", "leave"]);
  hear(likened(TWO, { hunt: "another" }));
  expect(likes.on).toBe(true);
  hear(likened([], { hunt: "" }));
  expect(likes.on).toBe(false);
});

test("at a place the likest is meant", () => {
  const { likes, hear } = setUp();
  hear(likened(TWO));
  expect(likeAt(likes.all, { x: 15, y: 15 })?.index).toBe(4);
  expect(likeAt(likes.all, { x: 25, y: 25 })?.index).toBe(1);
  expect(likeAt(likes.all, { x: 90, y: 5 })).toBe(null);
});

test("a mask that cannot be read is said", () => {
  const { store, likes } = setUp();
  store.receive(likened(TWO), [new Uint8Array(3), MASKS.b ?? new Uint8Array()]);
  expect(likes.all.map(({ index }) => index)).toEqual([1]);
  expect(store.error).toMatch(/cannot be read/);
});
