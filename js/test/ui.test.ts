import { expect, test } from "vitest";
import {
  type Answer,
  documentOf,
  EMPTY,
  editOf,
  type ObjectRecord,
  type Prompt,
  type Scene,
  sceneOf,
} from "../src/document";
import { leavesBounds } from "../src/leaves";
import { decode, spansOf } from "../src/masks";
import { accept } from "../src/tools/acts";
import type { Command } from "../src/ui/bindings";
import { hintOf, Stopwatch, timeOf } from "../src/ui/footer";
import { factorOf } from "../src/ui/hand";
import { commandOf, isHosts, presses, type Stroke } from "../src/ui/keys";
import { shareOf } from "../src/ui/numbers";
import { shortOf } from "../src/ui/status";
import { cropOf } from "../src/ui/thumbnail";
import { timesOf } from "../src/ui/zoom";

const stroke = (code: string, more: Partial<Stroke> = {}): Stroke => ({
  code,
  key: "",
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

test.each<[Stroke, Command["do"] | null]>([
  [stroke("Digit2", { key: "2" }), "choose"],
  [stroke("KeyX", { key: "ㅌ" }), "flip"], // a Korean layout: the place of the key counts
  [stroke("KeyZ"), "undo"],
  [stroke("KeyZ", { shiftKey: true }), "redo"],
  [stroke("KeyZ", { ctrlKey: true }), "undo"],
  [stroke("KeyZ", { metaKey: true, shiftKey: true }), "redo"],
  [stroke("KeyY", { ctrlKey: true }), "redo"],
  [stroke("KeyS", { ctrlKey: true }), null],
  [stroke("Digit1", { ctrlKey: true }), null],
  [stroke("Digit1", { altKey: true }), null],
  [stroke("Digit1", { shiftKey: true }), null],
  [stroke("Slash", { shiftKey: true, key: "?" }), "help"],
  [stroke("Minus", { shiftKey: true, key: "?" }), "help"], // a German layout
  [stroke("Enter"), "accept"],
  [stroke("Escape"), "escape"],
  [stroke("Backspace"), "dropLast"],
  [stroke("KeyH"), "hide"],
  [stroke("F2"), "rename"],
  [stroke("Tab"), null],
  [stroke("Equal", { key: "+", shiftKey: true }), "zoom"],
  [stroke("BracketRight", { key: "+" }), "zoom"], // a German layout
  [stroke("Slash", { key: "-" }), "zoom"],
  [stroke("NumpadSubtract", { key: "-" }), "zoom"],
  [stroke("Digit0", { key: "à" }), "zoom"], // a French layout
  [stroke("Equal", { key: "+", ctrlKey: true }), null], // the browser's own
  [stroke("Digit0", { key: "0", metaKey: true }), null],
  [stroke("ArrowLeft", { key: "ArrowLeft" }), "pan"],
  [stroke("Space", { key: " " }), "place"],
  [stroke("KeyK", { key: "ㅏ" }), "crosshair"],
  [stroke("ArrowUp", { shiftKey: true }), "pan"],
])("key %o", (pressed, command) => {
  expect(commandOf(pressed)?.do ?? null).toBe(command);
});

test.each<[string, Stroke, boolean]>([
  ["save", stroke("KeyS", { ctrlKey: true, key: "s" }), true],
  ["save on a Mac", stroke("KeyS", { metaKey: true, key: "s" }), true],
  ["the side bar", stroke("KeyB", { ctrlKey: true, key: "b" }), true],
  ["all commands", stroke("KeyC", { ctrlKey: true, shiftKey: true, key: "C" }), true],
  ["run", stroke("Enter", { shiftKey: true, key: "Enter" }), true],
  ["run in place", stroke("Enter", { ctrlKey: true, key: "Enter" }), true],
  ["run and insert", stroke("Enter", { altKey: true, key: "Enter" }), true],
  ["reload", stroke("F5", { key: "F5" }), true],
  ["full screen", stroke("F11", { key: "F11" }), true],
  ["a page down", stroke("PageDown", { key: "PageDown" }), true],
  ["Ctrl itself", stroke("ControlLeft", { ctrlKey: true, key: "Control" }), true],
  ["our undo", stroke("KeyZ", { ctrlKey: true, key: "z" }), false],
  ["our redo", stroke("KeyY", { metaKey: true, key: "y" }), false],
  ["our digits", stroke("Digit1", { key: "1" }), false],
  ["our Enter", stroke("Enter", { key: "Enter" }), false],
  ["our Esc", stroke("Escape", { key: "Escape" }), false],
  ["a cell deleted", stroke("KeyD", { key: "d" }), false],
  ["a cell cut", stroke("KeyX", { key: "x" }), false],
  ["a cell inserted", stroke("KeyA", { key: "a" }), false],
  ["cells merged", stroke("KeyM", { shiftKey: true, key: "M" }), false],
  ["another cell", stroke("ArrowDown", { key: "ArrowDown" }), false],
  ["F, which is a letter", stroke("KeyF", { key: "f" }), false],
])("the host gets its own keys and none that lie beside ours: %s", (_, pressed, hosts) => {
  expect(isHosts(pressed)).toBe(hosts);
});

test("digits name the candidate", () => {
  expect(commandOf(stroke("Digit3"))).toEqual({ do: "choose", index: 2 });
  expect(commandOf(stroke("Numpad1"))).toEqual({ do: "choose", index: 0 });
});

const answer = (id: string, of: string[]): Answer => ({
  type: "answer",
  id,
  object: "a",
  of,
  candidates: [],
  best: 0,
  seconds: 0.018,
  model: "",
  threshold: 0,
});

const prompt = { type: "point", id: "p", object: "a", x: 1, y: 1, positive: true } as const;

test("the stopwatch tells where the time went, for prompts made here only", () => {
  const watch = new Stopwatch();
  expect(timeOf(watch.timing)).toBe("");
  watch.ask(editOf([prompt]), 1000);
  watch.answered(answer("r", ["p"]), 1030, 4);
  expect(timeOf(watch.timing)).toBe("decode 18 · link 8 · draw 4 ms");
  watch.answered(answer("r", ["p"]), 5000, 4); // painted again: nothing new
  expect(timeOf(watch.timing)).toBe("decode 18 · link 8 · draw 4 ms");
  watch.answered(answer("other", ["q"]), 6000, 3);
  expect(timeOf(watch.timing)).toBe("decode 18 · draw 3 ms");
});

test("a model is called by the last part of its path or id", () => {
  expect(shortOf("mini")).toBe("mini");
  expect(shortOf("/home/ada/checkpoints/cells.safetensors")).toBe("cells.safetensors");
  expect(shortOf("C:\\weights\\sam.pth")).toBe("sam.pth");
  expect(shortOf("checkpoints/cells/")).toBe("cells");
  expect(shortOf("facebook/sam-vit-base")).toBe("sam-vit-base");
  expect(shortOf("")).toBe("");
});

test("shares of the picture are short", () => {
  expect(shareOf(0, 1000)).toBe("0.0%");
  expect(shareOf(1, 100000)).toBe("<0.1%");
  expect(shareOf(41, 1000)).toBe("4.1%");
  expect(shareOf(412, 1000)).toBe("41%");
});

test("the hint follows what can be done next", () => {
  const photo = { type: "image", depth: 0, id: "i", source: "b", width: 9, height: 9 } as const;
  const scene = sceneOf(new Map([["i", photo]]));
  const open = { mode: "point", ready: true, contact: "open" } as const;
  const idle = {
    drawing: false,
    cross: null,
    selected: 0,
    pointed: null,
    everything: null,
    alike: null,
  };
  const more = { failed: false, owed: false, leaves: false, small: false, ...idle };
  const state = { scene, ...open, ...more };
  expect(hintOf(state)).toMatch(/^Click what you want/);
  expect(hintOf({ ...state, mode: "box" })).toMatch(/^Drag/);
  expect(hintOf({ ...state, mode: "negative" })).toMatch(/not/);
  expect(hintOf({ ...state, scene: sceneOf(EMPTY) })).toBe("");
  expect(hintOf({ ...state, contact: "gone" })).toMatch(/kept/);
  const answered = { ...state.scene, answer: answer("r", ["p"]) };
  expect(hintOf({ ...state, scene: answered })).toMatch(/^\[\[Enter\]\] accepts/); // cut off last
  expect(hintOf({ ...state, selected: 1 })).toMatch(/reopens/);
  expect(hintOf({ ...state, selected: 2 })).toMatch(/^\[\[J\]\] makes one/);
  expect(hintOf({ ...state, scene: answered, pointed: "move" })).toMatch(/right-click or/);
  expect(hintOf({ ...state, scene: answered, pointed: "edge" })).toMatch(
    /^Drag moves it · \[\[Del/,
  );
  const asked = { ...state, ready: false, scene: { ...state.scene, prompts: [prompt] } };
  expect(hintOf(asked)).toMatch(/as soon as the model is ready/);
  expect(hintOf({ ...asked, failed: true })).toMatch(/trying again/);
  const owed = { ...state, ready: false, owed: true };
  expect(hintOf(owed)).toMatch(/as soon as the model is ready/);
  expect(hintOf({ ...owed, ready: true })).toMatch(/^Click/);
});

test("before anything says what is wanted the hint asks for it", () => {
  const photo = { type: "image", depth: 0, id: "i", source: "b", width: 9, height: 9 } as const;
  const object: ObjectRecord = {
    type: "object",
    id: "o",
    image: "i",
    label: "",
    color: 0,
    choice: null,
    locked: false,
    order: 0,
    threshold: 0,
    protected: false,
    parent: null,
  };
  const off = { type: "point", id: "n", object: "o", x: 1, y: 1, positive: false } as const;
  const on = { ...off, id: "p", positive: true } as const;
  const box = { type: "box", id: "b", object: "o", x0: 1, y0: 1, x1: 5, y1: 5 } as const;
  const sceneWith = (...prompts: Prompt[]) =>
    sceneOf(documentOf(editOf([photo, object, ...prompts]).put));
  const open = { mode: "point", ready: true, contact: "open" } as const;
  const idle = {
    drawing: false,
    cross: null,
    selected: 0,
    pointed: null,
    everything: null,
    alike: null,
  };
  const rest = { failed: false, owed: false, leaves: false, small: false, ...idle };
  const hint = (scene: Scene) => hintOf({ scene, ...open, ...rest }) ?? "";
  expect(hint(sceneWith(off))).toMatch(/^First click what you want/);
  expect(accept(sceneWith(off))).toBeNull();
  for (const prompts of [[on], [off, on], [off, box]]) {
    expect(hint(sceneWith(...prompts))).not.toMatch(/^First/);
    expect(accept(sceneWith(...prompts))).not.toBeNull();
  }
});

test("a mask that leaves its box says so, and one that hardly does says nothing", () => {
  const square = decode(
    new Uint8Array(Uint32Array.of(20, 20, 5, 5, 15, 15, 0, 100).buffer), // 10 x 10
  );
  const shape = () => ({ mask: square, spans: spansOf(square) });
  const sceneWith = (x1: number) => {
    const candidate = { name: "best", blob: "m", score: 1, stability: 1, area: 100 };
    const answer = {
      type: "answer",
      id: "r",
      object: "o",
      of: ["b"],
      best: 0,
      seconds: 0,
      model: "",
      threshold: 0,
    } as const;
    return sceneOf(
      documentOf(
        editOf([
          {
            type: "object",
            id: "o",
            image: "i",
            label: "",
            color: 0,
            choice: null,
            locked: false,
            order: 0,
            threshold: 0,
            protected: false,
            parent: null,
          },
          { type: "box", id: "b", object: "o", x0: 5, y0: 5, x1, y1: 15 },
          { ...answer, candidates: [candidate] },
        ]).put,
      ),
    );
  };
  expect(leavesBounds(sceneWith(15), { shape })).toBe(false);
  expect(leavesBounds(sceneWith(14.6), { shape })).toBe(false);
  expect(leavesBounds(sceneWith(13), { shape })).toBe(true);
  expect(leavesBounds(sceneWith(13), { shape: () => null })).toBe(false);
});

test.each([
  { x0: 10, y0: 10, x1: 30, y1: 20 },
  { x0: 0, y0: 0, x1: 100, y1: 80 },
  { x0: 95, y0: 75, x1: 100, y1: 80 },
  { x0: 0, y0: 0, x1: 0, y1: 0 },
  { x0: 0, y0: 38, x1: 100, y1: 42 },
])("a crop has the thumbnail's shape and lies on the image: %o", (place) => {
  const mask = { width: 100, height: 80, runs: new Uint32Array(), ...place };
  const crop = cropOf(mask, { width: 76, height: 62 });
  expect(crop.width / crop.height).toBeCloseTo(76 / 62, 6);
  expect(crop.x).toBeGreaterThanOrEqual(0);
  expect(crop.y).toBeGreaterThanOrEqual(0);
  expect(crop.x + crop.width).toBeLessThanOrEqual(100.001);
  expect(crop.y + crop.height).toBeLessThanOrEqual(80.001);
});

test.each([
  [1, null],
  [1.0004, "1×"],
  [1.5, "1.5×"],
  [2.25, "2.3×"],
  [9.96, "10×"],
  [15.6, "16×"],
])("the zoom is said in a few digits: %d", (zoom, said) => {
  expect(timesOf(zoom)).toBe(said);
});

test("a wheel's notch is a step, a pinch on a pad is fine, down is out", () => {
  const factor = (deltaY: number, deltaMode = 0): number => factorOf({ deltaY, deltaMode });
  expect(factor(-120)).toBeCloseTo(1.35, 2);
  expect(factor(-120) * factor(120)).toBeCloseTo(1, 12);
  expect(factor(-3, 1)).toBe(factor(-120)); // lines, as Firefox has them
  expect(factor(-2)).toBeCloseTo(1.02, 2);
});

test.each([
  ["button", "Space", true],
  ["button", "NumpadEnter", true],
  ["checkbox", "Space", true],
  ["checkbox", "Enter", false], // it accepts
  ["range", "Space", false],
  ["button", "KeyP", false],
] as const)("on a %s the key %s presses it: %s", (kind, code, pressed) => {
  const own = kind === "button" ? kind : `[type=${kind}]`;
  const matches = (selector: string): boolean => selector.split(", ").includes(own);
  const control = { matches } as Pick<Element, "matches">;
  expect(presses(code, control)).toBe(pressed);
});
