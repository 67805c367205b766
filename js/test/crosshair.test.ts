import { expect, test } from "vitest";
import { Crosshair } from "../src/crosshair";
import { apply, documentOf, type Edit, editOf, type Scene, sceneOf } from "../src/document";
import { type ToolName, wayOf } from "../src/kinds";
import { contain, look, type Sight, toScreen, type Viewport } from "../src/viewport";

const PHOTO = { type: "image", depth: 0, id: "i", source: "b", width: 600, height: 400 } as const;

/** A crosshair on a photo of 600 x 400 pixels in as many CSS pixels, and what came of it. */
function crosshair(tool: ToolName = "point", zoom = 1) {
  const fit = contain(PHOTO, { width: 600, height: 400 }, 1);
  const state = {
    document: documentOf(editOf([PHOTO]).put),
    sight: { zoom, x: 0, y: 0 } as Sight,
    negative: false,
    tool,
    said: "",
    drafts: [] as unknown[],
  };
  const view = (): Viewport => look(fit, state.sight);
  const scene = (): Scene => sceneOf(state.document);
  const cross = new Crosshair({
    view,
    scene,
    sight: () => state.sight,
    look: (sight) => (state.sight = sight),
    tool() {
      const way = wayOf(state.tool);
      const tool = way.finger({ width: 9, selected: null });
      return { tool, draws: way.action === "none" };
    },
    positive: () => !state.negative,
    pick: () => null,
    hover: () => {},
    moved: () => {},
    draft: (draft) => state.drafts.push(draft),
    done(make: () => Edit | null) {
      const edit = make();
      if (edit !== null) state.document = apply(state.document, edit);
    },
    say: (words) => (state.said = words),
    changed: () => {},
  });
  const prompts = () => scene().prompts.map(({ id, object, ...rest }) => rest);
  return { cross, state, view, prompts };
}

test("it comes in the middle, arrows move it, and it places points of either sign", () => {
  const { cross, state, prompts } = crosshair();
  cross.place();
  cross.move(1, 0, false);
  expect([cross.at, prompts()]).toEqual([null, []]);
  cross.toggle();
  expect(cross.at).toEqual({ x: 300, y: 200 });
  cross.move(1, 0, false);
  cross.move(0, -1, true);
  cross.place();
  expect(state.said).toBe("304 right, 160 down");
  state.negative = true;
  cross.move(-1, 0, true);
  cross.place();
  expect(prompts()).toEqual([
    { type: "point", x: 304, y: 160, positive: true },
    { type: "point", x: 264, y: 160, positive: false },
  ]);
  expect(cross.putAway()).toBe(true);
  expect(cross.putAway()).toBe(false);
});

test("a box has two corners, and is seen while it grows; escape forgets the first", () => {
  const { cross, state, prompts } = crosshair("box");
  cross.toggle();
  cross.place();
  expect([cross.down, prompts()]).toEqual([true, []]);
  expect(cross.cancel()).toBe(true);
  expect(cross.cancel()).toBe(false);
  cross.place();
  cross.move(1, 0, true);
  cross.move(0, 1, true);
  const box = { type: "box", x0: 300, y0: 200, x1: 340, y1: 240 };
  expect(state.drafts.at(-1)).toEqual(box);
  cross.place();
  expect([cross.down, prompts(), state.drafts.at(-1)]).toEqual([false, [box], null]);
});

test("it stays on the photo, moves by a pixel at least, and the window follows it", () => {
  const { cross, state, view } = crosshair("point", 20);
  cross.toggle();
  const { x = 0 } = cross.at ?? {};
  cross.move(1, 0, false);
  expect(cross.at?.x).toBe(x + 1);
  for (let i = 0; i < 30; i++) cross.move(1, 1, true);
  expect(state.sight.x).toBeGreaterThan(0);
  const on = toScreen(view(), cross.at ?? { x: 0, y: 0 });
  expect(on.x).toBeLessThanOrEqual(600 - 20);
  expect(on.y).toBeLessThanOrEqual(400 - 20);
  for (let i = 0; i < 400; i++) cross.move(1, 1, true);
  expect(cross.at).toEqual({ x: 600, y: 400 });
});
