import { describe, expect, test } from "vitest";
import {
  type AnyRecord,
  apply,
  type Document,
  type Edit,
  EMPTY,
  editOf,
  type Scene,
  sceneOf,
} from "../src/document";
import { accept, choose, clear, dropLast } from "../src/tools/acts";
import { box } from "../src/tools/box";
import { brush, turned, usualWidth } from "../src/tools/brush";
import { picking } from "../src/tools/pick";
import { penned, point, tap } from "../src/tools/point";
import type { Press, Tool } from "../src/tools/tool";

const PHOTO: AnyRecord = {
  type: "image",
  depth: 0,
  id: "photo",
  source: "b",
  width: 100,
  height: 50,
};
const START = apply(EMPTY, editOf([PHOTO]));

const press = (x: number, y: number, positive = true, scale = 1): Press => ({
  at: { x, y },
  positive,
  more: false,
  travelled: (to) => Math.hypot(to.x - x, to.y - y) * scale,
});
const sceneFor = (document: Document) => (): Scene => sceneOf(document);

function use(tool: Tool, document: Document, from: Press, ...way: [number, number][]): Edit | null {
  const gesture = tool(from, sceneFor(document));
  const last = way.at(-1) ?? [from.at.x, from.at.y];
  for (const [x, y] of way) gesture.move({ x, y });
  return gesture.release({ x: last[0], y: last[1] });
}

const records = (edit: Edit | null): AnyRecord[] => Object.values(edit?.put ?? {});

describe("tap", () => {
  test("a finger that trembles clicks, and one that wanders draws nothing", () => {
    const clicked = use(tap, START, press(10, 20, false), [13, 26], [16, 27]);
    expect(records(clicked)[1]).toMatchObject({ type: "point", x: 10, y: 20, positive: false });
    expect(use(tap, START, press(10, 20), [40, 40])).toBeNull();
    const gesture = tap(press(10, 20), sceneFor(START));
    expect(gesture.move({ x: 60, y: 40 })).toBeNull();
  });
});

describe("point", () => {
  test("the first click opens an object and prompts it, in one edit", () => {
    const edit = use(point, START, press(10.25, 20.5));
    const [object, prompt] = records(edit);
    expect(object).toMatchObject({ type: "object", image: "photo", locked: false, order: 0 });
    expect(prompt).toMatchObject({ type: "point", x: 10.25, y: 20.5, positive: true });
    expect(prompt?.type === "point" && prompt.object).toBe(object?.id);
    expect(edit?.drop).toEqual([]);
  });

  test("the next click goes to the open object; its sign is the press's", () => {
    const document = apply(START, use(point, START, press(10, 20)) as Edit);
    const edit = use(point, document, press(30, 40, false));
    expect(records(edit)).toHaveLength(1);
    expect(records(edit)[0]).toMatchObject({ type: "point", positive: false });
  });

  test("a new prompt asks anew: what was chosen among the last candidates is let go", () => {
    const document = apply(START, use(point, START, press(10, 20)) as Edit);
    const { open } = sceneOf(document);
    const chosen = apply(document, editOf([{ ...(open as AnyRecord), choice: 2 } as AnyRecord]));
    const [object, prompt] = records(use(point, chosen, press(30, 40)));
    expect(object).toMatchObject({ id: open?.id, choice: null });
    expect(prompt?.type).toBe("point");
  });

  test("a hand may tremble four pixels of the screen, whatever the zoom", () => {
    expect(records(use(point, START, press(10, 20), [13, 20]))[1]?.type).toBe("point");
    expect(records(use(point, START, press(10, 20), [15, 24]))[1]?.type).toBe("box");
    const small = press(10, 20, true, 0.1);
    expect(records(use(point, START, small, [40, 30]))[1]?.type).toBe("point");
  });

  test("a drag that comes home is still a drag, with no area: nothing", () => {
    expect(use(point, START, press(10, 20), [40, 40], [10, 20])).toBeNull();
  });

  test("a place off the image is brought to its edge", () => {
    expect(records(use(point, START, press(100.2, -0.1)))[1]).toMatchObject({ x: 100, y: 0 });
  });

  test("without an image there is nothing to prompt", () => {
    expect(use(point, EMPTY, press(1, 1))).toBeNull();
  });

  test("a new object takes the next colour and comes last", () => {
    const first = apply(START, use(point, START, press(1, 1)) as Edit);
    const { open } = sceneOf(first);
    const locked = apply(first, editOf([{ ...(open as AnyRecord), locked: true } as AnyRecord]));
    const [object] = records(use(point, locked, press(2, 2)));
    expect(object).toMatchObject({ color: 1, order: 1 });
  });
});

