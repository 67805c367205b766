// The click that picks: on an object that is there it may do something else than prompt. Whether, and what, is asked
// when the click is done; a drag is always the tool's own.
import type { Edit, Scene } from "../document";
import { SLOP, type Tool } from "./tool";

/** What a click does in place of a prompt, null when it is to prompt. */
export type Pick = (scene: Scene) => (() => Edit | null) | null;

/** The tool, but for the clicks that pick something. */
export function picking(tool: Tool, pick: Pick): Tool {
  return (press, scene) => {
    const own = tool(press, scene);
    let dragged = false;
    return {
      press: () => own.press?.() ?? null,
      move(to) {
        dragged ||= press.travelled(to) > SLOP;
        return own.move(to);
      },
      release(to) {
        dragged ||= press.travelled(to) > SLOP;
        const picked = dragged ? null : pick(scene());
        return picked === null ? own.release(to) : picked();
      },
    };
  };
}
