// What of a picture is seen, and how a prompt says so: of a huge one the model looks where a person looks. Nothing is
// drawn here.
import { type Edit, isPrompt, newId, type Scene } from "./document";
import type { Box } from "./parts";
import { toImage, type Viewport } from "./viewport";

/** What of the photo is seen, image pixels. */
export function seenOf(view: Viewport): Box {
  const { image, css } = view;
  const [from, to] = [
    toImage(view, { x: 0, y: 0 }),
    toImage(view, { x: css.width, y: css.height }),
  ];
  return {
    ...{ x0: Math.max(0, from.x), y0: Math.max(0, from.y) },
    ...{ x1: Math.min(image.width, to.x), y1: Math.min(image.height, to.y) },
  };
}

/**
 * An edit with a window of what was seen when its prompts were made, in the place of earlier ones: that is where the
 * model looks in a huge picture. Any other's edits stay as they are. It stands before the prompts, so that the last
 * that is taken back is one of these.
 */
export function seenThrough(scene: Scene, edit: Edit | null, view: Viewport): Edit | null {
  const { image, prompts } = scene;
  if (edit === null || image === null || image.depth === 0) return edit;
  const put = Object.values(edit.put);
  const made = put.filter(isPrompt).filter(({ type }) => type !== "window");
  const object = made.at(-1)?.object;
  if (object === undefined) return edit;
  const before = prompts.filter((one) => one.type === "window" && one.object === object);
  const window = { type: "window", id: newId(), object, ...seenOf(view) } as const;
  const things = put.filter((one) => one.type === "object");
  const rest = put.filter((one) => one.type !== "object" && one.type !== "window");
  const records = [...things, window, ...rest].map((one) => [one.id, one] as const);
  const drop = [...new Set([...edit.drop, ...before.map(({ id }) => id)])];
  return { ...edit, put: Object.fromEntries(records), drop };
}
