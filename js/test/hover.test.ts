import { beforeEach, expect, test } from "vitest";
import {
  type AnyRecord,
  apply,
  type Document,
  documentOf,
  type Edit,
  editOf,
  invert,
  type Prompt,
  sceneOf,
} from "../src/document";
import { holdAt } from "../src/holds";
import { Hover, type HoverOptions } from "../src/hover";
import type { Glimpse, Peeks, Wish } from "../src/peeks";
import { Stance } from "../src/stance";
import { dropPrompt, replacePrompt } from "../src/tools/acts";
import { point } from "../src/tools/point";
import type { Draft, Gesture, Tool } from "../src/tools/tool";
import { contain } from "../src/viewport";

const PHOTO: AnyRecord = { type: "image", depth: 0, id: "i", source: "b", width: 100, height: 50 };
const OPEN: AnyRecord = {
  ...{ type: "object", id: "o", image: "i", label: "", color: 3, choice: 1 },
  ...{ locked: false, order: 0, threshold: 0, protected: false, parent: null },
};
const at = (x: number, y: number) => ({ x, y });
const on = (id: string, x: number, y: number): Prompt => ({
  ...{ type: "point", id, object: "o", x, y, positive: true },
});
const BOX: Prompt = { type: "box", id: "b", object: "o", x0: 20, y0: 10, x1: 60, y1: 40 };

const VIEW = contain({ width: 100, height: 50 }, { width: 500, height: 250 }, 1); // 5 CSS pixels each
const mouse = { pointerType: "mouse", shiftKey: false };
const press = { ...mouse, button: 0, altKey: false, ctrlKey: false } as PointerEvent;

let document: Document;
let wished: Wish | null;
let seen: Glimpse | null;
let state: { on: boolean; busy: boolean; picks: boolean };
let stance: Stance;
let hover: Hover;

const records = (...more: AnyRecord[]): Document => documentOf(editOf([PHOTO, ...more]).put);
const edit = (): Edit | null => wished?.make(sceneOf(document)) ?? null;
/** What the kernel would show of the present wish. */
const peeked = (): void => {
  const made = edit();
  seen = wished && made && { wish: wished, edit: made, shape: {} as Glimpse["shape"] };
};
/** A gesture of the tool, as the pointer runs it; image pixels, so that 1 is beyond a tremble. */
const gesture = (tool: Tool | null, x: number, y: number): Gesture => {
  const travelled = (to: { x: number; y: number }): number => 5 * Math.hypot(to.x - x, to.y - y);
  return (tool ?? point)({ at: at(x, y), positive: true, more: false, travelled }, () =>
    sceneOf(document),
  );
};

beforeEach(() => {
  document = records();
  [wished, seen] = [null, null];
  state = { on: true, busy: false, picks: false };
  stance = new Stance();
  const peeks = {
    want: (wish: Wish | null) => {
      if (wish?.about !== seen?.wish.about) seen = null;
      wished = wish;
    },
    hurry: () => undefined,
    get seen() {
      return seen;
    },
  } as unknown as Peeks;
  const options: HoverOptions = {
    ...{ stance, peeks, gallery: { mask: () => null } },
    ...{ scene: () => sceneOf(document), view: () => VIEW },
    ...{ on: () => state.on, alive: () => true, busy: () => state.busy, tool: () => point },
    ...{ takes: () => true, picks: () => state.picks, changed: () => undefined },
  };
  hover = new Hover(options);
});

test("a mouse that moves foresees its click, with the sign that it would have", () => {
  hover.move(at(12, 9), mouse);
  expect(Object.values(edit()?.put ?? {})).toMatchObject([
    { type: "object" },
    { type: "point", x: 12, y: 9, positive: true },
  ]);
  stance.sign.flip();
  hover.refresh();
  expect(Object.values(edit()?.put ?? {})).toMatchObject([{}, { positive: false }]);
  document = records(OPEN, on("p", 50, 25));
  expect(Object.values(edit()?.put ?? {})).toMatchObject([{ id: "o", choice: null }, { x: 12 }]);
});

test.each<[string, () => void]>([
  ["it is switched off", () => (state.on = false)],
  ["the picture is being moved", () => (state.busy = true)],
  ["a click would select an object", () => (state.picks = true)],
  ["masks are hidden", () => (stance.hidden = true)],
  ["masks are hidden by a key", () => (stance.held = true)],
  ["something is being drawn", () => hover.draw({ type: "box", x0: 1, y0: 1, x1: 9, y1: 9 })],
  ["the pointer has left", () => hover.move(null, mouse)],
  ["a finger is down", () => hover.move(at(1, 1), { ...mouse, pointerType: "touch" })],
])("nothing is foreseen where %s", (_, change) => {
  hover.move(at(12, 9), mouse);
  expect(wished).not.toBeNull();
  change();
  hover.refresh();
  expect(wished).toBeNull();
});

