// All keys on one sheet, over the photo. Opened by `?` and by the footer's button.
import { h, withKeys } from "./dom";

const KEYS: readonly (readonly [string, string])[] = [
  ["click", "add what is under the pointer"],
  ["right-click, [[Alt]] click", "take it away"],
  ["drag", "draw a box"],
  ["dotted, hatched", "a mask that Python gave"],
  ["[[1]] [[2]] [[3]]", "choose a candidate"],
  ["[[Enter]]", "accept; the next click starts another object"],
  ["[[X]]", "turn the next click’s sign"],
  ["[[P]], [[B]]", "points, box"],
  ["[[Z]], [[Shift]] [[Z]]", "undo, redo"],
  ["[[Backspace]]", "drop the last prompt"],
  ["[[H]]", "hide the masks while held"],
  ["[[+]] [[−]] [[0]]", "zoom in, out, the whole photo"],
  ["[[Ctrl]] wheel, pinch", "zoom where you point"],
  ["[[Space]] drag, middle-drag, arrows", "move the photo"],
  ["[[Esc]]", "clear; once more leaves the widget"],
  ["click an accepted object", "select it, while no prompts are open"],
  ["click it again, [[Shift]] click", "start a new object on it"],
  ["[[Enter]], double click", "reopen the selected object"],
  ["[[F2]], [[Delete]]", "rename it, delete it"],
  ["[[↑]] [[↓]] in the list", "select another; with [[Alt]] move it"],
];

export function helpSheet(): { element: HTMLElement; update(open: boolean): void } {
  const rows = KEYS.flatMap(([keys, what]) => [
    h("dt", {}, ...withKeys(keys)),
    h("dd", {}, ...withKeys(what)),
  ]);
  const element = h("div", { class: "sam-help", role: "note", "aria-label": "Keys", hidden: true });
  element.append(h("dl", {}, ...rows));
  return {
    element,
    update(open) {
      element.hidden = !open;
    },
  };
}
