// The scribble: a free line over the thing, or with the other sign over what is not it; the model is asked with it.
import { type Edit, newId, type Scene } from "../document";
import { addMark } from "./acts";
import { Line } from "./line";
import type { PromptDraft, Tool } from "./tool";

type Stroke = Extract<PromptDraft, { readonly type: "stroke" }>;

/** A scribble as broad as the brush. */
export function scribble(width: number): Tool {
  return ({ at, positive }, scene) => {
    const line = new Line(width, 0);
    const drawn = (): Stroke => ({ type: "stroke", path: line.path, width, positive });
    const seen = (): Stroke | null => (scene().image === null ? null : drawn());
    line.put(at, scene().image);
    return {
      press: seen,
      move(to) {
        line.put(to, scene().image);
        return seen();
      },
      release(to) {
        line.put(to, scene().image);
        return scribbleEdit(scene(), drawn());
      },
    };
  };
}

export function scribbleEdit(scene: Scene, drawn: Stroke): Edit | null {
  return addMark(scene, (object) => ({ ...drawn, id: newId(), object }));
}
