// The strip that cleans up: below which area pieces go and holes are filled, how many that would be, and the step itself.
// Shows what it is given and says what a hand asks for; it knows no mask.
import { t } from "../words/words";
import { h, icon, keyed, setText } from "./dom";
import { ICONS } from "./icons";

export interface CleaningState {
  readonly area: number; // image pixels
  readonly most: number; // the largest that can be asked for
  readonly islands: number; // pieces that go
  readonly holes: number; // that are filled
}

export interface CleaningEvents {
  turn(area: number): void; // image pixels
  apply(): void;
  close(): void;
}

const STEPS = 100; // of the slider, which counts in powers: small areas matter most

/** The area of a step, and the step of an area, from 1 pixel to the most. */
export function areaAt(step: number, most: number): number {
  return Math.max(1, Math.round(most ** (step / STEPS)));
}
export function stepOf(area: number, most: number): number {
  return most <= 1 ? 0 : Math.round((STEPS * Math.log(Math.max(1, area))) / Math.log(most));
}

export function cleaningStrip(
  events: CleaningEvents,
  signal: AbortSignal,
): { element: HTMLElement; update(state: CleaningState | null): void } {
  const slider = h("input", {
    type: "range",
    class: "sam-slider",
    min: 0,
    max: STEPS,
    step: 1,
    "aria-label": t("Smaller than this, pieces go and holes are filled"),
  });
  const area = h("span", { class: "sam-cleaning-area" });
  const count = h("span", { class: "sam-cleaning-count", "aria-live": "polite" });
  const apply = h("button", { type: "button", class: "sam-cleaning-do", "data-action": "tidy" });
  apply.append(icon(ICONS.accept), h("span", {}, t("Clean up")));
  const name = t("Leave it as it is");
  const close = h("button", { type: "button", class: "sam-tool", "data-action": "untidy" });
  close.setAttribute("aria-label", name);
  keyed(close, `${name} ([[Esc]])`);
  close.append(icon(ICONS.clear));
  const element = h("div", {
    class: "sam-cleaning",
    role: "group",
    "aria-label": t("Clean up"),
    hidden: true,
  });
  element.append(slider, area, count, apply, close);
  let shown: CleaningState | null = null;
  slider.addEventListener(
    "input",
    () => shown && events.turn(areaAt(Number(slider.value), shown.most)),
    { signal },
  );
  apply.addEventListener("click", () => events.apply(), { signal });
  close.addEventListener("click", () => events.close(), { signal });
  element.addEventListener(
    "keydown",
    (event) => {
      const { key, target } = event;
      const own = key === "Escape" || (key === "Enter" && target === slider);
      // Arrows turn the slider, and do not move the photo.
      if (own || /^(Arrow|Home|End|Page)/.test(key)) event.stopPropagation();
      if (!own) return;
      event.preventDefault();
      if (key === "Enter") events.apply();
      else events.close();
    },
    { signal },
  );
  return {
    element,
    update(state) {
      const opened = shown === null && state !== null;
      shown = state;
      element.hidden = state === null;
      if (state === null) return;
      // Several places of the slider may mean the same: it stays where the hand has put it.
      if (areaAt(Number(slider.value), state.most) !== state.area)
        slider.value = String(stepOf(state.area, state.most));
      const under = t("under {n} px", { n: state.area.toLocaleString("en") });
      setText(area, under);
      slider.setAttribute("aria-valuetext", under);
      setText(count, wordsOf(state));
      apply.disabled = state.islands + state.holes === 0;
      if (opened) slider.focus({ preventScroll: true });
    },
  };
}

function wordsOf({ islands, holes }: CleaningState): string {
  if (islands + holes === 0) return t("nothing so small");
  const gone = islands === 1 ? t("1 piece goes") : t("{n} pieces go", { n: islands });
  const filled = holes === 1 ? t("1 hole is filled") : t("{n} holes are filled", { n: holes });
  return [islands > 0 ? gone : "", holes > 0 ? filled : ""].filter(Boolean).join(", ");
}
