// The brush: what is drawn is added to the mask by hand, or with the other sign taken away, live while the pointer is
// down. Nobody is asked.
import type { Change } from "../corrections";
import { type Edit, newId, type Scene } from "../document";
import type { Place, Size } from "../viewport";
import { addMark, reopen } from "./acts";
import type { Tool } from "./tool";

type Stroke = Extract<Change, { readonly type: "brush" }>;

/** As the kernel has it (document/corrections.py). */
const MOST_POINTS = 2000;
export const WIDEST = 1024;

/** Image pixels of a step that says nothing new, beside half a percent of the stroke's width. */
const STEP = 0.4;
/** Places are told in sixteenths of a pixel: short in JSON, and the same on both ends. */
const PARTS = 16;

/** A share of the image's longer side that the brush has before anybody turns it. */
const USUAL = 1 / 40;

export function usualWidth({ width, height }: Size): number {
  return Math.max(1, Math.round(Math.max(width, height) * USUAL));
}

/** One step thicker or thinner: by a fifth, and by a pixel at least. */
export function turned(width: number, thicker: boolean): number {
  const step = Math.max(1, Math.round(width * 0.2));
  return Math.min(WIDEST, Math.max(1, Math.round(width) + (thicker ? step : -step)));
}

/** A brush of so many image pixels; `selected` is the accepted object that it opens again, where none is open. */
export function brush(width: number, selected: string | null): Tool {
  return (press, scene) => {
    const path: number[] = [];
    const { positive } = press;
    const put = ({ x, y }: Place): void => {
      const { image } = scene();
      if (image === null) return;
      // Farther out nothing of it is seen.
      const near = (at: number, side: number): number =>
        Math.round(Math.min(side + width, Math.max(-width, at)) * PARTS) / PARTS;
      const [left, top] = [near(x, image.width), near(y, image.height)];
      const apart = Math.hypot(left - (path.at(-2) ?? left), top - (path.at(-1) ?? top));
      if (path.length > 0 && apart < STEP + width / 200) return;
      if (path.length >= 2 * MOST_POINTS) thin(path);
      path.push(left, top);
    };
    const drawn = (): Stroke => ({ type: "brush", path: [...path], width, positive });
    put(press.at);
    const seen = (): Stroke | null => (scene().image === null ? null : drawn());
    return {
      press: seen,
      move(to) {
        put(to);
        return seen();
      },
      release(to) {
        put(to);
        return strokeEdit(scene(), drawn(), selected);
      },
    };
  };
}

/** Leaves every other point, so that a line that is too long goes on. */
function thin(path: number[]): void {
  for (let i = 0; i < path.length / 2; i += 2) {
    path[i] = path[2 * i] ?? 0;
    path[i + 1] = path[2 * i + 1] ?? 0;
  }
  path.length /= 2;
}

/** The edit that a stroke makes; null where there is nothing to take it from. */
export function strokeEdit(
  scene: Scene,
  drawn: Stroke,
  selected: string | null = null,
): Edit | null {
  const mark = (object: string) => ({ ...drawn, id: newId(), object });
  if (scene.marks.length === 0 && selected !== null) {
    const opened = reopen(scene, selected);
    if (opened !== null) {
      const one = mark(selected);
      return { ...opened, put: { ...opened.put, [one.id]: one } };
    }
  }
  if (!drawn.positive && scene.marks.length === 0) return null;
  return addMark(scene, mark);
}