test("with Shift a click prompts, on an accepted object and on a prompt's mark", () => {
  state.picks = true;
  hover.move(at(12, 9), { ...mouse, shiftKey: true });
  expect(edit()).not.toBeNull();
  document = records(OPEN, on("p", 12, 9), on("q", 50, 25));
  hover.move(at(12, 9), { ...mouse, shiftKey: true });
  expect(stance.pointed).toBeNull();
  expect(wished?.about).toMatch(/^click/);
});

test("a prompt that is pointed at: the mask without it, if anything is left", () => {
  document = records(OPEN, on("p", 12, 9), on("q", 50, 25));
  hover.move(at(13, 9), mouse);
  expect([stance.pointed, stance.cursor]).toEqual(["p", "move"]);
  expect(edit()).toMatchObject({ drop: ["p"] });
  peeked();
  expect(hover.ghosts).toHaveLength(1);
  stance.sign.alt(true);
  hover.refresh();
  expect(stance.cursor).toBe("remove");
  document = records(OPEN, on("p", 12, 9));
  expect(edit()).toBeNull();
  const window: AnyRecord = { type: "window", id: "w", object: "o", x0: 0, y0: 0, x1: 9, y1: 9 };
  document = records(OPEN, on("p", 12, 9), window);
  expect(edit()).toBeNull(); // a window alone is nothing
  document = records(OPEN, on("p", 12, 9), on("q", 50, 25), window);
  expect(edit()).toMatchObject({ drop: ["p"] });
  hover.move(at(30, 9), mouse);
  expect([stance.pointed, stance.cursor]).toEqual([null, null]);
});

test("the prompt just made is not pointed at until the pointer has left it", () => {
  hover.move(at(12, 9), mouse);
  const made = edit() as Edit;
  hover.made(made);
  document = apply(document, made);
  expect(wished).toBeNull();
  hover.move(at(12.2, 9), mouse);
  expect(stance.pointed).toBeNull();
  hover.move(at(30, 9), mouse);
  hover.move(at(12, 9), mouse);
  expect(stance.pointed).toBe(sceneOf(document).prompts[0]?.id);
});

test("a click shows the mask that was foreseen until its answer comes, and only that one's", () => {
  hover.move(at(12, 9), mouse);
  peeked();
  const made = edit() as Edit; // as the tool makes it: with ids of its own
  const shape = seen?.shape;
  hover.made(made);
  expect(hover.instead).toBeNull();
  document = apply(document, made);
  expect(hover.instead).toBe(shape);
  document = apply(
    document,
    editOf([{ ...on("z", 1, 1), object: sceneOf(document).open?.id ?? "" }]),
  );
  expect(hover.instead).toBeNull();
  hover.move(at(40, 30), mouse);
  peeked();
  hover.move(at(41, 30), mouse); // another place, and no answer yet
  const other = edit() as Edit;
  hover.made(other);
  document = apply(document, other);
  expect(hover.instead).toBeNull();
});

test("a mark in the hand is followed, and leaves one edit that keeps the order", () => {
  document = records(OPEN, on("p", 12, 9), on("q", 50, 25), on("r", 80, 30));
  const before = document;
  hover.move(at(50, 25), mouse);
  const drag = gesture(hover.hold(at(50, 25), press, point), 50, 25);
  hover.draw(drag.move(at(50.2, 25))); // a hand trembles before it moves
  const moved = drag.move(at(60, 20)) as Draft;
  hover.draw(moved);
  expect([stance.moved, stance.draft]).toEqual([
    "q",
    { type: "point", x: 60, y: 20, positive: true },
  ]);
  const made = edit() as Edit;
  expect(made).toMatchObject({ drop: ["q", "r"], group: null });
  peeked();
  expect(hover.instead).toBe(seen?.shape);
  expect(hover.ghosts).toEqual([]);
  const done = drag.release(at(60, 20)) as Edit;
  hover.made(done);
  hover.draw(null);
  document = apply(document, done);
  expect(hover.instead).not.toBeNull();
  expect([stance.moved, stance.draft]).toEqual([null, null]);
  const places = sceneOf(document).prompts.map((one) => one.type === "point" && one.x);
  expect(places).toEqual([12, 60, 80]);
  expect(sceneOf(document).prompts.map(({ id }) => id)).not.toContain("q");
  const back = apply(document, invert(before, done));
  expect(sceneOf(back).prompts).toEqual(sceneOf(before).prompts);
});

test("a mark that is let go where it was, or forgotten, changes nothing", () => {
  document = records(OPEN, on("p", 12, 9));
  const tremble = gesture(hover.hold(at(12, 9), press, point), 12, 9);
  expect(tremble.move(at(12.5, 9))).toBeNull();
  expect(tremble.release(at(12.5, 9))).toBeNull();
  const back = gesture(hover.hold(at(12, 9), press, point), 12, 9);
  back.move(at(30, 30));
  expect(back.release(at(12, 9))).toBeNull();
  hover.move(at(12, 9), mouse);
  const drag = gesture(hover.hold(at(12, 9), press, point), 12, 9);
  hover.draw(drag.move(at(30, 30)));
  hover.draw(null); // Esc
  expect([stance.moved, wished]).toEqual([null, null]);
});

