import { describe, expect, test } from "vitest";
import golden from "../../tests/golden/cuts.json";
import { Cutter } from "../src/cutter";
import { Differ } from "../src/differ";
import { type AnyRecord, editOf, type Scene, sceneOf } from "../src/document";
import { Feeding } from "../src/feeding";
import { type Gallery, shapeOf } from "../src/gallery";
import { areaOf, fromRows } from "../src/masks";
import type { Aside, NextClick } from "../src/protocol";
import { Store } from "../src/store";
import { cut } from "../src/tools/acts";
import { alikeOf } from "../src/ui/candidates";
import { signed } from "../src/ui/tuning";
import { contain } from "../src/viewport";

const [{ image: size, logits, grid }] = golden as unknown as [(typeof golden)[number]];
const photo = { type: "image", depth: 0, id: "i", source: "b", ...size } as const;
const END = new AbortController().signal;

/** Bars of so many columns: the open object's three masks. */
function bar(wide: number) {
  const rows = Array.from({ length: size.height }, () => [0, wide]);
  return shapeOf(`bar ${wide}`, fromRows(size, rows));
}

function recordsOf(of: readonly string[], threshold = 0, answer = "r"): AnyRecord[] {
  const candidates = ["b4", "b8", "b9"].map((blob, i) => {
    const area = Number(blob.slice(1)) * size.height;
    return { name: `${i}`, blob, score: 0.9 - i / 10, stability: 0.9, area };
  });
  return [
    photo,
    {
      ...{ type: "object", id: "a", image: "i", label: "", color: 0, choice: null },
      ...{ locked: false, order: 0, threshold },
    },
    ...of.map((id) => ({ type: "point", id, object: "a", x: 1, y: 1, positive: true }) as const),
    {
      ...{ type: "answer", id: answer, object: "a", of, candidates, best: 0, seconds: 0 },
      threshold,
    },
  ] as AnyRecord[];
}

function desk(of = ["p"]) {
  const store = new Store("me");
  const said: Aside[] = [];
  store.onSay((one) => said.push(one as Aside), new AbortController().signal);
  const show = (records: readonly AnyRecord[]): Scene => {
    const drop = [...store.confirmed.values()].flatMap((one) =>
      one.type === "answer" ? one.id : [],
    );
    store.receive(
      {
        type: "patch",
        version: store.version + 1,
        edit: editOf(records, drop),
        ...{ by: null, blobs: [], can_undo: false, can_redo: false },
      },
      [],
    );
    return sceneOf(store.shown);
  };
  const hello = store.hello();
  store.receive(
    {
      type: "snapshot",
      ...{ to: "me", call: hello.call, seq: 0, version: 0, document: {}, blobs: [] },
      ...{ can_undo: false, can_redo: false },
      status: { type: "status", what: "ready", progress: null, text: "", model: "m" },
    },
    [],
  );
  const gallery = { shape: (hash: string) => bar(Number(hash.slice(1))) } as unknown as Gallery;
  return { store, said, show, gallery, scene: show(recordsOf(of)) };
}

describe("cutting", () => {
  const lent = {
    type: "logits",
    to: "me",
    object: "a",
    of: ["p"],
    choice: 0,
    blobs: ["l"],
  } as const;
  const bytes = new Uint8Array(Int16Array.from(grid).buffer);

  test("asks once for the logits, cuts without asking, and stays until the kernel's own is there", () => {
    const { store, said, show, scene } = desk();
    const cutter = new Cutter(store, { mask: () => null }, () => {}, END);
    cutter.take(scene);
    cutter.take(scene);
    expect(said).toEqual([{ type: "ask_logits", client: "me", object: "a", choice: 0 }]);
    cutter.slide(scene, 0.5);
    expect(cutter.shape(scene)).toBe(null); // they are on their way
    store.receive({ ...lent, ...logits }, [bytes]);
    const areas = [-1.5, 0, 0.75].map((at) => {
      cutter.slide(scene, at);
      return areaOf(cutter.shape(scene)?.mask ?? fromRows(size, []));
    });
    expect(areas[0]).toBeGreaterThan(areas[1] ?? 0);
    expect(areas[1]).toBeGreaterThan(areas[2] ?? 0);
    expect(said).toHaveLength(1);

    store.act((shown) => cut(sceneOf(shown), 0.75));
    cutter.release();
    const waiting = sceneOf(store.shown);
    expect(waiting.answer).toBe(null);
    expect(areaOf(cutter.shape(waiting)?.mask ?? fromRows(size, []))).toBe(areas[2]);
    const done = show(recordsOf(["p"], 0.75, "r2"));
    expect(cutter.shape(done)).toBe(null);
    expect(cutter.at(done)).toBe(0.75);
  });

  test("let go where it was, nothing is left over", () => {
    const { store, scene } = desk();
    const cutter = new Cutter(store, { mask: () => null }, () => {}, END);
    cutter.slide(scene, 1);
    store.receive({ ...lent, ...logits }, [bytes]);
    cutter.slide(scene, 0);
    cutter.release();
    expect(cutter.shape(scene)).toBe(null);
    expect(cutter.at(scene)).toBe(0);
  });

  test("what was lent for other clicks is not cut", () => {
    const { store, scene, show } = desk();
    const cutter = new Cutter(store, { mask: () => null }, () => {}, END);
    cutter.slide(scene, 1);
    store.receive({ ...lent, of: ["other"], ...logits }, [bytes]);
    expect(cutter.shape(scene)).toBe(null);
    const cleared = show([]);
    expect(cutter.at(cleared)).toBe(1);
  });

  test("what it has cut is not shown in place of another choice, or of other clicks", () => {
    const { store, scene, show } = desk();
    const cutter = new Cutter(store, { mask: () => null }, () => {}, new AbortController().signal);
    cutter.slide(scene, 1);
    store.receive({ ...lent, ...logits }, [bytes]);
    expect(cutter.shape(scene)).not.toBe(null);
    const [image, open, ...rest] = recordsOf(["p"], 0, "r2");
    const chosen = show([image, { ...open, choice: 2 }, ...rest] as AnyRecord[]);
    expect(cutter.shape(chosen)).toBe(null); // the hand still holds the slider
    expect(cutter.shape(show(recordsOf(["p", "q"], 0, "r3")))).toBe(null);
  });

  test("there is a sentence for each number", () => {
    expect([0.7000000001, -1, 0, -0.001].map(signed)).toEqual(["+0.7", "−1", "0", "0"]);
  });
});

