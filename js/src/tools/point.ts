// The point: a click says "this", with the other sign "not this". A hand that drags draws a box instead.
import { newId } from "../document";
import { clamp } from "../viewport";
import { addPrompt } from "./acts";
import { box } from "./box";
import { SLOP, type Tool } from "./tool";

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
      if (dragged) return drag.release(to);
      const now = scene();
      if (now.image === null) return null;
      const { x, y } = clamp(now.image, press.at);
      const { positive } = press;
      return addPrompt(now, (object) => ({ type: "point", id: newId(), object, x, y, positive }));
    },
  };
};
