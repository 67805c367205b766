// Labels that are offered while an object is named: those that fit what is typed, by arrows or a click. It knows the
// field and the labels, and no object. A syllable that is being composed is left alone.
import { t } from "../words/words";
import { h, setAttribute } from "./dom";

const MOST = 8; // that are offered at once

/** Those that begin so, then those that hold it; nothing typed: the first ones. */
export function fitting(labels: readonly string[], typed: string): readonly string[] {
  const wanted = typed.trim().toLocaleLowerCase();
  const begins = labels.filter((label) => label.toLocaleLowerCase().startsWith(wanted));
  const holds = labels.filter((label) => label.toLocaleLowerCase().includes(wanted));
  const found = [...new Set([...begins, ...holds])].slice(0, MOST);
  return found.length === 1 && found[0] === typed.trim() ? [] : found;
}

let made = 0; // lists on this page: each option needs a name of its own

export interface Naming {
  readonly element: HTMLElement;
  /** Offers labels for a field until it is gone; `taken` is called when one was clicked. */
  attach(field: HTMLInputElement, labels: readonly string[], taken: () => void): void;
  /** No field is there any more. */
  close(): void;
}

export function naming(signal: AbortSignal): Naming {
  made += 1;
  const name = `sam-labels-${made}`;
  const element = h("div", { class: "sam-labels", role: "listbox", id: name, hidden: true });
  setAttribute(element, "aria-label", t("Labels that were used before"));
  let field: HTMLInputElement | null = null;
  let all: readonly string[] = [];
  let taken: () => void = () => undefined;
  let at = -1; // which one arrows are on

  const show = (typed: string): void => {
    at = -1;
    const found = fitting(all, typed);
    const options = found.map((label, i) => {
      return h(
        "button",
        { type: "button", role: "option", tabindex: -1, id: `${name}-${i}` },
        label,
      );
    });
    element.replaceChildren(...options);
    element.hidden = found.length === 0;
    if (field !== null) setAttribute(field, "aria-expanded", String(found.length > 0));
    mark();
  };
  const mark = (): void => {
    for (const [i, option] of [...element.children].entries())
      setAttribute(option, "aria-selected", i === at ? "true" : "false");
    if (field !== null)
      setAttribute(field, "aria-activedescendant", at < 0 ? null : `${name}-${at}`);
  };
  const step = (by: number): void => {
    const count = element.children.length;
    at = at < 0 && by < 0 ? count - 1 : at + by;
    if (at >= count) at = -1;
    mark();
    const label = element.children[at]?.textContent;
    if (field !== null && label) field.value = label;
  };
  const keydown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229 || element.hidden) return;
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    step(event.key === "ArrowDown" ? 1 : -1);
  };
  // The field keeps the focus: losing it would end the naming before the click is heard.
  element.addEventListener("pointerdown", (event) => event.preventDefault(), { signal });
  element.addEventListener("mousedown", (event) => event.preventDefault(), { signal });
  element.addEventListener(
    "click",
    ({ target }) => {
      const label = target instanceof Element ? target.closest("button")?.textContent : null;
      if (field === null || !label) return;
      field.value = label;
      taken();
    },
    { signal },
  );
  return {
    element,
    attach(next, labels, done) {
      [field, all, taken] = [next, labels, done];
      setAttribute(next, "role", "combobox");
      setAttribute(next, "aria-controls", name);
      setAttribute(next, "aria-autocomplete", "list");
      next.addEventListener("keydown", keydown, { signal, capture: true });
      next.addEventListener("input", () => show(next.value), { signal });
      show("");
    },
    close() {
      field = null;
      element.hidden = true;
    },
  };
}
