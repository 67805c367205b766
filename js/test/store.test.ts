import { afterEach, beforeEach, expect, test, vi } from "vitest";
import golden from "../../tests/golden/store.json";
import type { Edit } from "../src/document";
import { Link, PATIENCE } from "../src/link";
import type { FromPage } from "../src/protocol";
import { Store } from "../src/store";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Step {
  readonly start?: boolean;
  readonly local?: unknown;
  readonly undo?: boolean;
  readonly redo?: boolean;
  readonly receive?: { readonly type: string; readonly blobs?: readonly string[] };
  readonly later?: boolean;
  readonly expect: {
    readonly version: number;
    readonly shown: object;
    readonly order: readonly string[];
    readonly pending: number;
    readonly sent: readonly unknown[];
  };
}

/** Store and link of one page; what it sends piles up, what it receives is handed in. */
function page(client: string) {
  const end = new AbortController();
  const store = new Store(client);
  const sent: FromPage[] = [];
  const rode: Uint8Array[][] = []; // the bytes beside each
  let hear: ((content: unknown, buffers: readonly ArrayBufferView[]) => void) | null = null;
  const start = (): Link =>
    new Link(
      store,
      {
        send(content, buffers) {
          sent.push(structuredClone(content));
          rode.push(buffers);
        },
        listen(listener) {
          hear = listener;
        },
      },
      end.signal,
    );
  const receive = (content: unknown, buffers: readonly ArrayBufferView[] = []): void =>
    hear?.(content, buffers);
  return { store, sent, rode, start, receive, end };
}

test.each(golden)("golden page: $name", ({ client, steps }) => {
  const { store, sent, start, receive, end } = page(client);
  for (const [i, step] of (steps as unknown as Step[]).entries()) {
    sent.length = 0;
    if (step.start) start();
    if (step.local !== undefined) store.push(step.local as Edit);
    if (step.undo) store.undo();
    if (step.redo) store.redo();
    if (step.receive !== undefined) {
      receive(
        step.receive,
        (step.receive.blobs ?? []).map(() => new DataView(new ArrayBuffer(8))),
      );
    }
    if (step.later) vi.advanceTimersByTime(PATIENCE);
    const where = `step ${i}`;
    expect(store.version, where).toBe(step.expect.version);
    expect(Object.fromEntries(store.shown), where).toEqual(step.expect.shown);
    expect([...store.shown.keys()], where).toEqual(step.expect.order);
    expect(store.pending.length, where).toBe(step.expect.pending);
    expect(sent, where).toEqual(step.expect.sent);
  }
  end.abort();
  expect(vi.getTimerCount()).toBe(0);
});

const READY = { type: "status", what: "ready", progress: null, text: "", model: "mini" } as const;
const snapshot = (call: number, seq = 0, version = 0) => ({
  type: "snapshot",
  to: "me",
  call,
  seq,
  version,
  document: {},
  blobs: [],
  can_undo: false,
  can_redo: false,
  status: READY,
});

const photo = (id: string, source: string) =>
  ({ type: "image", depth: 0, id, source, width: 9, height: 9 }) as const;
const patch = (version: number, put: object, drop: readonly string[], blobs: readonly string[]) =>
  ({
    ...{ type: "patch", version, edit: { put, drop, group: null }, by: null },
    ...{ blobs, can_undo: true, can_redo: false },
  }) as const;
const bytesOf = (blobs: readonly string[]) => blobs.map(() => new DataView(new ArrayBuffer(8)));

test("of fifty photos shown in turn a page keeps the bytes of the last and of its masks", () => {
  const { store, sent, start, receive, end } = page("me");
  start();
  receive(snapshot(1));
  let version = 0;
  let before: string[] = [];
  for (let i = 0; i < 50; i++) {
    receive(patch(++version, { [`i${i}`]: photo(`i${i}`, `b${i}`) }, before, [`b${i}`]), [
      new DataView(new ArrayBuffer(2 ** 20)),
    ]);
    const object = { type: "object", id: `o${i}`, locked: true, order: 0, choice: null };
    const point = { type: "point", id: `p${i}`, object: `o${i}`, x: 1, y: 1, positive: true };
    const candidates = [`m${i}`].map((blob) => ({ blob }));
    const answer = { type: "answer", id: `r${i}`, object: `o${i}`, of: [`p${i}`], candidates };
    const put = { [`o${i}`]: object, [`p${i}`]: point, [`r${i}`]: answer };
    receive(patch(++version, put, [], [`m${i}`]), bytesOf(["m"]));
    before = [`i${i}`, ...Object.keys(put)];
  }
  expect([...store.blobs.keys()]).toEqual(["b49", "m49"]);
  expect(store.missing()).toEqual([]);
  expect(sent).toHaveLength(1); // nobody had to ask
  end.abort();
});

