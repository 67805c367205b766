// Under the cards: where the masks are cut, where the three differ, and how it all looks. Shows what it is given and
// says what was turned; it decides nothing.
import type { NextClick } from "../protocol";
import { heard } from "../words/heard";
import { t } from "../words/words";
import { h, icon, keyed, setAttribute, setText, withKeys } from "./dom";
import { ICONS } from "./icons";
import { SLIDES } from "./keys";

export interface TuningEvents {
  take(): void; // the hand is on the threshold's slider
  slide(threshold: number): void;
  cut(threshold: number): void; // it let go there
  leave(): void; // it is off the slider, wherever that stands
  differ(): void;
  parts(): void; // all three are kept
  next(): void;
  look(): void; // the rest is opened, or closed
  opacity(value: number): void;
  outline(on: boolean): void;
  feed(on: boolean): void;
}

export interface TuningState {
  readonly shown: boolean;
  readonly alive: boolean; // whether anything can be changed
  readonly threshold: number | null; // null: nothing to cut
  readonly answered: boolean; // there are three to keep
  readonly differs: boolean;
  readonly disputed: boolean | null; // whether there is anything; null: not known yet
  readonly names: readonly string[]; // of the candidates
  readonly next: NextClick | null;
  readonly looking: boolean;
  readonly opacity: number;
  readonly outline: boolean;
  readonly feedBack: boolean;
  readonly fed: string; // what feeding back does
}

/** Logits either side of the model's own border; Python goes farther. */
const MOST = 4;

export function tuning(
  events: TuningEvents,
  signal: AbortSignal,
): { element: HTMLElement; update(state: TuningState): void } {
  const cut = range({
    min: -MOST,
    max: MOST,
    step: 0.1,
    "aria-label": t("Threshold of the masks"),
  });
  const logit = h("output", { class: "sam-number" });
  const differ = small("differ", t("Show where the three differ"), "W");
  const parts = small("parts", t("Accept all three: the whole, and its parts"), "Q");
  const look = small("look", t("How it looks"), null);
  const label = h("label", { class: "sam-tune-cut" }, h("span", {}, t("cut")), cut, logit);
  const row = h("div", { class: "sam-tune-row" }, label, differ, parts, look);
  const legend = h("div", { class: "sam-legend", hidden: true });
  const opacity = range({ min: 0, max: 1, step: 0.05, "aria-label": t("Opacity of the fills") });
  const outline = h("input", { type: "checkbox" });
  const feed = h("input", { type: "checkbox" });
  const fed = h("span", { class: "sam-note" });
  const more = h("div", { class: "sam-look", hidden: true, role: "group" });
  setAttribute(more, "aria-label", t("How it looks"));
  more.append(
    h("label", { class: "sam-tune-cut" }, h("span", {}, t("fill")), opacity),
    h("label", {}, outline, h("span", {}, t("outlines only"))),
    h("label", { title: FEEDING }, feed, h("span", {}, t("feed the mask back"), fed)),
  );
  setAttribute(
    cut,
    "title",
    t("Lower takes more in, higher keeps what the model is surer of; 0 is its own border"),
  );
  const element = h("section", {
    class: "sam-tune",
    "aria-label": t("Cut and look"),
    hidden: true,
  });
  element.append(row, legend, more);

  cut.addEventListener("pointerdown", () => events.take(), { signal });
  cut.addEventListener("focus", () => events.take(), { signal });
  cut.addEventListener("input", () => events.slide(Number(cut.value)), { signal });
  cut.addEventListener("change", () => events.cut(Number(cut.value)), { signal });
  for (const end of ["pointerup", "pointercancel", "blur"])
    cut.addEventListener(end, () => events.leave(), { signal });
  cut.addEventListener("dblclick", () => events.cut(0), { signal });
  differ.addEventListener("click", () => events.differ(), { signal });
  parts.addEventListener("click", () => events.parts(), { signal });
  look.addEventListener("click", () => events.look(), { signal });
  opacity.addEventListener("input", () => events.opacity(Number(opacity.value)), { signal });
  outline.addEventListener("change", () => events.outline(outline.checked), { signal });
  feed.addEventListener("change", () => events.feed(feed.checked), { signal });
  legend.addEventListener(
    "click",
    ({ target }) => target instanceof Element && target.closest("button") && events.next(),
    { signal },
  );
  for (const one of [cut, opacity]) {
    one.addEventListener("keydown", (event) => SLIDES.has(event.key) && event.stopPropagation(), {
      signal,
    });
  }
  let told = "";

  return {
    element,
    update(state) {
      element.hidden = !state.shown;
      const { threshold, alive } = state;
      cut.disabled = threshold === null || !alive;
      set(cut, threshold ?? 0);
      setText(logit, threshold === null ? "" : signed(threshold));
      setAttribute(cut, "aria-valuetext", signed(threshold ?? 0));
      differ.disabled = threshold === null || !(alive || state.differs);
      setAttribute(differ, "aria-pressed", state.differs ? "true" : "false");
      parts.disabled = !alive || !state.answered;
      setAttribute(look, "aria-expanded", state.looking ? "true" : "false");
      const shown = state.differs && threshold !== null && state.disputed !== null;
      legend.hidden = !shown;
      const now = shown ? JSON.stringify([state.disputed, state.next, state.names]) : "";
      if (shown && now !== told) legend.replaceChildren(...legendOf(state));
      told = now;
      more.hidden = !state.looking;
      set(opacity, state.opacity);
      opacity.disabled = state.outline;
      outline.checked = state.outline;
      feed.checked = state.feedBack;
      feed.disabled = !alive;
      setText(fed, state.fed);
    },
  };
}

const FEEDING = t(
  "The logits of the mask so far go in with the next click, as in the paper: most masks become better",
);

function legendOf({ disputed, next, names }: TuningState): Node[] {
  if (disputed === false) return [h("span", { class: "sam-note" }, t("The three agree."))];
  const parts: Node[] = [
    h("span", {}, h("i", { class: "sam-hatch" }), t("in 1 of 3")),
    h("span", {}, h("i", { class: "sam-hatch", "data-dense": true }), t("in 2 of 3")),
  ];
  if (next === null) return parts;
  const kept = next.keeps.map((i) => heard(names[i] ?? String(i + 1))).join(", ");
  const button = h("button", { type: "button", class: "sam-next" });
  const sign = next.positive ? "+" : "−";
  button.append(...withKeys(t("[[N]] clicks {sign} at the ring", { sign })));
  setAttribute(button, "title", t("Agrees with {kept}; Shift+N says the opposite", { kept }));
  return [...parts, button];
}

/** `+0.7`, `−1`, `0`. */
export function signed(value: number): string {
  const size = Number(Math.abs(value).toFixed(2));
  return size === 0 ? "0" : `${value > 0 ? "+" : "−"}${size}`;
}

function range(attributes: Record<string, string | number>): HTMLInputElement {
  return h("input", { type: "range", class: "sam-range", ...attributes });
}

function small(
  name: "differ" | "parts" | "look",
  title: string,
  key: string | null,
): HTMLButtonElement {
  const button = h("button", {
    type: "button",
    class: "sam-small",
    "data-action": name,
    "aria-label": title,
  });
  keyed(button, key === null ? title : `${title} ([[${key}]])`);
  button.append(icon(ICONS[name]));
  return button;
}

/** Leaves alone what is right: a slider that is being dragged keeps its thumb. */
function set(input: HTMLInputElement, value: number): void {
  if (Number(input.value) !== value) input.value = String(value);
}
