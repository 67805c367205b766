// The slim row: which sign and tool the next click has, undo and redo, clear, accept, hide; the status at its right.
import { affirmed, type Scene } from "../document";
import { MODES, type Mode } from "../kinds";
import type { Store } from "../store";
import { t } from "../words/words";
import { type Bindings, spelled } from "./bindings";
import { h, icon, setAttribute } from "./dom";
import { ICONS } from "./icons";
import { roving } from "./roving";

export type Action =
  | Mode
  | "everything"
  | "alike"
  | "tidy"
  | "undo"
  | "redo"
  | "clear"
  | "hide"
  | "turbo"
  | "accept";

export interface ToolbarState {
  readonly bindings: Bindings;
  readonly mode: Mode;
  readonly hidden: boolean;
  readonly everything: boolean; // that mode is on
  readonly alike: boolean; // so is that
  readonly turbo: boolean; // each click is an object
  readonly enabled: { readonly [action in Action]: boolean };
}

/** What can be done now. */
export function enabledOf(
  { image, marks, finished }: Scene,
  store: Store,
): ToolbarState["enabled"] {
  const alive = !store.ended;
  return {
    point: alive,
    negative: alive,
    box: alive,
    stroke: alive,
    brush: alive,
    eraser: alive,
    tidy: alive && finished !== null,
    everything: alive && image !== null,
    alike: alive && image !== null,
    undo: alive && (store.canUndo || store.underWay),
    redo: alive && store.canRedo,
    clear: alive && marks.length > 0,
    hide: image !== null,
    turbo: alive,
    accept: alive && affirmed(marks),
  };
}

const BUTTONS: readonly (readonly [Action, keyof typeof ICONS, string, string])[] = [
  ["point", "point", t("Add what I click"), "[[P]]"],
  ["negative", "negative", t("Take away what I click"), t("right-click, Alt-click or [[X]]")],
  ["box", "box", t("Draw a box"), t("[[B]], or drag at any time")],
  ["stroke", "stroke", t("Draw a line along it"), "[[L]]"],
  ["brush", "brush", t("Paint by hand"), "[[D]]"],
  ["eraser", "eraser", t("Erase by hand"), "[[E]]"],
  ["everything", "everything", t("Find everything"), "[[A]]"],
  ["alike", "alike", t("Find what is like it"), "[[O]]"],
  ["undo", "undo", t("Undo"), "[[Z]]"],
  ["redo", "redo", t("Redo"), "[[Shift Z]]"],
  ["tidy", "tidy", t("Clean up specks and holes"), "[[C]]"],
  ["clear", "clear", t("Clear what is open"), "[[Esc]]"],
  ["hide", "eye", t("Hide the masks"), t("hold [[H]]")],
  ["turbo", "turbo", t("One object a click"), "[[T]]"],
];
const AFTER_GAP: ReadonlySet<Action> = new Set(["everything", "undo", "hide"]);
const TOGGLES: ReadonlySet<Action> = new Set([
  ...(Object.keys(MODES) as Mode[]),
  "everything",
  "alike",
  "hide",
  "turbo",
]);

export function toolbar(
  act: (action: Action) => void,
  status: HTMLElement,
  signal: AbortSignal,
): { element: HTMLElement; update(state: ToolbarState): void } {
  const buttons = new Map<Action, HTMLButtonElement>();
  const element = h("div", {
    class: "sam-toolbar",
    role: "toolbar",
    "aria-label": t("Segmentation tools"),
  });
  // Where they have no room beside each other, they stand in two rows.
  const makes = h("div", { class: "sam-tools" });
  const acts = h("div", { class: "sam-acts" });
  let group = makes;
  const titles = new Map<Action, string>();
  for (const [action, picture, name, keys] of BUTTONS) {
    titles.set(action, `${name} (${keys})`);
    if (action === "undo") group = acts;
    if (AFTER_GAP.has(action)) group.append(h("span", { class: "sam-gap" }));
    const button = h("button", {
      type: "button",
      class: "sam-tool",
      "data-action": action,
      "aria-label": name,
    });
    button.append(icon(ICONS[picture]));
    buttons.set(action, button);
    group.append(button);
  }
  const accept = h("button", {
    type: "button",
    class: "sam-accept",
    "data-action": "accept",
    "aria-label": t("Accept the chosen mask"),
  });
  accept.append(icon(ICONS.accept), h("span", {}, t("Accept")));
  buttons.set("accept", accept);
  titles.set(
    "accept",
    t("Accept the chosen mask; the next click starts another object ([[Enter]])"),
  );
  acts.append(accept);
  element.append(makes, acts, h("span", { class: "sam-space" }), status);
  for (const [action, button] of buttons) {
    button.addEventListener("click", () => act(action), { signal });
  }
  const refresh = roving(element, signal);
  return {
    element,
    update({ mode, hidden, everything, alike, turbo, enabled, bindings }) {
      for (const [action, text] of titles) {
        setAttribute(buttons.get(action) ?? element, "title", spelled(text, bindings));
      }
      for (const [action, button] of buttons) {
        button.disabled = !enabled[action];
        if (!TOGGLES.has(action)) continue;
        const pressed =
          { hide: hidden, everything, alike, turbo }[action as string] ?? action === mode;
        setAttribute(button, "aria-pressed", pressed ? "true" : "false");
      }
      refresh();
    },
  };
}
