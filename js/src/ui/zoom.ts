// How near the photo is, in the footer, where it covers nothing: farther, the whole photo, nearer.

import { t } from "../words/words";
import type { Zoom } from "./bindings";
import { h, icon, keyed, setAttribute, setText } from "./dom";
import { ICONS } from "./icons";

export function zoomControl(
  act: (zoom: Zoom) => void,
  signal: AbortSignal,
): { element: HTMLElement; update(zoom: number, most: number): void } {
  const button = (action: Zoom, name: string, keys: string): HTMLButtonElement => {
    const one = h("button", {
      type: "button",
      class: `sam-zoom-${action}`,
      "data-action": `zoom-${action}`,
      "aria-label": name,
    });
    keyed(one, `${name} (${keys})`);
    one.addEventListener("click", () => act(action), { signal });
    return one;
  };
  const out = button("out", t("Zoom out"), "[[−]]");
  const fit = button("fit", t("Show the whole photo"), "[[0]]");
  const closer = button("in", t("Zoom in"), t("[[+]], Ctrl+wheel or pinch"));
  out.append(icon(ICONS.minus));
  closer.append(icon(ICONS.plus));
  const element = h("div", { class: "sam-zoom", role: "group", "aria-label": t("Zoom") });
  element.append(out, fit, closer);
  return {
    element,
    update(zoom, most) {
      const times = timesOf(zoom);
      setText(fit, times ?? t("Fit"));
      setAttribute(element, "data-zoomed", times !== null);
      const name = t("Fit: whole photo shown");
      setAttribute(
        fit,
        "aria-label",
        times === null ? name : t("{times}, show the whole photo", { times }),
      );
      // Not `disabled`: a button that has the focus would lose it, and the widget its keys.
      setAttribute(out, "aria-disabled", times === null ? "true" : null);
      setAttribute(fit, "aria-disabled", times === null ? "true" : null);
      setAttribute(closer, "aria-disabled", zoom >= most ? "true" : null);
    },
  };
}

/** `3.2×`, `16×`: how many times larger than when the whole photo is shown; null when it is. */
export function timesOf(zoom: number): string | null {
  if (zoom === 1) return null;
  return `${zoom < 9.95 ? Number(zoom.toFixed(1)) : Math.round(zoom)}×`;
}
