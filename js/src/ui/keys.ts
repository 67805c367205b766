// The keyboard: physical keys, so that a Korean or Greek layout changes nothing. A key is ours or the host's, never both.
import { type Bindings, type Command, OWN } from "./bindings";
import { setAttribute } from "./dom";

/** What of a KeyboardEvent decides. */
export interface Stroke {
  readonly code: string;
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** What is printed on the key counts here: these lie elsewhere on each layout. */
const PRINTED: { readonly [key: string]: Command } = {
  "+": { do: "zoom", zoom: "in" },
  "=": { do: "zoom", zoom: "in" }, // the plus of most layouts without Shift
  "-": { do: "zoom", zoom: "out" },
};

/** These go on while the key is held. */
const REPEATED: ReadonlySet<Command["do"]> = new Set([
  "undo",
  "redo",
  "zoom",
  "pan",
  "thicker",
  "thinner",
]);

/** The command of a key stroke, null when it is none of ours. */
export function commandOf(stroke: Stroke, { chosen, own }: Bindings = OWN): Command | null {
  const { code, ctrlKey, metaKey, shiftKey, altKey } = stroke;
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    if (code === "KeyZ") return { do: shiftKey ? "redo" : "undo" };
    return code === "KeyY" ? { do: "redo" } : null;
  }
  const held = shiftKey ? `Shift+${code}` : code;
  const choice = chosen.get(held);
  if (choice !== undefined) return choice;
  if (stroke.key === "?" || (shiftKey && code === "Slash")) return { do: "help" };
  return PRINTED[stroke.key] ?? own.get(held) ?? null;
}

/** Without Ctrl, Meta or Alt these are the host's; all others stay here, ours or not. */
const HOSTS = /^(F\d+|Page(Up|Down)|Home|End)$/;
const RUN = /^(Numpad)?Enter$/; // with Shift the host's

/**
 * Whether the host shall hear of a key stroke: Ctrl+S, Shift+Enter, F5, PageDown. Not of a letter that is
 * none of ours: JupyterLab would cut or delete a cell because somebody missed the key beside it.
 */
export function isHosts(stroke: Stroke, bindings: Bindings = OWN): boolean {
  if (commandOf(stroke, bindings) !== null) return false;
  const { code, ctrlKey, metaKey, shiftKey, altKey } = stroke;
  return ctrlKey || metaKey || altKey || (shiftKey && RUN.test(code)) || HOSTS.test(code);
}

/** Whether a key presses the control it goes to, whatever else it does: Enter accepts where a checkbox has the focus. */
export function presses(code: string, control: Pick<Element, "matches">): boolean {
  if (code === "Space") return control.matches("button, [type=checkbox]");
  return RUN.test(code) && control.matches("button");
}

/** Keys that move a slider, and nothing else while the hand is on it. */
export const SLIDES: ReadonlySet<string> = new Set(
  "ArrowLeft ArrowRight ArrowUp ArrowDown Home End PageUp PageDown".split(" "),
);

/** JupyterLab looks for no shortcut of its own on the way up from an element that has this. */
const SILENCE = "data-lm-suppress-shortcuts";

/**
 * Runs commands for the keys pressed inside the root; `down` is false when the key is let go. What `takes`
 * refuses is left to the browser.
 *
 * An input method may swallow a key: keydown then comes as code 229 and only keyup tells which it was.
 */
export function listenKeys(
  root: HTMLElement,
  bindings: () => Bindings,
  run: (command: Command, down: boolean) => void,
  takes: (command: Command) => boolean,
  signal: AbortSignal,
): void {
  const swallowed = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;
  let owed = false; // a swallowed keydown whose keyup decides
  // Some JupyterLabs hear of a key before its element does, some after: only the window is before both.
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.composedPath().includes(root))
        setAttribute(root, SILENCE, isHosts(event, bindings()) ? null : "true");
    },
    { signal, capture: true },
  );
  root.addEventListener(
    "keydown",
    (event) => {
      if (swallowed(event)) {
        owed = true;
        return;
      }
      owed = false;
      if (isHosts(event, bindings())) return;
      const command = commandOf(event, bindings());
      // Enter and Space press what has the focus; the host must not hear of them either.
      event.stopPropagation();
      if (command === null || presses(event.code, event.target as Element)) return;
      if (!takes(command)) return;
      event.preventDefault();
      if (!event.repeat || REPEATED.has(command.do)) run(command, true);
    },
    { signal },
  );
  root.addEventListener(
    "keyup",
    (event) => {
      const command = commandOf(event, bindings());
      if (command === null) return;
      event.stopPropagation();
      if (owed && !swallowed(event)) run(command, true);
      owed = false;
      run(command, false);
    },
    { signal },
  );
}
