// The accepted objects, a row each, and what can be done to the selected one. Shows what it is given and says what a
// hand or a key asks for; it decides nothing, but where the focus goes when rows come and go.
import type { Dye } from "../coloring";
import type { Thing } from "../document";
import { t } from "../words/words";
import { h, setAttribute } from "./dom";
import { naming } from "./naming";
import { type Row, rowOf } from "./object-row";
import { objectTools, type ToolEvents } from "./object-tools";
import { type WaysEvents, type WaysState, ways } from "./ways";

/** How a row is selected: alone, with all up to it, or beside those that are. */
export type Way = "alone" | "range" | "beside";

export interface ObjectsEvents extends ToolEvents, WaysEvents {
  point(id: string | null): void;
  select(id: string, way: Way): void;
  all(): void; // are selected
  called(id: string, label: string): void; // its new name
  labels(): readonly string[]; // that are offered for one
  refused(thing: Thing): void; // it is locked against change
  leave(): void; // the focus was in the list, and has nowhere to be there
  move(by: number): void; // the selected one, rows further down
}

export interface ObjectsState extends WaysState {
  readonly busy: boolean; // the kernel puts some of them together
  readonly accepted: readonly Thing[];
  readonly selected: readonly Thing[]; // the one that keys go on from first
  readonly dye: Dye;
  readonly unseen: ReadonlySet<string>;
  readonly pixels: number; // of the image
  readonly area: (thing: Thing) => number | null; // image pixels; null while its mask is on its way
}

export interface ObjectsList {
  readonly element: HTMLElement;
  update(state: ObjectsState): void;
  /** The name of an object becomes a text field. */
  rename(id: string): void;
}

export function objectsList(events: ObjectsEvents, signal: AbortSignal): ObjectsList {
  const list = h("ol", { class: "sam-object-list", role: "listbox", "aria-label": t("Accepted") });
  setAttribute(list, "aria-multiselectable", "true");
  const tools = objectTools(events, signal);
  const beside = ways(events, signal);
  // Where nothing is selected, the ways stand where its tools would.
  const title = h("h3", {}, t("Accepted"));
  const head = h("div", { class: "sam-objects-head" }, title, tools.element, beside.element);
  const element = h("section", {
    class: "sam-objects",
    "aria-label": t("Accepted objects"),
    hidden: true,
  });
  const offered = naming(signal);
  element.append(head, tools.palette, offered.element, list, beside.note);
  const rows: Row[] = [];
  const named = { ...events, offered };

  const idAt = ({ target }: Event): string | null => {
    const row = target instanceof Element ? target.closest("li") : null;
    return row?.dataset.object ?? null;
  };
  // A press brings the focus and then a click: the click says how the row is selected.
  let pressed = false;
  let way: Way | null = "alone"; // of the focus that comes; null: it brings no selection
  const press = (down: boolean) => (): void => void (pressed = down);
  const focused = (event: Event): void => {
    const id = idAt(event);
    if (id !== null && !pressed && way !== null) events.select(id, way);
  };
  const clicked = (event: MouseEvent): void => {
    const id = idAt(event);
    const { shiftKey, ctrlKey, metaKey } = event;
    if (id === null || event.target instanceof HTMLInputElement) return;
    events.select(id, shiftKey ? "range" : ctrlKey || metaKey ? "beside" : "alone");
  };
  list.addEventListener("pointerover", (event) => events.point(idAt(event)), { signal });
  list.addEventListener("pointerleave", () => events.point(null), { signal });
  list.addEventListener("pointerdown", press(true), { signal });
  for (const end of ["pointerup", "pointercancel", "pointerleave"])
    list.addEventListener(end, press(false), { signal });
  list.addEventListener("mousedown", (event) => event.shiftKey && event.preventDefault(), {
    signal,
  });
  list.addEventListener("focusin", focused, { signal });
  list.addEventListener("click", clicked, { signal });
  list.addEventListener("dblclick", (event) => idAt(event) && events.reopen(), { signal });

  const go = (to: number, how: Way = "alone"): void => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, to))];
    way = how;
    row?.element.focus({ preventScroll: true }); // which selects it
    way = "alone";
  };
  /** The focus goes to a row, and what is selected stays. */
  const rest = (row: Row): void => {
    way = null;
    row.element.focus({ preventScroll: true });
    way = "alone";
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
    "Shift ArrowUp": (at) => go(at - 1, "range"),
    "Shift ArrowDown": (at) => go(at + 1, "range"),
    "Shift Home": () => go(0, "range"),
    "Shift End": () => go(rows.length - 1, "range"),
    "Ctrl a": () => events.all(),
    "Alt ArrowUp": () => events.move(-1),
    "Alt ArrowDown": () => events.move(1),
  };
  list.addEventListener(
    "keydown",
    (event) => {
      const { key, code, altKey, ctrlKey, metaKey, shiftKey } = event;
      const held = { Ctrl: ctrlKey || metaKey, Alt: altKey, Shift: shiftKey };
      const caps = Object.entries(held).flatMap(([cap, down]) => (down ? [cap] : []));
      const act = KEYS[[...caps, code === "KeyA" ? "a" : key].join(" ")];
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
    update(state) {
      const { accepted, selected: several, unseen, pixels, area, dye, alive } = state;
      const [one = null] = several;
      const chosen = new Set(several.map(({ object }) => object.id));
      const depths = depthsOf(accepted);
      const before = rows.length;
      const held = list.matches(":focus-within");
      const used = element.matches(":focus-within");
      for (const row of rows.splice(accepted.length)) row.element.remove();
      while (rows.length < accepted.length) rows.push(rowOf(named, signal));
      const at =
        one === null ? -1 : accepted.findIndex(({ object }) => object.id === one.object.id);
      for (const [i, thing] of accepted.entries()) {
        const { id } = thing.object;
        const reached = i === Math.max(0, at);
        rows[i]?.show({
          ...{ thing, pixels, area, reached, selected: chosen.has(id), unseen: unseen.has(id) },
          ...{ color: dye(thing.object), depth: depths.get(id) ?? 0 },
        });
      }
      tools.update(several, one !== null && unseen.has(one.object.id), alive);
      beside.update(state);
      beside.element.hidden = one !== null;
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
        rest(row);
      } else if (used && (row === undefined || !element.matches(":focus-within"))) events.leave();
      setAttribute(list, "aria-busy", state.busy ? "true" : null);
      setAttribute(list, "aria-disabled", !alive ? "true" : null);
    },
  };
}

/** How deep each object is a part of others. */
function depthsOf(accepted: readonly Thing[]): ReadonlyMap<string, number> {
  const parents = new Map(accepted.map(({ object }) => [object.id, object.parent]));
  const depths = new Map<string, number>();
  for (const [id] of parents) {
    let depth = 0;
    let above = parents.get(id) ?? null;
    while (above !== null && parents.has(above) && depth < parents.size) {
      depth += 1;
      above = parents.get(above) ?? null;
    }
    if (depth > 0) depths.set(id, depth);
  }
  return depths;
}
