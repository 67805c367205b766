// What can be done to the selected object, as buttons, for hands that know no keys; and the palette that one of them
// opens.
import type { Thing } from "../document";
import { colorName, css } from "../paint";
import { PALETTE } from "../palette";
import { t } from "../words/words";
import { h, icon, setAttribute } from "./dom";
import { ICONS } from "./icons";

export interface ToolEvents {
  reopen(): void;
  rename(): void;
  recolor(id: string, color: number): void;
  hide(): void;
  delete(): void;
}

export function objectTools(
  events: ToolEvents,
  signal: AbortSignal,
): {
  readonly element: HTMLElement;
  readonly palette: HTMLElement;
  update(selected: Thing | null, unseen: boolean, alive: boolean): void;
} {
  let shown: Thing | null = null;
  let choosing = false;
  const element = h("div", {
    class: "sam-object-tools",
    role: "toolbar",
    "aria-label": t("Selected object"),
    hidden: true,
  });
  const button = (
    action: string,
    picture: keyof typeof ICONS,
    [name, keys]: readonly [string, string],
    act: () => void,
  ): HTMLButtonElement => {
    const one = h("button", {
      type: "button",
      class: "sam-small",
      "data-action": action,
      "aria-label": name,
      title: keys === "" ? name : `${name} (${keys})`,
    });
    one.append(icon(ICONS[picture]));
    one.addEventListener("click", act, { signal });
    element.append(one);
    return one;
  };
  const changing = [
    button("reopen", "reopen", [t("Reopen"), t("Enter or double click")], () => events.reopen()),
    button("rename", "rename", [t("Rename"), "F2"], () => events.rename()),
  ];
  const color = button("recolor", "color", [t("Colour"), ""], () => open(!choosing));
  const eye = button("conceal", "eye", [t("Hide here"), ""], () => events.hide());
  changing.push(
    color,
    button("delete", "trash", [t("Delete"), "Delete"], () => events.delete()),
  );

  const palette = h("div", { class: "sam-palette", role: "group", "aria-label": t("Colour") });
  palette.hidden = true;
  const colors = PALETTE.map((rgb, i) => {
    const one = h("button", {
      type: "button",
      class: "sam-color",
      "aria-label": colorName(i),
      title: colorName(i),
    });
    one.style.setProperty("--sam-color", css(rgb));
    const take = (): void => {
      if (shown !== null) events.recolor(shown.object.id, i);
      open(false);
    };
    one.addEventListener("click", take, { signal });
    return one;
  });
  palette.append(...colors);
  const open = (yes: boolean): void => {
    const held = palette.matches(":focus-within");
    choosing = yes;
    palette.hidden = !yes;
    setAttribute(color, "aria-expanded", yes ? "true" : "false");
    if (held) color.focus({ preventScroll: true });
    else if (yes)
      colors[(shown?.object.color ?? 0) % colors.length]?.focus({ preventScroll: true });
  };
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    open(false);
  };
  palette.addEventListener("keydown", leave, { signal });
  open(false);

  return {
    element,
    palette,
    update(selected, unseen, alive) {
      if (selected?.object.id !== shown?.object.id) open(false);
      shown = selected;
      element.hidden = selected === null;
      for (const one of changing) one.disabled = !alive;
      setAttribute(eye, "aria-pressed", unseen ? "true" : "false");
      if (selected === null) return;
      const place = selected.object.color % colors.length;
      for (const [i, one] of colors.entries()) {
        setAttribute(one, "aria-pressed", i === place ? "true" : "false");
      }
    },
  };
}
