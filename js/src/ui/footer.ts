// The last line: at its left the gesture to try next, at its right where the milliseconds went.
import { type Answer, affirmed, type Edit, type Scene } from "../document";
import type { Cursor } from "../holds";
import { MODES, type Mode } from "../kinds";
import type { Contact } from "../store";
import { t } from "../words/words";
import { type Bindings, OWN } from "./bindings";
import { h, keyed, setText, withKeys } from "./dom";

/** Milliseconds of the last answer; null where it was not measured. */
export interface Timing {
  readonly decode: number | null; // in the kernel, as the kernel says
  readonly link: number | null; // the rest of the way there and back
  readonly draw: number | null; // on the canvases
}

const MOST_ASKED = 1000;
const UNKNOWN: Timing = { decode: null, link: null, draw: null };

/** Takes the time from a prompt made in this view to its answer. Times in milliseconds of one clock. */
export class Stopwatch {
  timing: Timing = UNKNOWN;
  #asked = new Map<string, number>(); // prompt -> when
  #answer: string | null = null;

  ask(edit: Edit, now: number): void {
    if (this.#asked.size > MOST_ASKED) this.#asked.clear(); // no answer came for long
    for (const id of Object.keys(edit.put)) this.#asked.set(id, now);
  }

  /** The answer's mask is on the canvas at `now`, and drawing took `draw`. */
  answered(answer: Answer, now: number, draw: number): void {
    if (answer.id === this.#answer) return;
    this.#answer = answer.id;
    const asked = this.#asked.get(answer.of.at(-1) ?? "");
    this.#asked.clear();
    const decode = answer.seconds * 1000;
    const link = asked === undefined ? null : Math.max(0, now - asked - draw - decode);
    this.timing = { decode, link, draw };
  }
}

export interface HintState {
  readonly scene: Scene;
  readonly mode: Mode;
  readonly ready: boolean;
  readonly failed: boolean; // the model, which does not try again by itself
  readonly owed: boolean; // an accepted object has no mask yet
  readonly contact: Contact;
  readonly drawing: boolean; // a prompt
  readonly cross: "up" | "down" | null; // the crosshair; null: put away
  readonly selected: number; // accepted objects
  readonly pointed: Cursor | null; // on a prompt's mark, what a press does
  readonly small: boolean; // the thing would gain by a look from nearer
  readonly everything: "running" | "found" | null; // what of everything mode shows
  readonly alike: "running" | "found" | null; // what of the proposals does
  readonly leaves: boolean; // the mask goes out of the box that was drawn for it
}

/** What to do next, with keys in double brackets, the most needed first; null while the last word still holds. */
export function hintOf(state: HintState): string | null {
  const { scene, mode, ready, failed, owed, contact, drawing, cross, selected, leaves, small } =
    state;
  if (contact === "saved") return "";
  if (contact === "gone") return t("What you see is kept until the cell runs again");
  if (scene.image === null) return "";
  if (cross === "down") return t("[[Space]] at the other end · arrows move · [[Esc]] forgets it");
  if (drawing) return t("Let go to ask · [[Esc]] to forget it");
  if (state.pointed === "edge") return t("Drag moves it · [[Delete]] takes it out");
  if (state.pointed !== null) return t("Drag moves it · right-click or [[Delete]] takes it out");
  if (((scene.prompts.length > 0 && scene.answer === null) || owed) && !ready) {
    return failed
      ? t("Your prompt is kept, and answered when trying again succeeds")
      : t("Your prompt is kept and answered as soon as the model is ready");
  }
  if (scene.prompts.length > 0 && !affirmed(scene.marks)) {
    return t("First click what you want · [[P]] adds · [[Z]] undo");
  }
  if (cross === "up" && scene.prompts.length === 0) {
    return t("[[Space]] places a point · arrows move, [[Shift]] farther · [[X]] other sign");
  }
  const { hint } = MODES[mode];
  if (hint !== null) return hint;
  if (scene.answer !== null && leaves) {
    return t("This mask leaves its box · [[1]] [[2]] [[3]] choose another");
  }
  if (scene.answer !== null && small) {
    return t("Small in its photo: [[F]] looks from nearer · [[Enter]] accepts");
  }
  if (scene.answer !== null) {
    return t("[[Enter]] accepts · [[1]] [[2]] [[3]] choose · right-click takes away");
  }
  if (scene.prompts.length === 0 && scene.marks.length > 0) {
    return t("[[Enter]] accepts · a click asks the model as well");
  }
  if (scene.prompts.length > 0) return null; // the answer is a moment away
  if (state.alike !== null) {
    return t("Click or [[Enter]] accepts one · right-click or [[Delete]] refuses · [[Esc]] closes");
  }
  if (state.everything === "running")
    return t("Looking everywhere · click a mask to keep it · [[Esc]] stops");
  if (state.everything === "found") {
    return t("Click a mask to keep it, again for the next larger · [[Esc]] closes");
  }
  if (selected > 1)
    return t("[[J]] makes one of them · [[Shift J]] subtracts · [[Shift I]] intersects");
  if (selected === 1) return t("[[Enter]] reopens it · another click starts a new object there");
  if (scene.objects.length > 0) return t("Click the next thing · drag a box · [[Z]] undo");
  return t("Click what you want · right-click what you don’t · drag a box");
}

export function footer(
  more: readonly HTMLElement[], // between the times and the keys
  help: () => void,
  signal: AbortSignal,
): { element: HTMLElement; update(hint: string | null, timing: Timing, bindings: Bindings): void } {
  const hint = h("span", { class: "sam-hint" });
  const time = h("span", { class: "sam-time", title: t("Where the last answer’s time went") });
  const keys = h("button", {
    type: "button",
    class: "sam-help-button",
    "data-action": "help",
    "aria-label": t("All keys"),
  });
  keyed(keys, `${t("All keys")} ([[?]])`);
  keys.append(h("kbd", { "data-cap": "?" }, "?"), h("span", {}, t("keys")));
  keys.addEventListener("click", help, { signal });
  const element = h("div", { class: "sam-footer" }, hint, time, ...more, keys);
  let shown: string | null = null;
  let known = OWN;
  return {
    element,
    update(text, timing, bindings) {
      const next = text ?? shown; // the last word still holds
      if (next !== null && (next !== shown || bindings !== known)) {
        hint.replaceChildren(...withKeys(next, bindings));
      }
      shown = next;
      known = bindings;
      setText(time, timeOf(timing));
    },
  };
}

/** `decode 18 · link 6 · draw 4 ms`, with what is known. */
export function timeOf({ decode, link, draw }: Timing): string {
  if (decode === null) return "";
  const parts = [t("decode {ms}", { ms: Math.round(decode) })];
  if (link !== null) parts.push(t("link {ms}", { ms: Math.round(link) }));
  if (draw !== null) parts.push(t("draw {ms}", { ms: Math.round(draw) }));
  return `${parts.join(" · ")} ms`;
}
