// What a view listens to beside the pointer: keys, Alt, the focus, its own size and the screen's. It says what it heard
// and does nothing but give the focus to the root, where the keys go.

import type { Bindings, Command } from "./bindings";
import { setAttribute } from "./dom";
import { listenKeys } from "./keys";

export interface Heard {
  readonly bindings: () => Bindings;
  readonly command: (command: Command, down: boolean) => void;
  readonly takes: (command: Command) => boolean; // else the key is left to the browser
  readonly alt: (held: boolean) => void;
  readonly left: () => void; // the focus is elsewhere
  readonly resized: () => void; // the room, or the device's pixels
}

/** Listens until the signal aborts. */
export function listenView(
  { root, stage }: { readonly root: HTMLElement; readonly stage: HTMLElement },
  heard: Heard,
  signal: AbortSignal,
): void {
  listenKeys(root, heard.bindings, heard.command, heard.takes, signal);
  const alt = (event: KeyboardEvent | PointerEvent): void => heard.alt(event.altKey);
  root.addEventListener("keydown", alt, { signal });
  root.addEventListener("keyup", alt, { signal });
  root.addEventListener("pointermove", alt, { signal });
  root.addEventListener("focusout", heard.left, { signal });
  listenFocus(root, stage, signal);
  const observer = new ResizeObserver(heard.resized);
  observer.observe(root);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  listenRatio(heard.resized, signal);
}

/**
 * Remembers who has the focus, before the parts are updated; what it returns, called after, gives it to the root when
 * its control is gone, hidden or disabled: else keys would go nowhere.
 */
export function keepingFocus(root: HTMLElement): () => void {
  const page = root.getRootNode() as Document | ShadowRoot;
  const { activeElement: before } = page;
  if (before === root || !root.contains(before)) return () => undefined;
  return () => {
    const { activeElement: now } = page;
    const elsewhere = now !== before && now !== null && now !== document.body;
    if (elsewhere && !root.contains(now)) return; // somebody has sent it there
    if (!root.contains(now) || now?.matches(LOST)) root.focus({ preventScroll: true });
  };
}

/** What keeps no focus. */
const LOST = ":disabled, [hidden], [hidden] *";

/**
 * The browser gives the focus to what it finds under the pointer; a canvas has none to take. The heavy ring is
 * for those who came by the keyboard.
 */
function listenFocus(root: HTMLElement, stage: HTMLElement, signal: AbortSignal): void {
  const first = { signal, capture: true };
  const byPointer = (yes: boolean): void => setAttribute(root, "data-pointer", yes);
  root.addEventListener("pointerdown", () => byPointer(true), first);
  root.addEventListener("keydown", (event) => event.key === "Tab" && byPointer(false), first);
  stage.addEventListener("pointerdown", () => root.focus({ preventScroll: true }), first);
}

/** Hears when the window comes to a screen of another resolution, or the page is enlarged. */
function listenRatio(changed: () => void, signal: AbortSignal): void {
  const resolution = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
  const next = (): void => {
    changed();
    listenRatio(changed, signal);
  };
  resolution.addEventListener("change", next, { once: true, signal });
}
