import { describe, expect, it } from "vitest";
import { apply, EMPTY, editOf, type Scene, sceneOf } from "../src/document";
import { decode, fromRows } from "../src/masks";
import { enclosed } from "../src/outline";
import { seenOf, seenThrough } from "../src/seen";
import { outlined, stepOf, thinned } from "../src/thinned";
import { levelOf, spotsOf, TILE } from "../src/tiles";
import { addMark, dropLast } from "../src/tools/acts";
import { contain, look } from "../src/viewport";

const HUGE = {
  type: "image",
  id: "i",
  source: "b",
  width: 20000,
  height: 12000,
  depth: 4,
} as const;
const ROOM = { width: 800, height: 480 };
const FIT = contain(HUGE, ROOM, 1);
const near = (zoom: number, x = 5000, y = 5000) => look(FIT, { zoom, x, y });

function sceneWith(depth: number, ...records: Parameters<typeof editOf>[0]): Scene {
  return sceneOf(apply(EMPTY, editOf([{ ...HUGE, depth }, ...records])));
}

describe("tiles", () => {
  it("are not wanted while the picture's own blob is as fine as the screen", () => {
    expect(levelOf(HUGE, FIT)).toBeNull();
    expect(levelOf({ ...HUGE, depth: 0 }, near(40))).toBeNull();
  });

  it("come at the level whose pixels are as fine as the screen's", () => {
    for (const zoom of [3, 5, 9, 13, 26, 100]) {
      const view = near(zoom);
      const level = levelOf(HUGE, view) ?? -1;
      const pixels = 20000 / view.whole.width; // of the image, for one of the screen
      expect(2 ** level).toBeLessThanOrEqual(Math.max(1, pixels) * 1.01);
      expect(level === 3 || 2 ** (level + 1) > pixels).toBe(true);
    }
  });

  it("cover what is seen and no more, the middle first", () => {
    const view = near(26);
    const spots = spotsOf(view, 0);
    const { x0, y0, x1, y1 } = seenOf(view);
    const columns = Math.ceil(x1 / TILE) - Math.floor(x0 / TILE);
    const rows = Math.ceil(y1 / TILE) - Math.floor(y0 / TILE);
    expect(spots).toHaveLength(columns * rows);
    const far = spots.map(({ column, row }) =>
      Math.hypot((column + 0.5) * TILE - (x0 + x1) / 2, (row + 0.5) * TILE - (y0 + y1) / 2),
    );
    expect(far).toEqual([...far].sort((a, b) => a - b));
  });
});

describe("a prompt in a huge picture", () => {
  const view = near(20);
  const point = (object: string) => ({
    ...({
      type: "point",
      id: `p${Math.random()}`,
      object,
      x: 5100,
      y: 5100,
      positive: true,
    } as const),
  });

  it("says what was seen when it was made", () => {
    const edit = seenThrough(sceneWith(4), addMark(sceneWith(4), point), view);
    const kinds = Object.values(edit?.put ?? {}).map(({ type }) => type);
    expect(kinds).toEqual(["object", "window", "point"]);
    expect(Object.values(edit?.put ?? {})[1]).toMatchObject(seenOf(view));
  });

  it("takes the place of what was seen before, and is the last to be taken back", () => {
    const first = seenThrough(sceneWith(4), addMark(sceneWith(4), point), view);
    if (first === null) throw new Error("no edit");
    const document = apply(apply(EMPTY, editOf([HUGE])), first);
    const scene = sceneOf(document);
    const second = seenThrough(scene, addMark(scene, point), near(10));
    if (second === null) throw new Error("no edit");
    const after = sceneOf(apply(document, second));
    expect(after.prompts.map(({ type }) => type)).toEqual(["point", "window", "point"]);
    const dropped = dropLast(after);
    expect(dropped?.drop).toEqual([after.prompts.at(-1)?.id]);
  });

  it("says nothing of it in a small one", () => {
    const edit = addMark(sceneWith(0), point);
    expect(seenThrough(sceneWith(0), edit, view)).toBe(edit);
  });
});

describe("outlines of large masks", () => {
  const square = (side: number, from: number, to: number) =>
    fromRows(
      { width: side, height: side },
      Array.from({ length: side }, (_, y) => (y >= from && y < to ? [from, to] : [])),
    );

  it("are those of every so manieth pixel, in the mask's own", () => {
    const mask = square(6000, 100, 5900);
    expect(stepOf(mask, 1)).toBe(2);
    expect(stepOf(mask, 40)).toBe(20);
    const [loop] = outlined(mask, 4);
    expect(enclosed(loop ?? new Float32Array())).toBeCloseTo(5800 ** 2, -5);
  });

  it("of a small mask are of every pixel, however far it is", () => {
    expect(stepOf(square(900, 10, 800), 40)).toBe(1);
  });

  it("keep the pixels in the middle", () => {
    const thin = thinned(square(100, 20, 60), 10);
    expect(thin).toMatchObject({ width: 10, height: 10, x0: 2, y0: 2, x1: 6, y1: 6 });
    expect(() => decode(new Uint8Array(4))).toThrow();
  });
});
