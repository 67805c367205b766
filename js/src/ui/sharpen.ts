// The button in the corner of a photo that is seen from near: the model looks at what is seen. It decides nothing.
import { t } from "../words/words";
import { h, keyed, setAttribute } from "./dom";

export function sharpenButton(
  act: () => void,
  signal: AbortSignal,
): { element: HTMLElement; update(offered: boolean): void } {
  const element = h("button", {
    type: "button",
    class: "sam-sharpen",
    "data-action": "sharpen",
    hidden: true,
  });
  keyed(element, `${t("The model looks at what you see, from as near")} ([[F]])`);
  element.append(t("Sharpen here"));
  element.addEventListener("click", act, { signal });
  return { element, update: (offered) => setAttribute(element, "hidden", !offered) };
}
