// What can be done to the selected object, as buttons, for hands that know no keys; and the palette that one of them
// opens.
import type { Thing } from "../document";
import { colorName, css } from "../paint";
import { PALETTE } from "../palette";
import { t } from "../words/words";
import { h, icon, keyed, setAttribute } from "./dom";
import { ICONS } from "./icons";
import { roving } from "./roving";

/** Done to what is selected. */
export interface ToolEvents {
  reopen(): void;
  rename(): void;
  recolor(color: number): void;
  hide(): void;
  lock(): void;
  arrange(how: "merge" | "subtract" | "intersect"): void;
  delete(): void;
}

export function objectTools(
  events: ToolEvents,
  signal: AbortSignal,
): {
  readonly element: HTMLElement;
  readonly palette: HTMLElement;
  update(selected: readonly Thing[], unseen: boolean, alive: boolean): void;
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
    });
    keyed(one, keys === "" ? name : `${name} (${keys})`);
    one.append(icon(ICONS[picture]));
    one.addEventListener("click", act, { signal });
    element.append(one);
    return one;
  };
  const alone = [
    button("reopen", "reopen", [t("Reopen"), t("[[Enter]] or double click")], () =>
      events.reopen(),
    ),
    button("rename", "rename", [t("Rename"), "[[F2]]"], () => events.rename()),
  ];
  const together = [
    button("merge", "merge", [t("Make one of them"), "[[J]]"], () => events.arrange("merge")),
    button(
      "subtract",
      "subtract",
      [t("Take the others from the last selected"), "[[Shift J]]"],
      () => events.arrange("subtract"),
    ),
    button(
      "intersect",
      "intersect",
      [t("Leave what the first shares with all"), "[[Shift I]]"],
      () => events.arrange("intersect"),
    ),
  ];
  const color = button("recolor", "color", [t("Colour"), ""], () => open(!choosing));
  const eye = button("conceal", "unseen", [t("Hide on the photo"), "[[Shift H]]"], () =>
    events.hide(),
  );
  const lock = button("lock", "lock", [t("Lock against change"), "[[Shift L]]"], () =>
    events.lock(),
  );
  const trash = button("delete", "trash", [t("Delete"), "[[Delete]]"], () => events.delete());

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
      if (shown !== null) events.recolor(i);
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
  const refresh = roving(element, signal);

  return {
    element,
    palette,
    update(several, unseen, alive) {
      const [selected = null] = several;
      if (selected?.object.id !== shown?.object.id) open(false);
      shown = selected;
      element.hidden = selected === null;
      const free = alive && several.every(({ object }) => !object.protected);
      for (const one of [...alone, ...together, color, trash]) one.disabled = !free;
      for (const one of alone) one.hidden = several.length > 1;
      for (const one of together) one.hidden = several.length < 2;
      lock.disabled = !alive;
      setAttribute(lock, "aria-pressed", selected?.object.protected ? "true" : "false");
      setAttribute(eye, "aria-pressed", unseen ? "true" : "false");
      refresh();
      if (selected === null) return;
      const place = selected.object.color % colors.length;
      for (const [i, one] of colors.entries()) {
        setAttribute(one, "aria-pressed", i === place ? "true" : "false");
      }
    },
  };
}
