// A look from nearer: which window of the photo the model shall see at its own resolution, and whether it is worth it.
// Nothing is drawn here.
import { chosenOf, type Edit, newId, type Scene } from "./document";
import type { Mask } from "./masks";
import type { Box } from "./parts";
import { seenOf } from "./seen";
import { addMark } from "./tools/acts";
import type { Viewport } from "./viewport";

/** As `segment/closer.py` has them; golden/windows.json holds the two together. */
const ROOM = 3;
const LEAST = 64; // px of a window's shorter side

/** The share of the photo below which a mask gains by it: measured, tests/benchmarks/closer.py. */
const SMALL = 0.005;

interface Shapes {
  shape(hash: string): { readonly mask: Mask } | null;
}

/** The window round a mask: square where the photo has the place, with the mask in its middle. */
export function windowRound({ width, height, x0, y0, x1, y1 }: Mask): Box {
  const side = Math.max(LEAST, ROOM * Math.max(x1 - x0, y1 - y0));
  const [left, right] = within(x0 + x1, side, width);
  const [top, bottom] = within(y0 + y1, side, height);
  return { x0: left, y0: top, x1: right, y1: bottom };
}

function within(twiceMiddle: number, side: number, most: number): readonly [number, number] {
  const long = Math.min(side, most);
  const start = Math.min(Math.max(0, Math.floor((twiceMiddle - long) / 2)), most - long);
  return [start, start + long];
}

/** The open object's mask as the model drew it; null while there is none, or nothing in it. */
function maskOf({ open, answer }: Scene, shapes: Shapes): Mask | null {
  const candidate = open && answer ? answer.candidates[chosenOf(open, answer)] : undefined;
  const mask = candidate === undefined ? null : (shapes.shape(candidate.blob)?.mask ?? null);
  return mask !== null && mask.x1 > mask.x0 ? mask : null;
}

/** Whether there is anything to look at from nearer. */
export function hasMask(scene: Scene, shapes: Shapes): boolean {
  return maskOf(scene, shapes) !== null;
}

/** The window to look into: what is seen where one has come near the mask, else round it; null without a mask. */
export function windowOf(scene: Scene, shapes: Shapes, view: Viewport): Box | null {
  const mask = maskOf(scene, shapes);
  if (mask === null) return null;
  const all = view.whole.width <= view.device.width && view.whole.height <= view.device.height;
  const window = seenOf(view);
  const apart =
    window.x0 >= mask.x1 || mask.x0 >= window.x1 || window.y0 >= mask.y1 || mask.y0 >= window.y1;
  const speck = Math.min(window.x1 - window.x0, window.y1 - window.y0) < 1;
  return all || apart || speck ? windowRound(mask) : window;
}

/** Whether it is worth a word: the thing is small in its photo, and nobody has looked from nearer. */
export function isSmall(scene: Scene, shapes: Shapes): boolean {
  const { open, answer, image, prompts } = scene;
  if (open === null || answer === null || image === null) return false;
  if (prompts.some(({ type }) => type === "window") || maskOf(scene, shapes) === null) return false;
  const area = answer.candidates[chosenOf(open, answer)]?.area ?? 0;
  return area < SMALL * image.width * image.height;
}

/** The edit that has the open object looked at from nearer; null where there is nothing to look at. */
export function sharpen(scene: Scene, shapes: Shapes, view: Viewport): Edit | null {
  const window = windowOf(scene, shapes, view);
  if (window === null) return null;
  return addMark(scene, (object) => ({ type: "window", id: newId(), object, ...window }));
}