describe("box", () => {
  test("shows itself while it is drawn and is made when the hand lets go, corners in order", () => {
    const gesture = box(press(60, 40), sceneFor(START));
    expect(gesture.move({ x: 61, y: 41 })).toBeNull();
    expect(gesture.move({ x: 20, y: 10 })).toEqual({
      type: "box",
      x0: 20,
      y0: 10,
      x1: 60,
      y1: 40,
    });
    expect(records(gesture.release({ x: 20, y: 10 }))[1]).toMatchObject({
      type: "box",
      x0: 20,
      y0: 10,
      x1: 60,
      y1: 40,
    });
  });

  test("stays on the image", () => {
    const [, prompt] = records(use(box, START, press(90, 40), [500, 500]));
    expect(prompt).toMatchObject({ x0: 90, y0: 40, x1: 100, y1: 50 });
  });

  test("a click, or a line without area, makes nothing", () => {
    expect(use(box, START, press(10, 10))).toBeNull();
    expect(use(box, START, press(10, 10), [60, 10.4])).toBeNull();
  });

  test("a second box takes the first one's place", () => {
    const first = use(box, START, press(10, 10), [30, 30]) as Edit;
    const document = apply(START, first);
    const edit = use(box, document, press(20, 20), [60, 45]);
    expect(edit?.drop).toEqual([records(first)[1]?.id]);
    expect(records(edit)).toHaveLength(1);
  });
});

describe("acts", () => {
  const clicked = apply(apply(START, use(point, START, press(10, 20)) as Edit), editOf([]));
  const { open, prompts } = sceneOf(clicked);
  const candidate = { name: "part", blob: "m", score: 0.9, stability: 0.9, area: 5 };
  const answered = apply(
    clicked,
    editOf([
      {
        type: "answer",
        id: "r",
        object: open?.id ?? "",
        of: prompts.map((prompt) => prompt.id),
        candidates: [candidate, candidate, candidate],
        best: 1,
        seconds: 0.01,
        model: "",
        threshold: 0,
      },
    ]),
  );

  test("choosing puts the object with its choice; twice the same is nothing", () => {
    const edit = choose(sceneOf(answered), 2);
    expect(records(edit)[0]).toMatchObject({ id: open?.id, choice: 2, locked: false });
    expect(choose(sceneOf(apply(answered, edit as Edit)), 2)).toBeNull();
    expect(choose(sceneOf(answered), 3)).toBeNull();
    expect(choose(sceneOf(START), 0)).toBeNull();
  });

  test("accepting locks the object with the choice that is shown", () => {
    expect(records(accept(sceneOf(answered)))[0]).toMatchObject({ locked: true, choice: 1 });
    expect(accept(sceneOf(START))).toBeNull();
    const cleared = apply(answered, clear(sceneOf(answered)) as Edit);
    expect(accept(sceneOf(cleared))).toBeNull();
  });

  test("choosing and accepting need not wait for the answer", () => {
    const edit = choose(sceneOf(clicked), 2) as Edit;
    expect(records(edit)[0]).toMatchObject({ choice: 2, locked: false });
    expect(choose(sceneOf(apply(clicked, edit)), 2)).toBeNull();
    expect(choose(sceneOf(clicked), 3)).toBeNull();
    expect(records(accept(sceneOf(apply(clicked, edit))))[0]).toMatchObject({
      locked: true,
      choice: 2,
    });
    const accepted = accept(sceneOf(clicked)) as Edit;
    expect(records(accepted)[0]).toMatchObject({ locked: true, choice: null });
    const [object] = records(use(point, apply(clicked, accepted), press(30, 30)));
    expect(object).toMatchObject({ type: "object", locked: false, order: 1 });
  });

  test("clearing drops all prompts, taking back drops the last", () => {
    const two = apply(answered, use(point, answered, press(1, 1)) as Edit);
    const ids = sceneOf(two).prompts.map((prompt) => prompt.id);
    expect(clear(sceneOf(two))).toEqual({ put: {}, drop: ids, group: null });
    expect(dropLast(sceneOf(two))).toEqual({ put: {}, drop: [ids[1]], group: null });
    const chosen = apply(
      two,
      editOf([{ ...(sceneOf(two).open as AnyRecord), choice: 0 } as AnyRecord]),
    );
    expect(records(dropLast(sceneOf(chosen)))[0]).toMatchObject({ choice: null });
    expect(clear(sceneOf(START))).toBeNull();
    expect(dropLast(sceneOf(START))).toBeNull();
  });
});

