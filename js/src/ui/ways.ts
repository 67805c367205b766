// Over the list of objects: what becomes of those that overlap, whether colours are labels', and a line that says what
// was done. Shows what it is given and says what was turned.
import { t } from "../words/words";
import { h, icon, setAttribute, setText } from "./dom";
import { ICONS } from "./icons";

/** What becomes of an object that is accepted and lies on others. */
export type Overlap = "keep" | "cut" | "replace";
export type ColorBy = "object" | "label";

export interface WaysEvents {
  overlap(rule: Overlap): void;
  colorBy(by: ColorBy): void;
}

export interface WaysState {
  readonly overlap: Overlap;
  readonly colorBy: ColorBy;
  readonly note: string; // empty: nothing is to be said
  readonly alive: boolean;
}

const RULES: readonly (readonly [Overlap, string, string])[] = [
  ["keep", t("overlaps stay"), t("Masks may overlap")],
  ["cut", t("the new one is cut"), t("A new mask loses what others have")],
  ["replace", t("the others are cut"), t("Others lose what a new mask has")],
];

export function ways(
  events: WaysEvents,
  signal: AbortSignal,
): { element: HTMLElement; note: HTMLElement; update(state: WaysState): void } {
  const rule = h("select", { class: "sam-overlap", "aria-label": t("Where objects overlap") });
  rule.append(...RULES.map(([value, name, title]) => h("option", { value, title }, name)));
  const name = t("Colours by label");
  const by = h("button", {
    type: "button",
    class: "sam-small",
    "data-action": "color-by",
    "aria-label": name,
    title: name,
  });
  by.append(icon(ICONS.tag));
  const note = h("p", { class: "sam-objects-note", role: "status", hidden: true });
  const element = h("div", { class: "sam-ways" }, rule, by);
  let shown: WaysState | null = null;
  rule.addEventListener("change", () => events.overlap(rule.value as Overlap), { signal });
  rule.addEventListener("keydown", (event) => event.key !== "Escape" && event.stopPropagation(), {
    signal,
  });
  by.addEventListener(
    "click",
    () => events.colorBy(shown?.colorBy === "label" ? "object" : "label"),
    { signal },
  );
  return {
    element,
    note,
    update(state) {
      shown = state;
      if (rule.value !== state.overlap) rule.value = state.overlap;
      rule.disabled = !state.alive;
      setAttribute(rule, "title", RULES.find(([value]) => value === state.overlap)?.[2]);
      setAttribute(by, "aria-pressed", state.colorBy === "label" ? "true" : "false");
      setText(note, state.note);
      setAttribute(note, "title", state.note || null);
      note.hidden = state.note === "";
    },
  };
}
