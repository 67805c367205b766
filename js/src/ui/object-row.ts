// One accepted object in the list: its number, its name, its share of the photo; and the field in which it is renamed.
import type { Thing } from "../document";
import { colorOf, css } from "../paint";
import { t } from "../words/words";
import { h, icon, setAttribute, setText } from "./dom";
import { ICONS } from "./icons";
import type { Naming } from "./naming";
import { shareOf } from "./numbers";

/** Letters of a name. */
const LONGEST = 200;
/** Steps that a row of a part is moved in at the most. */
const DEEPEST = 3;

export interface RowState {
  readonly thing: Thing;
  readonly pixels: number; // of the image
  readonly area: (thing: Thing) => number | null; // image pixels; null while its mask is on its way
  readonly selected: boolean;
  readonly reached: boolean; // by Tab: one row is, and arrows lead to the others
  readonly unseen: boolean;
  readonly color: number; // its place in the palette
  readonly depth: number; // 0: it is a part of nothing
}

export interface Row {
  readonly element: HTMLElement;
  show(state: RowState): void;
  rename(): void;
}

export interface RowEvents {
  called(id: string, label: string): void;
  labels(): readonly string[];
  refused(thing: Thing): void; // it is locked against change
  readonly offered: Naming;
}

export function rowOf(events: RowEvents, signal: AbortSignal): Row {
  const swatch = h("span", { class: "sam-swatch" });
  const name = h("span", { class: "sam-object-name" });
  const hidden = h("span", { class: "sam-object-unseen", title: t("Hidden here") });
  hidden.append(icon(ICONS.unseen));
  const locked = h("span", { class: "sam-object-protected", title: t("Locked against change") });
  locked.append(icon(ICONS.lock));
  const share = h("span", { class: "sam-fine" });
  const element = h("li", { role: "option", tabindex: -1 }, swatch, name, locked, hidden, share);
  let shown: RowState | null = null;
  let field: HTMLInputElement | null = null;

  /** Ends the renaming, if it is under way. */
  const end = (taken: boolean): void => {
    const [ended, thing] = [field, shown?.thing];
    field = null; // before it loses the focus, which ends it too
    if (ended === null || thing === undefined) return;
    events.offered.close();
    const held = ended.matches(":focus");
    ended.replaceWith(name);
    if (held) element.focus({ preventScroll: true });
    if (taken) events.called(thing.object.id, ended.value);
  };
  const keydown = (event: KeyboardEvent): void => {
    event.stopPropagation(); // letters are letters here
    if (event.isComposing || event.keyCode === 229) return; // Enter ends a syllable, not the name
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    end(event.key === "Enter");
  };

  return {
    element,
    show(state) {
      const { thing, pixels, area, selected, reached, unseen, color, depth } = state;
      const { object, finished, number } = thing;
      const before = shown;
      if (before !== null && object.id !== before.thing.object.id) end(false);
      shown = state;
      if (selected !== before?.selected) setAttribute(element, "aria-selected", String(selected));
      if (reached !== before?.reached) element.tabIndex = reached ? 0 : -1;
      const same =
        object === before?.thing.object &&
        finished?.key === before.thing.finished?.key &&
        number === before.thing.number &&
        unseen === before.unseen &&
        color === before.color &&
        depth === before.depth;
      if (same) return;
      const covered = area(thing);
      const part = covered === null ? null : shareOf(covered, pixels);
      const called = object.label || t("object");
      swatch.style.setProperty("--sam-color", css(colorOf(color)));
      setText(swatch, String(number));
      setText(name, called);
      setText(share, part ?? t("on its way"));
      hidden.hidden = !unseen;
      locked.hidden = !object.protected;
      setAttribute(element, "data-depth", depth || null);
      element.style.setProperty("--sam-depth", String(Math.min(depth, DEEPEST)));
      setAttribute(element, "title", object.label || null);
      setAttribute(element, "data-object", object.id);
      const size =
        part === null ? t("its mask is on its way") : t("{share} of the photo", { share: part });
      const words = [String(number), called, size];
      if (depth > 0) words.push(t("part of another"));
      if (unseen) words.push(t("hidden"));
      if (object.protected) words.push(t("locked"));
      setAttribute(element, "aria-label", words.join(", "));
    },
    rename() {
      if (shown === null || field !== null) return;
      if (shown.thing.object.protected) return events.refused(shown.thing);
      field = h("input", {
        class: "sam-object-field",
        type: "text",
        maxlength: LONGEST,
        "aria-label": t("Name of object {n}", { n: shown.thing.number }),
        autocomplete: "off",
        spellcheck: "false",
      });
      field.value = shown.thing.object.label;
      field.addEventListener("keydown", keydown, { signal });
      field.addEventListener("keyup", (event) => event.stopPropagation(), { signal });
      field.addEventListener("dblclick", (event) => event.stopPropagation(), { signal });
      field.addEventListener("blur", () => end(true), { signal });
      name.replaceWith(field);
      events.offered.attach(field, events.labels(), () => end(true));
      field.focus({ preventScroll: true });
      field.select();
    },
  };
}
