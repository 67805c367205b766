// Which key does what, with the person's own choices, and how a key is written on a cap. No event is heard here.
import { KEYS, type KeyName } from "../keymap";

/** Nearer, farther, the whole picture. */
export type Zoom = "in" | "out" | "fit";

/** One step to where an arrow shows, or a far one. */
export interface Pan {
  readonly do: "pan";
  readonly x: number;
  readonly y: number;
  readonly far: boolean;
}

/** What is done among many photos. */
export type FilmCommand =
  | { readonly do: "leaf"; readonly by: 1 | -1 }
  | { readonly do: "review" | "note" }
  | { readonly do: "judge"; readonly verdict: "accept" | "fail" | "defer" };

export type Command =
  | { readonly do: "choose"; readonly index: number }
  | { readonly do: "zoom"; readonly zoom: Zoom }
  | { readonly do: "next"; readonly opposite: boolean } // the suggested click
  | Pan
  | FilmCommand
  | {
      readonly do:
        | "flip"
        | "undo"
        | "redo"
        | "accept"
        | "escape"
        | "dropLast"
        | "rename"
        | "hide"
        | "hover"
        | "point"
        | "box"
        | "stroke"
        | "brush"
        | "eraser"
        | "everything"
        | "alike"
        | "tidy"
        | "differ"
        | "errors"
        | "sharpen"
        | "thicker"
        | "thinner"
        | "crosshair"
        | "place"
        | "turbo"
        | "parts"
        | "merge"
        | "subtract"
        | "intersect"
        | "lock"
        | "conceal"
        | "help";
    };

const pan = (x: number, y: number, far = false): Pan => ({ do: "pan", x, y, far });

const COMMANDS: { readonly [name in KeyName]: Command } = {
  choose_1: { do: "choose", index: 0 },
  choose_2: { do: "choose", index: 1 },
  choose_3: { do: "choose", index: 2 },
  accept: { do: "accept" },
  clear: { do: "escape" },
  undo: { do: "undo" },
  redo: { do: "redo" },
  drop_last: { do: "dropLast" },
  flip: { do: "flip" },
  point: { do: "point" },
  box: { do: "box" },
  stroke: { do: "stroke" },
  brush: { do: "brush" },
  eraser: { do: "eraser" },
  thinner: { do: "thinner" },
  thicker: { do: "thicker" },
  everything: { do: "everything" },
  alike: { do: "alike" },
  tidy: { do: "tidy" },
  differ: { do: "differ" },
  errors: { do: "errors" },
  sharpen: { do: "sharpen" },
  next: { do: "next", opposite: false },
  next_opposite: { do: "next", opposite: true },
  crosshair: { do: "crosshair" },
  place: { do: "place" },
  hide: { do: "hide" },
  hover: { do: "hover" },
  rename: { do: "rename" },
  zoom_in: { do: "zoom", zoom: "in" },
  zoom_out: { do: "zoom", zoom: "out" },
  fit: { do: "zoom", zoom: "fit" },
  next_photo: { do: "leaf", by: 1 },
  previous_photo: { do: "leaf", by: -1 },
  review: { do: "review" },
  accept_photo: { do: "judge", verdict: "accept" },
  fail_photo: { do: "judge", verdict: "fail" },
  defer_photo: { do: "judge", verdict: "defer" },
  note: { do: "note" },
  left: pan(-1, 0),
  right: pan(1, 0),
  up: pan(0, -1),
  down: pan(0, 1),
  far_left: pan(-1, 0, true),
  far_right: pan(1, 0, true),
  far_up: pan(0, -1, true),
  far_down: pan(0, 1, true),
  turbo: { do: "turbo" },
  keep_parts: { do: "parts" },
  merge: { do: "merge" },
  subtract: { do: "subtract" },
  intersect: { do: "intersect" },
  lock: { do: "lock" },
  conceal: { do: "conceal" },
  help: { do: "help" },
};

/** Commands by name -> the key that a person gave them, as `KeyboardEvent.code`, perhaps after `Shift+`. */
export type Shortcuts = { readonly [name: string]: string };

/** What keys do; those that a person chose go before what is printed on a key, the others after. */
export interface Bindings {
  readonly chosen: ReadonlyMap<string, Command>;
  readonly own: ReadonlyMap<string, Command>;
  /** The caps of a command, by the cap that is its own: `Enter` -> `Space`. */
  readonly caps: ReadonlyMap<string, string>;
}

const known = new WeakMap<Shortcuts, Bindings>(); // of several widgets on a page

/** The keys that there are with these choices; the kernel has refused those that cannot be. */
export function bindingsOf(shortcuts: Shortcuts): Bindings {
  const before = known.get(shortcuts);
  if (before !== undefined) return before;
  const chosen = new Map<string, Command>();
  const own = new Map<string, Command>();
  const caps = new Map<string, string>();
  for (const name of Object.keys(KEYS) as KeyName[]) {
    const code = shortcuts[name];
    if (code === undefined) {
      for (const each of KEYS[name]) own.set(each, COMMANDS[name]);
      continue;
    }
    chosen.set(code, COMMANDS[name]);
    for (const cap of [...KEYS[name].map(capOf), ...(PRINTED_CAPS[name] ?? [])]) {
      caps.set(cap, capOf(code));
    }
  }
  const bindings = { chosen, own, caps };
  known.set(shortcuts, bindings);
  return bindings;
}

/** Of the keys that are known by what is printed on them. */
const PRINTED_CAPS: { readonly [name: string]: readonly string[] } = {
  zoom_in: ["+"],
  zoom_out: ["−"],
  help: ["?"],
};

/** What nobody has changed. */
export const OWN: Bindings = bindingsOf({});

const CAPS: { readonly [code: string]: string } = {
  Escape: "Esc",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  BracketLeft: "[",
  BracketRight: "]",
  Minus: "−",
  Equal: "=",
  Comma: ",",
  Period: ".",
  Slash: "/",
  Semicolon: ";",
  Quote: "'",
  Backquote: "`",
  Backslash: "\\",
};

/** What is written on a key: `KeyZ` -> `Z`, `Shift+KeyZ` -> `Shift Z`. */
export function capOf(code: string): string {
  if (code.startsWith("Shift+")) return `Shift ${capOf(code.slice(6))}`;
  return CAPS[code] ?? code.replace(/^(Key|Digit)/, "").replace(/^Numpad/, "Num ");
}

/** A text with keys in double brackets, as pieces: words, and caps as they are now. */
export function pieces(text: string, bindings: Bindings): { text: string; cap: boolean }[] {
  return text.split(/\[\[(.+?)\]\]/).flatMap((part, i) => {
    if (i % 2 === 0) return part === "" ? [] : [{ text: part, cap: false }];
    const caps = (bindings.caps.get(part) ?? part)
      .split(" ")
      .map((cap) => ({ text: cap, cap: true }));
    return caps.flatMap((cap, k) => (k === 0 ? [cap] : [{ text: " ", cap: false }, cap]));
  });
}

/** The same as words alone, for a tooltip. */
export function spelled(text: string, bindings: Bindings): string {
  return pieces(text, bindings)
    .map((piece) => piece.text)
    .join("");
}
