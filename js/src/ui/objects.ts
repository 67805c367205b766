// The accepted objects, a row each, and what can be done to the selected one. Shows what it is given and says what a
// hand or a key asks for; it decides nothing, but where the focus goes when rows come and go.
import type { Thing } from "../document";
import { t } from "../words/words";
import { h, setAttribute } from "./dom";
import { type Row, rowOf } from "./object-row";
import { objectTools } from "./object-tools";

export interface ObjectsEvents {
  point(id: string | null): void;
  select(id: string): void;
  called(id: string, label: string): void; // its new name
  recolor(id: string, color: number): void;
  leave(): void; // the focus was in the list, and has nowhere to be there
  // To the selected one:
  reopen(): void;
  rename(): void;
  hide(): void;
  delete(): void;
  move(by: number): void; // rows further down
}

export interface ObjectsState {
  readonly accepted: readonly Thing[];
  readonly selected: Thing | null;
  readonly unseen: ReadonlySet<string>;
  readonly pixels: number; // of the image
  readonly area: (thing: Thing) => number | null; // image pixels; null while its mask is on its way
  readonly alive: boolean; // whether anything can be changed
}

export interface ObjectsList {
  readonly element: HTMLElement;
  update(state: ObjectsState): void;
  /** The name of an object becomes a text field. */
  rename(id: string): void;
}

export function objectsList(events: ObjectsEvents, signal: AbortSignal): ObjectsList {
  const list = h("ol", { class: "sam-object-list", role: "listbox", "aria-label": t("Accepted") });
  const tools = objectTools(events, signal);
  const head = h("div", { class: "sam-objects-head" }, h("h3", {}, t("Accepted")), tools.element);
  const element = h("section", {
    class: "sam-objects",
    "aria-label": t("Accepted objects"),
    hidden: true,
  });
  element.append(head, tools.palette, list);
  const rows: Row[] = [];

  const idAt = ({ target }: Event): string | null => {
    const row = target instanceof Element ? target.closest("li") : null;
    return row?.dataset.object ?? null;
  };
  const select = (event: Event): void => {
    const id = idAt(event);
    if (id !== null) events.select(id);
  };
  list.addEventListener("pointerover", (event) => events.point(idAt(event)), { signal });
  list.addEventListener("pointerleave", () => events.point(null), { signal });
  list.addEventListener("focusin", select, { signal });
  list.addEventListener("click", select, { signal });
  list.addEventListener("dblclick", (event) => idAt(event) && events.reopen(), { signal });

  const go = (to: number): void => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, to))];
    row?.element.focus({ preventScroll: true }); // which selects it
  };
  const KEYS: { readonly [key: string]: (at: number) => void } = {
    ArrowUp: (at) => go(at - 1),
    ArrowDown: (at) => go(at + 1),
    Home: () => go(0),
    End: () => go(rows.length - 1),
    Enter: () => events.reopen(),
    F2: (at) => rows[at]?.rename(),
    Delete: () => events.delete(),
    Backspace: () => events.delete(),
    "Alt ArrowUp": () => events.move(-1),
    "Alt ArrowDown": () => events.move(1),
  };
  list.addEventListener(
    "keydown",
    (event) => {
      const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
      const act = ctrlKey || metaKey || shiftKey ? undefined : KEYS[altKey ? `Alt ${key}` : key];
      const id = idAt(event); // not what was selected when it was last painted: hands are quick
      const at = rows.findIndex(({ element }) => element.dataset.object === id);
      if (act === undefined || at < 0) return;
      event.preventDefault();
      event.stopPropagation(); // to the photo and the host these mean something else
      if (!event.repeat || key.startsWith("Arrow")) act(at);
    },
    { signal },
  );

  /** Brings a row into sight, and moves nothing but the list. */
  const reveal = (row: HTMLElement): void => {
    const [seen, box] = [list.getBoundingClientRect(), row.getBoundingClientRect()];
    if (box.top < seen.top) list.scrollTop -= seen.top - box.top;
    else if (box.bottom > seen.bottom) list.scrollTop += box.bottom - seen.bottom;
  };
  let revealed: string | null = null;

  return {
    element,
    rename: (id) => rows.find((row) => row.element.dataset.object === id)?.rename(),
    /** Only the rows whose object, answer or look is another one are touched. */
    update({ accepted, selected: one, unseen, pixels, area, alive }) {
      const before = rows.length;
      const held = list.matches(":focus-within");
      const used = element.matches(":focus-within");
      for (const row of rows.splice(accepted.length)) row.element.remove();
      while (rows.length < accepted.length) rows.push(rowOf(events, signal));
      const at =
        one === null ? -1 : accepted.findIndex(({ object }) => object.id === one.object.id);
      for (const [i, thing] of accepted.entries()) {
        const { id } = thing.object;
        const reached = i === Math.max(0, at);
        rows[i]?.show({ thing, pixels, area, selected: i === at, reached, unseen: unseen.has(id) });
      }
      tools.update(one, one !== null && unseen.has(one.object.id), alive);
      if (rows.length !== before) {
        element.hidden = rows.length === 0;
        list.append(...rows.slice(before).map((row) => row.element));
        if (rows.length > before) list.scrollTop = list.scrollHeight; // the newest is seen
      }
      const row = rows[at];
      const name = one && `${one.object.id} ${at}`;
      if (row !== undefined && name !== revealed) reveal(row.element);
      revealed = name;
      if (held && row !== undefined && !row.element.matches(":focus-within")) {
        row.element.focus({ preventScroll: true });
      } else if (used && (row === undefined || !element.matches(":focus-within"))) events.leave();
      setAttribute(list, "aria-disabled", !alive ? "true" : null);
    },
  };
}
