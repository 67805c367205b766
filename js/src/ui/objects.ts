// The accepted objects, by colour, number and name. Pointing at one brings its outline out on the photo.
import { chosenOf, type Thing } from "../document";
import { colorOf, css } from "../paint";
import { shareOf } from "./candidates";
import { h, setAttribute, setText } from "./dom";

export function objectsList(
  point: (object: string | null) => void,
  signal: AbortSignal,
): { element: HTMLElement; update(accepted: readonly Thing[], pixels: number): void } {
  const list = h("ol", { class: "sam-object-list" });
  const element = h("section", {
    class: "sam-objects",
    "aria-label": "Accepted objects",
    hidden: true,
  });
  element.append(h("h3", {}, "Accepted"), list);
  const pointed = (event: PointerEvent): void => {
    const row = event.target instanceof Element ? event.target.closest("li") : null;
    point(row?.dataset.object ?? null);
  };
  list.addEventListener("pointerover", pointed, { signal });
  list.addEventListener("pointerleave", () => point(null), { signal });
  const rows: Row[] = [];
  return {
    element,
    /** Only the rows whose object or answer is another one are touched. */
    update(accepted, pixels) {
      const before = rows.length;
      for (const row of rows.splice(accepted.length)) row.element.remove();
      while (rows.length < accepted.length) rows.push(rowOf(rows.length + 1));
      for (const [i, thing] of accepted.entries()) rows[i]?.show(thing, pixels);
      if (rows.length === before) return;
      element.hidden = rows.length === 0;
      list.append(...rows.slice(before).map((row) => row.element));
      if (rows.length > before) list.scrollTop = list.scrollHeight; // the newest is seen
    },
  };
}

interface Row {
  readonly element: HTMLElement;
  show(thing: Thing, pixels: number): void;
}

function rowOf(number: number): Row {
  const swatch = h("span", { class: "sam-swatch" }, String(number));
  const name = h("span");
  const share = h("span", { class: "sam-fine" });
  const element = h("li", {}, swatch, name, share);
  let shown: Thing | null = null;
  return {
    element,
    show(thing, pixels) {
      const { object, answer } = thing;
      if (object === shown?.object && answer === shown.answer) return;
      shown = thing;
      const candidate = answer?.candidates[chosenOf(object, answer)];
      swatch.style.setProperty("--sam-color", css(colorOf(object.color)));
      setText(name, object.label || "object");
      setText(share, candidate === undefined ? "on its way" : shareOf(candidate.area, pixels));
      setAttribute(element, "data-object", object.id);
    },
  };
}
