// The scribble: a free line over the thing, or with the other sign over what is not it; the model is asked with it.
import { type Edit, newId, type Scene } from "../document";
import { addMark } from "./acts";
import { Line, lining } from "./line";
import type { PromptDraft, Tool } from "./tool";

type Stroke = Extract<PromptDraft, { readonly type: "stroke" }>;

/** A scribble as broad as the brush. */
export function scribble(width: number): Tool {
  return ({ at, positive }, scene) =>
    lining(
      new Line(width, 0),
      at,
      scene,
      (path): Stroke => ({ type: "stroke", path, width, positive }),
      scribbleEdit,
    );
}

export function scribbleEdit(scene: Scene, drawn: Stroke): Edit | null {
  return addMark(scene, (object) => ({ ...drawn, id: newId(), object }));
}