describe("a click that picks", () => {
  const picked = editOf([], ["somebody"]);
  const tool = picking(point, () => () => picked);

  test("does what is picked in place of a prompt, if the hand only trembles", () => {
    expect(use(tool, START, press(10, 20))).toBe(picked);
    expect(use(tool, START, press(10, 20), [13, 20])).toBe(picked);
  });

  test("leaves a drag to the tool, one that comes home too", () => {
    expect(records(use(tool, START, press(10, 20), [40, 40]))[1]?.type).toBe("box");
    expect(use(tool, START, press(10, 20), [40, 40], [10, 20])).toBeNull();
  });

  test("prompts where there is nothing to pick, asked when it is done", () => {
    let there = true;
    const gesture = picking(point, () => (there ? () => null : null))(press(1, 2), sceneFor(START));
    expect(gesture.release({ x: 1, y: 2 })).toBeNull();
    there = false;
    expect(records(gesture.release({ x: 1, y: 2 }))[1]?.type).toBe("point");
  });
});

describe("brush", () => {
  const painted = apply(START, use(brush(4, null), START, press(10, 20), [20, 20]) as Edit);

  test("a stroke is live from the press on, and one mark when it is let go", () => {
    const gesture = brush(4, null)(press(10, 20), sceneFor(START));
    expect(gesture.press?.()).toMatchObject({ type: "brush", path: [10, 20], width: 4 });
    expect(gesture.move({ x: 12, y: 21 })).toMatchObject({ path: [10, 20, 12, 21] });
    const [object, mark] = records(gesture.release({ x: 12.03, y: 21 }));
    expect(object).toMatchObject({ type: "object", locked: false });
    expect(mark).toMatchObject({ type: "brush", path: [10, 20, 12, 21], positive: true });
  });

  test("the other sign takes away, where there is something to take from", () => {
    expect(use(brush(4, null), START, press(10, 20, false), [20, 20])).toBeNull();
    const [mark] = records(use(brush(4, null), painted, press(10, 20, false), [20, 20]));
    expect(mark).toMatchObject({ type: "brush", positive: false });
  });

  test("with nothing open it opens the selected object again", () => {
    const accepted = apply(painted, accept(sceneOf(painted)) as Edit);
    const [id = ""] = sceneOf(accepted).accepted.map(({ object }) => object.id);
    const edit = use(brush(4, id), accepted, press(10, 20, false), [20, 20]);
    const after = sceneOf(apply(accepted, edit as Edit));
    expect(after.open?.id).toBe(id);
    expect(after.marks.map(({ type }) => type)).toEqual(["brush", "brush"]);
  });

  test("a line may leave the image by its width, and is never too long", () => {
    const away = records(use(brush(4, null), START, press(10, 20), [900, -900]))[1];
    expect(away).toMatchObject({ path: [10, 20, 104, -4] });
    const way = Array.from({ length: 9000 }, (_, i): [number, number] => [i % 100, 20 + (i % 7)]);
    const long = records(use(brush(4, null), START, press(50, 20), ...way))[1];
    expect(long?.type === "brush" && long.path.length).toBeLessThanOrEqual(4000);
  });

  test("sizes grow and shrink by steps, and have ends", () => {
    expect(usualWidth({ width: 6000, height: 4000 })).toBe(150);
    expect(usualWidth({ width: 20, height: 10 })).toBe(1);
    expect(turned(10, true)).toBe(12);
    expect(turned(2, false)).toBe(1);
    expect(turned(1, false)).toBe(1);
    expect(turned(1000, true)).toBe(1024);
  });
});

describe("a pen", () => {
  test("clicks with a tap, and draws with the brush at once", () => {
    const tapped = records(use(penned(4, null), START, press(10, 20), [11, 20]));
    expect(tapped[1]).toMatchObject({ type: "point", x: 10, y: 20 });
    const drawn = records(use(penned(4, null), START, press(10, 20), [30, 20]));
    expect(drawn[1]).toMatchObject({ type: "brush", path: [10, 20, 30, 20], positive: true });
  });
});
