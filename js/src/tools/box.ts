// The box: press at one corner, drag, release at the other. A second box takes the first one's
// place; with Shift it is another.
import { type Edit, newId, type Scene } from "../document";
import { clamp, type Place, type Size } from "../viewport";
import { addMark } from "./acts";
import { type Draft, SLOP, type Tool } from "./tool";

type Corners = Extract<Draft, { readonly type: "box" }>;

/** The least side of a box, in image pixels: a box needs an area. */
export const LEAST = 1;

export const box: Tool = (press, scene) => {
  let dragged = false;
  return {
    move(to) {
      dragged ||= press.travelled(to) > SLOP;
      const { image } = scene();
      return dragged && image !== null ? between(image, press.at, to) : null;
    },
    release(to) {
      dragged ||= press.travelled(to) > SLOP;
      return dragged ? boxEdit(scene(), press.at, to, press.more) : null;
    },
  };
};

/** The box between two places, on the image, corners in order. */
export function between(image: Size, from: Place, to: Place): Corners {
  const a = clamp(image, from);
  const b = clamp(image, to);
  return {
    type: "box",
    x0: Math.min(a.x, b.x),
    y0: Math.min(a.y, b.y),
    x1: Math.max(a.x, b.x),
    y1: Math.max(a.y, b.y),
  };
}

/** The edit that a box makes, null when it has no area. */
export function boxEdit(scene: Scene, from: Place, to: Place, another = false): Edit | null {
  if (scene.image === null) return null;
  const corners = between(scene.image, from, to);
  if (corners.x1 - corners.x0 < LEAST || corners.y1 - corners.y0 < LEAST) return null;
  return addMark(scene, (object) => ({ ...corners, id: newId(), object }), another);
}