test("what an undo shows again comes with it, or is asked for", () => {
  const { store, sent, start, receive, end } = page("me");
  start();
  receive({ ...snapshot(1), document: { i: photo("i", "b") }, blobs: ["b"] }, bytesOf(["b"]));
  receive(patch(1, { j: photo("j", "c") }, ["i"], ["c"]), bytesOf(["c"]));
  expect([...store.blobs.keys()]).toEqual(["c"]);
  receive(patch(2, { i: photo("i", "b") }, ["j"], ["b"]), bytesOf(["b"]));
  expect(sent).toHaveLength(1);
  receive(patch(3, { j: photo("j", "c") }, ["i"], []));
  expect(sent.at(-1)).toEqual({ type: "need", client: "me", blobs: ["c"] });
  receive({ type: "blobs", to: "me", blobs: ["c"] }, bytesOf(["c"]));
  expect([...store.blobs.keys()]).toEqual(["c"]);
  end.abort();
});

test("what a step under way will drop is kept until the kernel agrees", () => {
  const { store, start, receive, end } = page("me");
  start();
  receive({ ...snapshot(1), document: { i: photo("i", "b") }, blobs: ["b"] }, bytesOf(["b"]));
  store.push({ put: {}, drop: ["i"], group: null });
  receive({ type: "blobs", to: "me", blobs: [] });
  expect([...store.blobs.keys()]).toEqual(["b"]);
  receive({ type: "reject", to: "me", seq: 1, why: "No." });
  expect(store.missing()).toEqual([]);
  end.abort();
});

test("a kernel that does not answer is asked ever more seldom, and the page says so", () => {
  const { store, sent, start, receive } = page("me");
  start();
  expect(store.contact).toBe("waiting");
  vi.advanceTimersByTime(PATIENCE * 3);
  expect(store.contact).toBe("silent");
  vi.advanceTimersByTime(PATIENCE * 60);
  expect(sent.length).toBeLessThan(10);
  receive(snapshot(sent.length));
  expect(store.contact).toBe("open");
  expect(vi.getTimerCount()).toBe(0);
});

test("what is clicked while the kernel is silent is sent once it answers", () => {
  const { store, sent, start, receive } = page("me");
  start();
  store.push({ put: {}, drop: ["x"], group: null });
  vi.advanceTimersByTime(PATIENCE * 3);
  expect(sent.map((message) => message.type)).toEqual(["hello", "hello", "hello"]);
  receive(snapshot(3));
  expect(sent.at(-1)).toMatchObject({ type: "push", seq: 1 });
});

