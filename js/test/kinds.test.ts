import { expect, test } from "vitest";
import { apply, EMPTY, editOf, type Prompt, sceneOf } from "../src/document";
import { centreOf, MODES, type Mode, modeOf, paintPrompts, toolOf, wayOf } from "../src/kinds";
import type { Stage } from "../src/paint";
import { SINGLE } from "../src/protocol";
import { dropLast } from "../src/tools/acts";
import { contain } from "../src/viewport";

const common = { object: "a" } as const;
const POINT: Prompt = { type: "point", id: "p", ...common, x: 3, y: 4, positive: true };
const BOX: Prompt = { type: "box", id: "b", ...common, x0: 2, y0: 4, x1: 10, y1: 20 };
const size = { width: 60, height: 40, nbytes: 8 } as const;
const MASK: Prompt = { type: "mask", id: "m", ...common, blob: "runs", logits: null, ...size };
const LINE: Prompt = {
  ...{ type: "stroke", id: "s", ...common, width: 3, positive: true },
  path: [1, 2, 3, 4, 5, 6],
};
const WINDOW: Prompt = { type: "window", id: "w", ...common, x0: 2, y0: 4, x1: 10, y1: 20 };
const ALL = [POINT, BOX, LINE, MASK, WINDOW];
const nowhere = () => null;
const GRIP = { width: 5, selected: null };

test("here is one of every kind that the kernel knows", () => {
  expect(ALL.map(({ type }) => type).sort()).toEqual(Object.keys(SINGLE).sort());
});

test("each kind has its centre; a mask's is a place on it once its bytes are here", () => {
  expect(centreOf(POINT, nowhere)).toEqual({ x: 3, y: 4 });
  expect(centreOf(BOX, nowhere)).toEqual({ x: 6, y: 12 });
  expect(centreOf(WINDOW, nowhere)).toEqual({ x: 6, y: 12 });
  expect(centreOf(MASK, nowhere)).toEqual({ x: 30, y: 20 });
  const found = { path: {} as Path2D, label: { x: 7, y: 8 } };
  expect(centreOf(MASK, (blob) => (blob === "runs" ? found : null))).toEqual({ x: 7, y: 8 });
});

/** A canvas that notes what is done to it. */
function canvas(): { stage: Stage; done: string[] } {
  const done: string[] = [];
  const context = new Proxy({} as CanvasRenderingContext2D, {
    get: (_, name) => () => void done.push(String(name)),
    set: () => true,
  });
  const view = contain({ width: 60, height: 40 }, { width: 60, height: 40 }, 1);
  return { stage: { context, view }, done };
}

test("points lie on boxes, whatever came first, and what is drawn lies with its kind", () => {
  const { stage, done } = canvas();
  const { id: _, object: __, ...draft } = BOX;
  paintPrompts(stage, [POINT, BOX], draft, nowhere);
  const first = done.indexOf("arc");
  expect(done.filter((name) => name === "strokeRect")).toHaveLength(4); // two strokes each
  expect(done.lastIndexOf("strokeRect")).toBeLessThan(first);
});

test("a mask whose bytes are on their way is not painted yet", () => {
  const { stage, done } = canvas();
  paintPrompts(stage, [MASK], null, nowhere);
  expect(done).toEqual([]);
});

test("every mode is of its kind and sign; a kind without a sign has one", () => {
  for (const mode of Object.keys(MODES) as Mode[]) {
    const { kind, negative } = MODES[mode];
    expect(modeOf(kind, negative)).toBe(mode);
    expect(wayOf(kind).tool(GRIP)).toBeTypeOf("function");
  }
  expect(modeOf("box", true)).toBe("box");
});

test("one finger scrolls the page, unless the tool is drawn with", () => {
  expect(wayOf("point").action).toBe("pan-x pan-y");
  expect(wayOf("box").action).toBe("none");
  expect(wayOf("box").finger(GRIP)).toBe(wayOf("box").tool(GRIP));
  expect(wayOf("brush").action).toBe("none");
});

test("what a pointer is decides the tool; a pen's other end erases, whatever is taken", () => {
  const of = (pointerType: string, button = 0) => toolOf("box", { pointerType, button }, GRIP);
  expect(of("touch")).toBe(of("mouse"));
  const gesture = of("pen", 5)(
    { at: { x: 1, y: 1 }, positive: false, more: false, travelled: () => 9 },
    () => sceneOf(EMPTY),
  );
  expect(gesture.press).toBeDefined();
});

test("a mask is a prompt of its object: it is sent for, counted, and the last can be dropped", () => {
  const document = apply(
    EMPTY,
    editOf([
      { type: "image", depth: 0, id: "i", source: "photo", width: 60, height: 40 },
      {
        ...{ type: "object", id: "a", image: "i", label: "", color: 0, choice: null },
        ...{ locked: false, order: 0, threshold: 0, protected: false, parent: null },
      },
      POINT,
      { ...MASK, logits: "soft" },
    ]),
  );
  expect(sceneOf(document).prompts.map(({ id }) => id)).toEqual(["p", "m"]);
  expect([...sceneOf(document).blobs]).toEqual(["photo", "runs", "soft"]);
  expect(dropLast(sceneOf(document))?.drop).toEqual(["m"]);
});
