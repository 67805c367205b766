import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type AnyRecord, type Edit, editOf, newId } from "../src/document";
import { alike, LOST, Peeks, SLOW, type Wish } from "../src/peeks";
import type { Peek, Status } from "../src/protocol";
import { Store } from "../src/store";

const READY: Status = { type: "status", what: "ready", progress: null, text: "", model: "m" };
const PHOTO: AnyRecord = { type: "image", depth: 0, id: "i", source: "b", width: 9, height: 9 };
const RUNS = new Uint8Array(Uint32Array.of(9, 9, 2, 2, 4, 4, 0, 4).buffer); // 2 x 2

/** A view's end of the road, whose kernel answers when it is told to. */
function road() {
  const store = new Store("me");
  const end = new AbortController();
  const sent: Peek[] = [];
  store.onSay((said) => said.type === "peek" && sent.push(said), end.signal);
  let ready = true;
  const peeks = new Peeks(
    store,
    () => ready,
    () => undefined,
    end.signal,
  );
  const document = { i: PHOTO };
  const can = { can_undo: false, can_redo: false, status: READY };
  const { call } = store.hello();
  const common = { to: "me", call, seq: 0, version: 0, document, blobs: [], ...can } as const;
  store.receive({ type: "snapshot", ...common }, []);
  let version = 0;
  return {
    ...{ store, peeks, sent, end },
    last: () => sent.at(-1) as Peek,
    ready: (is: boolean) => {
      ready = is;
      store.receive({ ...READY, text: String(is) }, []);
    },
    answer: (seq: number, bytes: Uint8Array | null = RUNS) =>
      store.receive(
        { type: "peeked", to: "me", seq, score: 0.9, blobs: bytes ? [`h${seq}`] : [] },
        bytes ? [bytes] : [],
      ),
    change: () => {
      const edit = editOf([{ ...PHOTO }]);
      const patch = { version: ++version, edit, by: null, blobs: [] } as const;
      store.receive({ type: "patch", ...patch, can_undo: false, can_redo: false }, []);
    },
  };
}

const wish = (key: string, about = "click"): Wish => ({
  ...{ about, key },
  make: () => editOf([{ type: "point", id: newId(), object: "o", x: 1, y: 1, positive: true }]),
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("one question is under way, and of those that come meanwhile the newest is next", () => {
  const { peeks, sent, last, answer } = road();
  for (const key of "abcd") peeks.want(wish(key));
  expect(sent).toHaveLength(1);
  answer(last().seq);
  expect(sent).toHaveLength(2);
  expect(peeks.seen?.wish.key).toBe("a"); // near enough to follow a hand
  answer(last().seq);
  expect(peeks.seen?.wish.key).toBe("d");
  expect(peeks.seen?.shape.mask.x1).toBe(4);
  expect(sent).toHaveLength(2);
  peeks.want(wish("d"));
  expect(sent).toHaveLength(2);
});

test("an answer to an older question, or to another page's, is dropped", () => {
  const { store, peeks, last, answer } = road();
  peeks.want(wish("a"));
  answer(last().seq - 1);
  store.receive({ type: "peeked", to: "other", seq: last().seq, score: 1, blobs: ["h"] }, [RUNS]);
  expect(peeks.seen).toBeNull();
  expect(store.blobs.size).toBe(0);
});

test("an answer is dropped when the document has changed since, and it is asked again", () => {
  const { peeks, sent, last, answer, change } = road();
  peeks.want(wish("a"));
  change();
  answer(last().seq);
  expect(peeks.seen).toBeNull();
  expect(sent.map(({ version }) => version)).toEqual([0, 1]);
  answer(last().seq);
  expect(peeks.seen?.wish.key).toBe("a");
  change();
  expect(peeks.seen).toBeNull();
});

test("nothing is shown of what nobody wishes to see any more", () => {
  const { peeks, sent, last, answer } = road();
  peeks.want(wish("a"));
  answer(last().seq);
  peeks.want(wish("p", "without p")); // about something else: the mask of before goes at once
  expect(peeks.seen).toBeNull();
  peeks.want(null);
  answer(last().seq);
  expect(peeks.seen).toBeNull();
  expect(sent).toHaveLength(2);
});

test("nothing is asked while a step is under way or the model is not ready", () => {
  const { store, peeks, sent, ready, change } = road();
  ready(false);
  peeks.want(wish("a"));
  expect(sent).toEqual([]);
  ready(true);
  expect(sent).toHaveLength(1);
  store.push({ put: {}, drop: ["x"], group: null });
  peeks.want(wish("b"));
  change();
  expect(sent).toHaveLength(1);
});

test("what is no answer, or no mask, shows nothing and holds nothing up", () => {
  const { peeks, sent, last, answer } = road();
  peeks.want(wish("a"));
  answer(last().seq, null);
  expect(peeks.seen).toBeNull();
  peeks.want(wish("b"));
  answer(last().seq, Uint8Array.of(1, 2, 3));
  expect(peeks.seen).toBeNull();
  peeks.want(wish("c"));
  expect(sent).toHaveLength(3);
});

test("a lost question is given up, and a kernel that is busy is asked more and more seldom", () => {
  const { peeks, sent, answer, last } = road();
  peeks.want(wish("a"));
  vi.advanceTimersByTime(LOST);
  expect(sent).toHaveLength(1); // the hand rests
  const [lost] = sent;
  peeks.want(wish("b"));
  peeks.want(wish("c"));
  vi.advanceTimersByTime(LOST);
  expect(sent).toHaveLength(2);
  vi.advanceTimersByTime(LOST);
  expect(sent).toHaveLength(3);
  answer((lost as Peek).seq);
  expect(peeks.seen).toBeNull();
  answer(last().seq);
  expect(peeks.seen?.wish.key).toBe("c");
});

test("where an answer takes long the hand has to rest, until a press makes up its mind", () => {
  const { peeks, sent, last, answer } = road();
  peeks.want(wish("a"));
  vi.advanceTimersByTime(2 * SLOW);
  answer(last().seq);
  for (const key of "bcd") {
    peeks.want(wish(key));
    vi.advanceTimersByTime(SLOW / 2);
  }
  expect(sent).toHaveLength(1);
  vi.advanceTimersByTime(SLOW);
  expect(sent).toHaveLength(2);
  answer(last().seq); // quick: it need not rest any more
  peeks.want(wish("e"));
  expect(sent).toHaveLength(3);
  vi.advanceTimersByTime(2 * SLOW);
  answer(last().seq);
  peeks.want(wish("f"));
  peeks.hurry();
  expect(sent).toHaveLength(4);
});

test("a view that is gone asks nothing and leaves no timer", () => {
  const { peeks, sent, end } = road();
  peeks.want(wish("a"));
  end.abort();
  expect(vi.getTimerCount()).toBe(0);
  expect(sent).toHaveLength(1);
});

test("edits are alike that do the same to other new ids", () => {
  const click = (id: string, x: number): Edit =>
    editOf([{ type: "point", id, object: id + x, x, y: 1, positive: true }], ["p"]);
  expect(alike(click("a", 1), click("b", 1))).toBe(true);
  expect(alike(click("a", 1), click("a", 2))).toBe(false);
  expect(alike(click("a", 1), { ...click("a", 1), drop: [] })).toBe(false);
});