describe("what the three dispute", () => {
  const click: NextClick = { x: 6, y: 3, positive: false, keeps: [1, 2], area: 9 };

  test("is shown on demand, with the click that the kernel suggests for this answer", () => {
    const { store, said, scene, gallery } = desk();
    const differ = new Differ(store, gallery, () => {}, END);
    expect([differ.shapes(scene), differ.next(scene)]).toEqual([null, null]);
    expect(said).toEqual([]);
    differ.turn();
    const areas = differ.shapes(scene)?.map(({ mask }) => areaOf(mask));
    expect(areas).toEqual([1 * size.height, 4 * size.height]);
    expect(differ.next(scene)).toBe(null);
    expect(differ.next(scene)).toBe(null);
    expect(said).toEqual([{ type: "ask_next", client: "me" }]);
    store.receive({ type: "next", to: "me", answer: "another", click }, []);
    expect(differ.next(scene)).toBe(null);
    store.receive({ type: "next", to: "me", answer: "r", click }, []);
    expect(differ.next(scene)).toEqual(click);
  });

  test("a press on the ring makes the click, the other button its opposite, elsewhere nothing", () => {
    const { store, scene, gallery } = desk();
    const differ = new Differ(store, gallery, () => {}, END);
    const view = contain(size, { width: 300, height: 200 }, 1);
    expect(differ.take(scene, false)).toBe(null);
    differ.turn();
    differ.next(scene);
    store.receive({ type: "next", to: "me", answer: "r", click }, []);
    expect(differ.taken(scene, view, { x: 9, y: 3 }, false)).toBe(null); // 30 CSS px off
    const put = differ.taken(scene, view, { x: 6.6, y: 3 }, false)?.()?.put ?? {};
    const [point] = Object.values(put);
    expect(point).toMatchObject({ type: "point", x: 6, y: 3, positive: false });
    const [other] = Object.values(differ.take(scene, true)?.put ?? {});
    expect(other).toMatchObject({ x: 6, y: 3, positive: true });
  });
});

test("a candidate that hardly differs from an earlier one says from which", () => {
  const { scene, gallery } = desk();
  const alike = [0, 1, 2].map((i) => alikeOf(scene.answer, i, gallery));
  expect(alike).toEqual([null, null, 1]); // bars of 4, 8 and 9 columns
  const late = { shape: () => null };
  expect(alikeOf(scene.answer, 2, late)).toBe(undefined);
});

describe("feeding back", () => {
  test("the mask before stays, dashed, until there are other clicks", () => {
    const { show, scene, gallery } = desk(["p", "q"]);
    const feeding = new Feeding(gallery);
    feeding.turned(scene);
    expect(feeding.ghosts(scene)).toEqual([]); // the other is on its way
    const records = recordsOf(["p", "q"], 0, "r2").map((one) =>
      one.type === "answer" ? { ...one, best: 1 } : one,
    );
    const again = show(records);
    expect(feeding.ghosts(again)).toMatchObject([{ opacity: 0, stroke: "preview" }]);
    expect(feeding.words(again, false)).toBe("dashed: with it; the two overlap by 50%");
    expect(feeding.words(again, true)).toBe("dashed: without it; the two overlap by 50%");
    expect(feeding.ghosts(show(recordsOf(["p", "q", "s"], 0, "r3")))).toEqual([]);
  });

  test("one click has nothing to feed", () => {
    const { scene, gallery } = desk();
    const feeding = new Feeding(gallery);
    feeding.turned(scene);
    expect(feeding.words(scene, true)).toBe("counts from the second click on");
  });
});
