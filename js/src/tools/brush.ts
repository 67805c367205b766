// The brush: what is drawn is added to the mask by hand, or with the other sign taken away, live while the pointer is
// down. Nobody is asked.
import type { Change } from "../corrections";
import { type Edit, newId, type Scene } from "../document";
import type { Size } from "../viewport";
import { addMark, reopen } from "./acts";
import { Line, lining } from "./line";
import type { Tool } from "./tool";

type Stroke = Extract<Change, { readonly type: "brush" }>;

/** As the kernel has it (document/corrections.py). */
const WIDEST = 1024;

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
  // Farther out than its own width nothing of it is seen.
  return ({ at, positive }, scene) =>
    lining(
      new Line(width, width),
      at,
      scene,
      (path): Stroke => ({ type: "brush", path, width, positive }),
      (now, drawn) => strokeEdit(now, drawn, selected),
    );
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