test("a mark that was pressed and not moved is not in the hand at the next press", () => {
  document = records(OPEN, on("p", 12, 9));
  hover.move(at(12, 9), mouse);
  const click = gesture(hover.hold(at(12, 9), press, point), 12, 9);
  expect(click.release(at(12, 9))).toBeNull();
  hover.draw(null);
  hover.letGo();
  expect(hover.hold(at(60, 40), press, point)).toBeNull(); // no move came between
  hover.draw({ type: "box", x0: 60, y0: 40, x1: 90, y1: 45 });
  expect(stance.moved).toBeNull();
  hover.draw(null);
  hover.hold(at(12, 9), press, point);
  hover.hold(at(60, 40), press, point); // the end of the press before was never heard
  hover.draw({ type: "box", x0: 60, y0: 40, x1: 90, y1: 45 });
  expect(stance.moved).toBeNull();
});

test("the other button takes a mark away, a drag of it does not", () => {
  document = records(OPEN, on("p", 12, 9), on("q", 50, 25));
  for (const more of [{ button: 2 }, { altKey: true }, { ctrlKey: true }]) {
    const tool = (): Tool | null => hover.hold(at(12, 9), { ...press, ...more }, point);
    expect(gesture(tool(), 12, 9).release(at(12, 9))).toMatchObject({ drop: ["p"] });
    expect(gesture(tool(), 12, 9).release(at(30, 9))).toBeNull();
  }
  expect(hover.hold(at(30, 9), press, point)).toBeNull();
  expect(hover.hold(at(12, 9), { ...press, pointerType: "touch" }, point)).toBeNull();
});

const held = (x: number, y: number) => holdAt([BOX, on("p", 20, 10)], VIEW, at(x, y));
const SIZE = { width: 100, height: 50 };

test.each([
  ["a corner", at(60, 40), at(70, 45), "nwse", { x0: 20, y0: 10, x1: 70, y1: 45 }],
  ["a corner past the other", at(60, 40), at(10, 5), "nwse", { x0: 10, y0: 5, x1: 20, y1: 10 }],
  ["a corner onto the other", at(60, 40), at(20, 10), "nwse", { x0: 20, y0: 10, x1: 21, y1: 11 }],
  ["the other diagonal", at(20, 40), at(15, 99), "nesw", { x0: 15, y0: 10, x1: 60, y1: 50 }],
  ["an edge", at(40, 10), at(45, 15), "edge", { x0: 25, y0: 15, x1: 65, y1: 45 }],
  ["an edge out of the image", at(20, 30), at(-9, 90), "edge", { x0: 0, y0: 20, x1: 40, y1: 50 }],
] as const)("a box is taken by %s", (_, from, to, cursor, corners) => {
  const hold = held(from.x, from.y)?.hold;
  expect(hold?.cursor).toBe(cursor);
  expect(hold?.moved(from, to, SIZE)).toEqual({ type: "box", ...corners });
});

test("a box is taken away by its corner; along its edge the other button prompts", () => {
  document = records(OPEN, BOX);
  const away = { ...press, button: 2 };
  expect(gesture(hover.hold(at(60, 40), away, point), 60, 40).release(at(60, 40))).toMatchObject({
    drop: ["b"],
  });
  expect(hover.hold(at(40, 10), away, point)).toBeNull();
  expect(hover.hold(at(40, 10), press, point)).not.toBeNull();
  hover.draw(null);
  hover.move(at(40, 10), mouse);
  expect(stance.pointed).toBe("b");
  stance.sign.alt(true);
  hover.refresh();
  expect([stance.pointed, wished?.about]).toEqual([null, "click false"]);
});

test("a click on a box's edge that does not move is a click", () => {
  document = records(OPEN, BOX);
  const tool = hover.hold(at(40, 10), press, point);
  expect(Object.values(gesture(tool, 40, 10).release(at(40.2, 10))?.put ?? {})).toMatchObject([
    { id: "o" },
    { type: "point", x: 40, y: 10 },
  ]);
});

test("the uppermost mark is taken, and nothing inside a box", () => {
  expect(held(20, 10)?.prompt.id).toBe("p");
  expect(held(40, 25)).toBeNull();
  expect(held(22, 13)).toBeNull();
  expect(held(40, 10.5)?.prompt.id).toBe("b");
});

test("a point in the hand stays on the photo", () => {
  const hold = holdAt([on("p", 12, 9)], VIEW, at(12, 9))?.hold;
  expect(hold?.moved(at(12, 9), at(400, -3), SIZE)).toMatchObject({ x: 100, y: 0 });
});

test("what is not there any more is neither moved nor taken away", () => {
  const scene = sceneOf(records(OPEN, on("p", 12, 9)));
  const draft = { type: "point", x: 1, y: 1, positive: true } as const;
  expect(replacePrompt(scene, "gone", draft)).toBeNull();
  expect(dropPrompt(scene, "gone")).toBeNull();
  expect(dropPrompt(sceneOf(records()), "p")).toBeNull();
});
