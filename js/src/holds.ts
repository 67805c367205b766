// Where the mark of a prompt can be taken hold of on the photo, and what the prompt becomes as the hand moves: one table,
// an entry for each kind. Nothing is drawn here, and nothing listens.
import type { Prompt } from "./document";
import { between, LEAST } from "./tools/box";
import { middleOf } from "./tools/line";
import type { PromptDraft } from "./tools/tool";
import { clamp, type Place, type Size, toScreen, type Viewport } from "./viewport";

/**
 * What the pointer looks like over it. By its edge a box is only moved: things lie along it, and who takes one of them
 * away with the other button means that, not the box.
 */
export type Cursor = "move" | "edge" | "nwse" | "nesw" | "remove";

/** A hold on a prompt. */
export interface Hold {
  readonly cursor: Cursor;
  /** The prompt when the hand that took hold at `from` has come to `to`; image pixels. */
  readonly moved: (from: Place, to: Place, image: Size) => PromptDraft;
}

/** A hold, and on which prompt. */
export interface Held {
  readonly prompt: Prompt;
  readonly hold: Hold;
}

type Tag = Prompt["type"];
type Of<T extends Tag> = Extract<Prompt, { readonly type: T }>;
type Finds<P> = (prompt: P, at: Place, on: (place: Place) => Place) => Hold | null; // CSS pixels

/** CSS pixels around a point, a corner, an edge in which a press takes hold of it. */
const POINT = 9;
const CORNER = 7;
const EDGE = 4;

/** From the lowest on the photo to the uppermost. */
const HOLDS: { readonly [T in Tag]: Finds<Of<T>> } = {
  mask: () => null,
  window: () => null,
  box: (box, at, on) => cornerOf(box, at, on) ?? edgeOf(box, at, on),
  stroke: (stroke, at, on) => {
    if (apart(at, on(middleOf(stroke.path))) > POINT) return null;
    return {
      cursor: "move",
      moved: (from, to, { width, height }) => {
        const [xs, ys] = [0, 1].map((axis) => stroke.path.filter((_, i) => i % 2 === axis));
        const x = within(xs ?? [], to.x - from.x, width);
        const y = within(ys ?? [], to.y - from.y, height);
        const { type, positive } = stroke;
        const path = stroke.path.map((place, i) => place + (i % 2 === 0 ? x : y));
        return { type, path, width: stroke.width, positive };
      },
    };
  },
  point: ({ x, y, positive }, at, on) => {
    if (apart(at, on({ x, y })) > POINT) return null;
    return {
      cursor: "move",
      moved: (from, to, image) => {
        const place = clamp(image, { x: x + to.x - from.x, y: y + to.y - from.y });
        return { type: "point", ...place, positive };
      },
    };
  },
};

/** What a press at a place (image pixels) takes hold of: the uppermost, and of one kind the newest. */
export function holdAt(prompts: readonly Prompt[], view: Viewport, place: Place): Held | null {
  const at = toScreen(view, place);
  for (const tag of (Object.keys(HOLDS) as Tag[]).reverse()) {
    for (const prompt of [...prompts].reverse()) {
      if (prompt.type !== tag) continue;
      const hold = (HOLDS[tag] as Finds<Prompt>)(prompt, at, (one) => toScreen(view, one));
      if (hold !== null) return { prompt, hold };
    }
  }
  return null;
}

/** So much of a way as leaves all of these places on the image. */
function within(places: readonly number[], by: number, side: number): number {
  return Math.min(side - Math.max(...places), Math.max(-Math.min(...places), by));
}

function apart(one: Place, other: Place): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

/** A corner goes with the hand, the one across from it stays. */
function cornerOf(
  { x0, y0, x1, y1 }: Of<"box">,
  ...[at, on]: [Place, (p: Place) => Place]
): Hold | null {
  const corners = [
    { at: { x: x0, y: y0 }, stays: { x: x1, y: y1 }, cursor: "nwse" },
    { at: { x: x1, y: y1 }, stays: { x: x0, y: y0 }, cursor: "nwse" },
    { at: { x: x1, y: y0 }, stays: { x: x0, y: y1 }, cursor: "nesw" },
    { at: { x: x0, y: y1 }, stays: { x: x1, y: y0 }, cursor: "nesw" },
  ] as const;
  const taken = corners.find((corner) => apart(at, on(corner.at)) <= CORNER);
  if (taken === undefined) return null;
  const { at: corner, stays, cursor } = taken;
  return {
    cursor,
    moved: (from, to, image) =>
      grown(
        between(image, stays, { x: corner.x + to.x - from.x, y: corner.y + to.y - from.y }),
        image,
      ),
  };
}

/** The whole box goes with the hand, as far as the image reaches. */
function edgeOf(
  { x0, y0, x1, y1 }: Of<"box">,
  ...[at, on]: [Place, (p: Place) => Place]
): Hold | null {
  const [first, last] = [on({ x: x0, y: y0 }), on({ x: x1, y: y1 })];
  const inX = at.x >= first.x - EDGE && at.x <= last.x + EDGE;
  const inY = at.y >= first.y - EDGE && at.y <= last.y + EDGE;
  const nearX = Math.min(Math.abs(at.x - first.x), Math.abs(at.x - last.x)) <= EDGE;
  const nearY = Math.min(Math.abs(at.y - first.y), Math.abs(at.y - last.y)) <= EDGE;
  if (!((nearX && inY) || (nearY && inX))) return null;
  return {
    cursor: "edge",
    moved: (from, to, image) => {
      const x = Math.min(image.width - x1, Math.max(-x0, to.x - from.x));
      const y = Math.min(image.height - y1, Math.max(-y0, to.y - from.y));
      return { type: "box", x0: x0 + x, y0: y0 + y, x1: x1 + x, y1: y1 + y };
    },
  };
}

/** A box keeps an area, however far its corner is pushed in. */
function grown(box: ReturnType<typeof between>, image: Size): ReturnType<typeof between> {
  const x0 = Math.min(box.x0, image.width - LEAST);
  const y0 = Math.min(box.y0, image.height - LEAST);
  return { ...box, x0, y0, x1: Math.max(box.x1, x0 + LEAST), y1: Math.max(box.y1, y0 + LEAST) };
}
