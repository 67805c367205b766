// The accepted objects, by colour, number and name. Pointing at one brings its outline out on the photo.
import type { Answer, ObjectRecord } from "../document";
import { chosenOf } from "../document";
import { colorOf, css } from "../paint";
import { shareOf } from "./candidates";
import { h, setAttribute } from "./dom";

export interface Accepted {
  readonly object: ObjectRecord;
  readonly answer: Answer | null;
}

export function objectsList(
  point: (object: string | null) => void,
  signal: AbortSignal,
): { element: HTMLElement; update(accepted: readonly Accepted[], pixels: number): void } {
  const list = h("ol", { class: "sam-object-list" });
  const element = h("section", { class: "sam-objects", "aria-label": "Accepted objects" });
  element.append(h("h3", {}, "Accepted"), list);
  const pointed = (event: PointerEvent): void => {
    const row = event.target instanceof Element ? event.target.closest("li") : null;
    point(row?.dataset.object ?? null);
  };
  list.addEventListener("pointerover", pointed, { signal });
  list.addEventListener("pointerleave", () => point(null), { signal });
  let shown = "";
  return {
    element,
    update(accepted, pixels) {
      element.hidden = accepted.length === 0;
      const rows = accepted.map(({ object, answer }) => {
        const candidate = answer?.candidates[chosenOf(object, answer)];
        const share = candidate === undefined ? "on its way" : shareOf(candidate.area, pixels);
        return { object, name: object.label || "object", share };
      });
      const now = JSON.stringify(rows.map(({ object, name, share }) => [object.id, name, share]));
      if (now === shown) return;
      shown = now;
      list.replaceChildren(
        ...rows.map(({ object, name, share }, i) => {
          const swatch = h("span", { class: "sam-swatch" }, String(i + 1));
          swatch.style.setProperty("--sam-color", css(colorOf(object.color)));
          const row = h(
            "li",
            {},
            swatch,
            h("span", {}, name),
            h("span", { class: "sam-fine" }, share),
          );
          setAttribute(row, "data-object", object.id);
          return row;
        }),
      );
    },
  };
}