test("asking that the model try again waits for nothing and nobody waits for it", () => {
  const { store, sent, start, receive } = page("me");
  start();
  store.retry();
  expect(sent.at(-1)).toEqual({ type: "retry", client: "me" });
  receive(snapshot(1));
  expect(sent).toHaveLength(2);
  expect(store.pending).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test("what the kernel says on a side road is heard by type, by its own page alone, until the end", () => {
  const { store, receive, start } = page("me");
  start();
  receive(snapshot(1));
  const heard: unknown[] = [];
  const end = new AbortController();
  store.onAside("blobs", ({ blobs }, [bytes]) => heard.push([blobs, bytes?.length]), end.signal);
  receive({ type: "blobs", to: "me", blobs: ["b"] }, [new Uint8Array(3)]);
  receive({ type: "blobs", to: "other", blobs: ["c"] }, [new Uint8Array(4)]);
  receive({ type: "status", what: "ready", progress: null, text: "", model: "mini" });
  expect(heard).toEqual([[["b"], 3]]);
  end.abort();
  receive({ type: "blobs", to: "me", blobs: ["d"] }, [new Uint8Array(5)]);
  expect(heard).toHaveLength(1);
});

test("a kernel that is gone is not asked again", () => {
  const { store, sent, start } = page("me");
  start().gone();
  store.push({ put: {}, drop: [], group: null });
  vi.advanceTimersByTime(PATIENCE * 10);
  expect(store.contact).toBe("gone");
  expect(sent).toHaveLength(1);
});

test("a comm that throws is a kernel that is gone", () => {
  const store = new Store("me");
  const wire = {
    send(): void {
      throw new Error("Cannot send");
    },
    listen(): void {},
  };
  new Link(store, wire, new AbortController().signal);
  expect(store.contact).toBe("gone");
  expect(vi.getTimerCount()).toBe(0);
});

test("silence after the host's doubt means gone; a word means that all is well", () => {
  const { store, start, receive } = page("me");
  const link = start();
  receive(snapshot(1));
  link.doubt();
  receive(snapshot(2));
  expect(store.contact).toBe("open");
  vi.advanceTimersByTime(PATIENCE * 5);
  expect(store.contact).toBe("open");
  link.doubt();
  vi.advanceTimersByTime(PATIENCE * 5);
  expect(store.contact).toBe("gone");
});

test("messages that are none of ours, or of a later day, do no harm", () => {
  const { store, start, receive } = page("me");
  start();
  receive(snapshot(1));
  for (const content of [null, 7, "text", {}, { type: "whispered", to: "me" }, { kind: "other" }]) {
    receive(content);
  }
  expect(store.version).toBe(0);
  expect(store.error).toBeNull();
});

test("blob bytes are taken from where they lie in a larger buffer", () => {
  const { store, start, receive } = page("me");
  start();
  const bytes = new Uint8Array([0, 0, 0, 1, 2, 3, 4, 0]);
  const document = { i: photo("i", "b") };
  receive({ ...snapshot(1), document, blobs: ["b"] }, [new DataView(bytes.buffer, 3, 4)]);
  expect([...(store.blobs.get("b") ?? [])]).toEqual([1, 2, 3, 4]);
});

test("listeners hear until their signal aborts", () => {
  const { store } = page("me");
  const end = new AbortController();
  const heard = vi.fn();
  store.onChange(heard, end.signal);
  store.setError("No.");
  store.setError("No.");
  expect(heard).toHaveBeenCalledTimes(1);
  end.abort();
  store.setError(null);
  expect(heard).toHaveBeenCalledTimes(1);
});

test("what is done after an undo waits for what the undo does, in order", () => {
  const { store, sent, start, receive, end } = page("me");
  start();
  receive(snapshot(1));
  const kinds = () => sent.map(({ type }) => type);
  const acted: string[][] = [];
  const act = (name: string): void =>
    store.act((shown) => {
      acted.push([name, ...shown.keys()]);
      return { put: {}, drop: [name], group: null };
    });
  act("before");
  store.undo();
  act("first");
  store.redo();
  act("second");
  act("third");
  expect(kinds()).toEqual(["hello", "push", "undo"]);
  const by = (seq: number) => ({ by: { client: "me", seq } });
  receive({ ...patch(1, {}, [], []), ...by(1) });
  expect(acted).toEqual([["before"]]);
  receive({ ...patch(2, { i: photo("i", "b") }, [], []), ...by(2) });
  expect(acted).toEqual([["before"], ["first", "i"]]);
  expect(kinds()).toEqual(["hello", "push", "undo", "push", "redo", "need"]);
  receive({ type: "reject", to: "me", seq: 4, why: "There is nothing to redo." });
  expect(acted.map(([name]) => name)).toEqual(["before", "first", "second", "third"]);
  expect(store.underWay).toBe(true);
  end.abort();
});

test("nothing waits for a kernel that is gone", () => {
  const { store, start, receive, end } = page("me");
  const link = start();
  receive(snapshot(1));
  store.undo();
  store.act(() => expect.unreachable());
  link.gone();
  receive(snapshot(1));
  expect(store.pending).toHaveLength(1);
  end.abort();
});

test("bytes ride with the push that brings them, and again when it is sent again", () => {
  const { store, sent, rode, start, receive, end } = page("me");
  start();
  receive(snapshot(1));
  const bytes = Uint8Array.of(1, 2, 3);
  store.push({ put: {}, drop: [], group: null }, new Map([["b", bytes]]));
  expect(sent.at(-1)).toMatchObject({ type: "push", blobs: ["b"] });
  expect(rode.at(-1)).toEqual([bytes]);
  store.push({ put: {}, drop: ["x"], group: null });
  expect(sent.at(-1)).toMatchObject({ type: "push", blobs: [] });
  expect(rode.at(-1)).toEqual([]);
  vi.advanceTimersByTime(PATIENCE);
  receive(snapshot(2));
  expect(sent.slice(-2)).toMatchObject([{ blobs: ["b"] }, { blobs: [] }]);
  expect(rode.slice(-2)).toEqual([[bytes], []]);
  end.abort();
});

test("bytes that are not confirmed are kept, though nothing shows them", () => {
  const { store, start, receive, end } = page("me");
  start();
  receive(snapshot(1));
  store.push({ put: {}, drop: [], group: null }, new Map([["b", Uint8Array.of(1)]]));
  const large = new Uint8Array(40 * 2 ** 20);
  receive({ type: "blobs", to: "me", blobs: ["large"] }, [large]);
  expect([...store.blobs.keys()]).toEqual(["b"]);
  end.abort();
});

test("what stands is known to views that come late, until the next of its kind", () => {
  const { store, start, receive } = page("a");
  start();
  let told = 0;
  store.onChange(() => (told += 1), new AbortController().signal);
  expect(store.standing("assumed")).toBeNull();
  for (const said of [["It was turned."], []]) {
    const before = told;
    receive({ type: "assumed", image: "i", said });
    expect(told).toBeGreaterThan(before);
    expect(store.standing("assumed")?.message.said).toEqual(said);
  }
});
