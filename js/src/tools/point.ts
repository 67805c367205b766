// The point: a click says "this", with the other sign "not this". A hand that drags draws a box instead, but a finger
// that does is left to the page, which scrolls.
import { type Edit, newId, type Scene } from "../document";
import { clamp } from "../viewport";
import { addMark } from "./acts";
import { box } from "./box";
import { brush } from "./brush";
import { type Press, SLOP, type Tool, TREMBLE } from "./tool";

export const point: Tool = (press, scene) => {
  const drag = box(press, scene);
  let dragged = false;
  return {
    move(to) {
      dragged ||= press.travelled(to) > SLOP;
      return drag.move(to);
    },
    release(to) {
      dragged ||= press.travelled(to) > SLOP;
      return dragged ? drag.release(to) : pointEdit(scene(), press);
    },
  };
};

/** A pen's: a tap is a click, and a line is drawn with the brush at once. */
export function penned(width: number, selected: string | null): Tool {
  return (press, scene) => {
    const line = brush(width, selected)(press, scene);
    let dragged = false;
    return {
      move(to) {
        dragged ||= press.travelled(to) > SLOP;
        const drawn = line.move(to);
        return dragged ? drawn : null;
      },
      release(to) {
        dragged ||= press.travelled(to) > SLOP;
        return dragged ? line.release(to) : pointEdit(scene(), press);
      },
    };
  };
}

/** A finger's point. */
export const tap: Tool = (press, scene) => ({
  move: () => null,
  release: (to) => (press.travelled(to) > TREMBLE ? null : pointEdit(scene(), press)),
});

function pointEdit(scene: Scene, { at, positive }: Press): Edit | null {
  if (scene.image === null) return null;
  const { x, y } = clamp(scene.image, at);
  return addMark(scene, (object) => ({ type: "point", id: newId(), object, x, y, positive }));
}
