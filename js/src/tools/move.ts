// A prompt's mark in the hand: dragged, the prompt comes to another place; pressed with the other button, or with Alt, it
// goes. A press that does not move does nothing.
import type { Held } from "../holds";
import { dropPrompt, replacePrompt } from "./acts";
import { type PromptDraft, SLOP, type Tool } from "./tool";

/** The tool that has hold of a prompt; `removes`: to take it away. */
export function moving({ prompt, hold }: Held, removes: boolean): Tool {
  return (press, scene) => {
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
        return draft && replacePrompt(scene(), prompt.id, draft);
      },
    };
  };
}
