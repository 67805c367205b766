// The line in words when something went wrong: a rejected step, a model that cannot run, a kernel that is gone.
import { h, icon } from "./dom";
import { ICONS } from "./icons";

export function notice(
  dismiss: () => void,
  signal: AbortSignal,
): { element: HTMLElement; update(text: string | null, dismissible: boolean): void } {
  const words = h("span", { class: "sam-error-words" });
  const close = h("button", {
    type: "button",
    class: "sam-tool",
    "aria-label": "Dismiss this message",
    title: "Dismiss",
  });
  close.append(icon(ICONS.clear));
  close.addEventListener("click", dismiss, { signal });
  const element = h("div", { class: "sam-error", role: "alert", hidden: true });
  element.append(icon(ICONS.error), words, close);
  return {
    element,
    update(text, dismissible) {
      if (words.textContent !== (text ?? "")) words.textContent = text ?? "";
      element.hidden = text === null;
      close.hidden = !dismissible;
    },
  };
}
