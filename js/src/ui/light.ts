// Brightness and contrast of the photo, for the eye alone: two sliders behind a button in the footer. The model and
// `w.mask` see the photo as it is, and the words beside the sliders say so.
import { t } from "../words/words";
import { h, icon, setAttribute } from "./dom";
import { ICONS } from "./icons";
import { isHosts, SLIDES } from "./keys";

/** How the photo is shown; 1 is as it is. */
export interface Light {
  readonly brightness: number;
  readonly contrast: number;
}

export const AS_IT_IS: Light = { brightness: 1, contrast: 1 };

const DARKEST = 0.25;
const BRIGHTEST = 4;

/** As CSS has it; null where nothing is changed. */
export function filterOf({ brightness, contrast }: Light): string | null {
  return brightness === 1 && contrast === 1
    ? null
    : `brightness(${brightness}) contrast(${contrast})`;
}

/** A slider's place is a logarithm, so that twice as bright lies as far from the middle as half. */
const placeOf = (factor: number): number => Math.log2(factor);
const factorOf = (place: number): number => Number((2 ** place).toFixed(3));

/** Said of a slider: "1.41 times", twice as bright is "2 times". */
export function wordsOf(factor: number): string {
  return factor === 1 ? t("As it is") : t("{n} times", { n: Number(factor.toFixed(2)) });
}

export function lightControl(
  changed: (light: Light) => void,
  signal: AbortSignal,
): { element: HTMLElement; update(light: Light): void } {
  let light = AS_IT_IS;
  const button = h("button", {
    type: "button",
    class: "sam-light-button",
    "data-action": "light",
    "aria-label": t("Brightness and contrast"),
    title: t("Brightness and contrast"),
    "aria-expanded": "false",
  });
  button.append(icon(ICONS.light));
  const slider = (name: keyof Light, words: string): HTMLInputElement => {
    const range = h("input", {
      ...{ type: "range", min: placeOf(DARKEST), max: placeOf(BRIGHTEST), step: 0.05, value: 0 },
      ...{ "aria-label": words, "data-light": name },
    });
    const moved = (): void => take({ ...light, [name]: factorOf(Number(range.value)) });
    range.addEventListener("input", moved, { signal });
    return range;
  };
  const brightness = slider("brightness", t("Brightness"));
  const contrast = slider("contrast", t("Contrast"));
  const back = h("button", { type: "button", class: "sam-light-back" }, t("As it is"));
  const sheet = h(
    "div",
    { class: "sam-light-sheet", role: "group", "aria-label": t("Brightness and contrast") },
    h("label", {}, h("span", {}, t("Brightness")), brightness),
    h("label", {}, h("span", {}, t("Contrast")), contrast),
    h("p", {}, t("For your eyes alone: the model sees the photo as it is"), back),
  );
  sheet.hidden = true;
  const element = h("div", { class: "sam-light" }, button, sheet);
  const show = (open: boolean): void => {
    sheet.hidden = !open;
    setAttribute(button, "aria-expanded", open ? "true" : "false");
  };
  const take = (next: Light): void => {
    update(next);
    changed(next);
  };
  const update = (next: Light): void => {
    light = next;
    const plain = filterOf(light) === null;
    setAttribute(button, "data-on", !plain);
    back.disabled = plain;
    for (const [range, factor] of [
      [brightness, light.brightness],
      [contrast, light.contrast],
    ] as const) {
      // A place that means this stays where the hand has put it.
      if (factorOf(Number(range.value)) !== factor) range.value = String(placeOf(factor));
      setAttribute(range, "aria-valuetext", wordsOf(factor));
    }
  };
  update(AS_IT_IS);
  button.addEventListener("click", () => show(sheet.hidden !== false), { signal });
  back.addEventListener(
    "click",
    () => {
      take(AS_IT_IS);
      brightness.focus();
    },
    { signal },
  );
  // The sliders' keys are their own: arrows would move the photo.
  sheet.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape") {
        show(false);
        button.focus();
      }
      const hosts = isHosts(event) && !SLIDES.has(event.key);
      if (event.key !== "Tab" && !hosts) event.stopPropagation();
    },
    { signal },
  );
  element.addEventListener(
    "focusout",
    ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) show(false);
    },
    { signal },
  );
  return { element, update };
}
