// Generated from sam_widget/widget/keymap.py by `python js/typegen.py`; do not edit.

/** What keys do, and the physical keys that do it unless a person says otherwise. */
export const KEYS: { readonly [name in KeyName]: readonly string[] } = {
  choose_1: ["Digit1", "Numpad1"],
  choose_2: ["Digit2", "Numpad2"],
  choose_3: ["Digit3", "Numpad3"],
  accept: ["Enter", "NumpadEnter"],
  clear: ["Escape"],
  undo: ["KeyZ"],
  redo: ["Shift+KeyZ"],
  drop_last: ["Backspace", "Delete"],
  flip: ["KeyX"],
  point: ["KeyP"],
  box: ["KeyB"],
  stroke: ["KeyL"],
  brush: ["KeyD"],
  eraser: ["KeyE"],
  thinner: ["BracketLeft"],
  thicker: ["BracketRight"],
  everything: ["KeyA"],
  alike: ["KeyO"],
  tidy: ["KeyC"],
  differ: ["KeyW"],
  errors: ["KeyG"],
  sharpen: ["KeyF"],
  next: ["KeyN"],
  next_opposite: ["Shift+KeyN"],
  crosshair: ["KeyK"],
  place: ["Space", "KeyS"],
  hide: ["KeyH"],
  hover: ["KeyV"],
  rename: ["F2"],
  zoom_in: [],
  zoom_out: [],
  fit: ["Digit0", "Numpad0"],
  next_photo: ["Period"],
  previous_photo: ["Comma"],
  review: ["KeyR"],
  accept_photo: ["KeyY"],
  fail_photo: ["KeyI"],
  defer_photo: ["KeyU"],
  note: ["KeyM"],
  left: ["ArrowLeft"],
  right: ["ArrowRight"],
  up: ["ArrowUp"],
  down: ["ArrowDown"],
  far_left: ["Shift+ArrowLeft"],
  far_right: ["Shift+ArrowRight"],
  far_up: ["Shift+ArrowUp"],
  far_down: ["Shift+ArrowDown"],
  turbo: ["KeyT"],
  keep_parts: ["KeyQ"],
  merge: ["KeyJ"],
  subtract: ["Shift+KeyJ"],
  intersect: ["Shift+KeyI"],
  lock: ["Shift+KeyL"],
  conceal: ["Shift+KeyH"],
  help: [],
};

export type KeyName =
  | "choose_1"
  | "choose_2"
  | "choose_3"
  | "accept"
  | "clear"
  | "undo"
  | "redo"
  | "drop_last"
  | "flip"
  | "point"
  | "box"
  | "stroke"
  | "brush"
  | "eraser"
  | "thinner"
  | "thicker"
  | "everything"
  | "alike"
  | "tidy"
  | "differ"
  | "errors"
  | "sharpen"
  | "next"
  | "next_opposite"
  | "crosshair"
  | "place"
  | "hide"
  | "hover"
  | "rename"
  | "zoom_in"
  | "zoom_out"
  | "fit"
  | "next_photo"
  | "previous_photo"
  | "review"
  | "accept_photo"
  | "fail_photo"
  | "defer_photo"
  | "note"
  | "left"
  | "right"
  | "up"
  | "down"
  | "far_left"
  | "far_right"
  | "far_up"
  | "far_down"
  | "turbo"
  | "keep_parts"
  | "merge"
  | "subtract"
  | "intersect"
  | "lock"
  | "conceal"
  | "help";
