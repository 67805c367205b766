// A prompt's mark in the hand: dragged, the prompt comes to another place; pressed with the other button, or with Alt, it
// goes. A press on it that does not move does nothing; on the edge of a box, along which things lie, it is a click.
import type { Held } from "../holds";
import { dropPrompt, replacePrompt } from "./acts";
import { type PromptDraft, SLOP, type Tool } from "./tool";

/** The tool that has hold of a prompt; `removes`: to take it away; `own` is what would be pressed with else. */
export function moving({ prompt, hold }: Held, removes: boolean, own: Tool): Tool {
  return (press, scene) => {
    const click = hold.cursor === "edge" ? own(press, scene) : null;
    let dragged = false;
    const at = (to: typeof press.at): PromptDraft | null => {
      dragged ||= press.travelled(to) > SLOP;
      const { image } = scene();
      return dragged && !removes && image !== null ? hold.moved(press.at, to, image) : null;
    };
    return {
      move: at,
      release(to) {
        const draft = at(to);
        if (removes) return dragged ? null : dropPrompt(scene(), prompt.id);
        if (draft === null) return click?.release(to) ?? null;
        return replacePrompt(scene(), prompt.id, draft);
      },
    };
  };
}
