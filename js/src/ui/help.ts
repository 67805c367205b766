// All keys on one sheet, over the photo. Opened by `?` and by the footer's button.
import { t } from "../words/words";
import type { Bindings } from "./bindings";
import { h, withKeys } from "./dom";

/** What keys and hands do, by what a person is at. */
const KEYS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    t("What you want"),
    [
      [t("click"), t("add what is under the pointer")],
      [t("right-click, [[Alt]] click"), t("take it away")],
      ["[[X]]", t("turn the next click’s sign")],
      ["[[P]], [[B]]", t("points, box")],
      [t("drag"), t("draw a box")],
      [t("[[Shift]] drag"), t("one more box, for a thing in pieces")],
      ["[[L]]", t("draw a line along it, or with the other sign off it")],
      [t("[[K]], then arrows, [[Space]]"), t("a crosshair by keys; a box by two corners")],
      [t("drag a point, a box’s edge"), t("move it; a box’s corner resizes it")],
      [t("right-click a point, a box’s corner"), t("take it out, as [[Delete]] on it does")],
      [t("dotted, hatched"), t("a mask that Python gave")],
      ["[[Backspace]]", t("drop the last prompt or stroke")],
    ],
  ],
  [
    t("Which mask"),
    [
      ["[[1]] [[2]] [[3]]", t("choose a candidate")],
      ["[[Enter]]", t("accept; the next click starts another object")],
      ["[[Q]]", t("accept all three: the whole, and its parts")],
      ["[[T]]", t("one object a click: each is accepted at once")],
      ["[[W]]", t("show where the three differ")],
      ["[[N]], [[Shift N]]", t("make the suggested click, or its opposite")],
      ["[[F]]", t("look from nearer: finer where things are small")],
      ["[[V]]", t("masks before the click, on and off")],
      ["[[G]]", t("show what is wrong, where the truth is known")],
    ],
  ],
  [
    t("Correct it"),
    [
      ["[[Z]], [[Shift Z]]", t("undo, redo")],
      ["[[Esc]]", t("clear; once more leaves the widget")],
      ["[[D]], [[E]]", t("paint or erase by hand, exactly")],
      [t("[[[]] [[]]], [[Alt]] wheel"), t("a thinner or thicker brush")],
      ["[[C]]", t("clean up: specks go, holes are filled")],
    ],
  ],
  [
    t("Many at once"),
    [
      ["[[A]]", t("find everything; once more stops, then closes")],
      ["[[O]]", t("find what is like the object; [[Enter]] accepts one, [[Delete]] refuses it")],
    ],
  ],
  [
    t("Accepted objects"),
    [
      [t("click an accepted object"), t("select it, while no prompts are open")],
      [t("click it again, [[Shift]] click"), t("start a new object on it")],
      [t("[[Enter]], double click"), t("reopen the selected object")],
      ["[[F2]], [[Delete]]", t("rename it, delete it")],
      [t("[[↑]] [[↓]] in the list"), t("select another; with [[Alt]] move it")],
      [
        t("[[Shift]], [[Ctrl]] click in the list"),
        t("select several; by keys [[Shift]] and arrows"),
      ],
      ["[[J]], [[Shift J]], [[Shift I]]", t("make one of them; subtract, intersect them")],
      ["[[Shift L]], [[Shift H]]", t("lock it against change; hide it on the photo")],
    ],
  ],
  [
    t("The photo"),
    [
      ["[[+]] [[−]] [[0]]", t("zoom in, out, the whole photo")],
      [t("[[Ctrl]] wheel, pinch"), t("zoom where you point")],
      [t("[[Space]] drag, middle-drag, arrows"), t("move the photo")],
      ["[[H]]", t("hide the masks while held")],
    ],
  ],
  [
    t("Many photos"),
    [
      ["[[,]] [[.]]", t("of many photos: the one before, the next")],
      ["[[R]]", t("review many photos, by the next four keys")],
      ["[[Y]] [[I]] [[U]] [[M]]", t("accept, fail or defer the photo; a note on it")],
    ],
  ],
];

export function helpSheet(): {
  element: HTMLElement;
  update(open: boolean, bindings: Bindings): void;
} {
  const lists = KEYS.map(() => h("dl"));
  const element = h("div", {
    class: "sam-help",
    role: "note",
    tabindex: 0, // it scrolls, and so do keys
    "aria-label": t("Keys"),
    hidden: true,
  });
  element.append(...KEYS.flatMap(([name], i) => [h("h3", {}, name), ...lists.slice(i, i + 1)]));
  let shown: Bindings | null = null;
  return {
    element,
    update(open, bindings) {
      element.hidden = !open;
      if (!open || shown === bindings) return;
      shown = bindings;
      for (const [i, [, keys]] of KEYS.entries()) {
        const rows = keys.flatMap(([caps, what]) => [
          h("dt", {}, ...withKeys(caps, bindings)),
          h("dd", {}, ...withKeys(what, bindings)),
        ]);
        lists[i]?.replaceChildren(...rows);
      }
    },
  };
}
