// The pointer on the picture: presses become gestures of the running tool, in image pixels.
// It knows tools and places; what an Edit does and how a draft looks is said elsewhere.
import type { Edit, Scene } from "../document";
import { type Pick, picking } from "../tools/pick";
import { type Draft, ERASER, type Gesture, type Tool } from "../tools/tool";
import { type Place, toImage, toScreen, type Viewport } from "../viewport";

export interface PointerOptions {
  readonly view: () => Viewport;
  readonly scene: () => Scene;
  readonly tool: (event: PointerEvent) => Tool;
  /** Of a click (image pixels), which may be one of the other button. */
  readonly pick: (at: Place, twice: boolean, opposite: boolean) => ReturnType<Pick>;
  /** A mark that is there to be taken hold of, in place of what the press does else. */
  readonly hold: (at: Place, event: PointerEvent, own: Tool) => Tool | null;
  readonly hover: (at: Place | null, event: PointerEvent) => void; // nothing is pressed; null: it is elsewhere
  readonly moved: (at: Place | null) => void; // it is there, pressed or not
  readonly pressed: () => void; // it is down, and a prompt may come of it
  readonly released: () => void; // it is up, or what it did is forgotten
  readonly positive: (event: PointerEvent) => boolean;
  readonly enabled: () => boolean;
  readonly draft: (draft: Draft | null) => void;
  readonly done: (make: () => Edit | null) => void; // made when its turn comes
}

const LEFT = 0;
const RIGHT = 2;

/** Whether a press asks for the other sign. */
export function takesAway({ button, altKey, ctrlKey }: MouseEvent): boolean {
  return button === RIGHT || button === ERASER || altKey || ctrlKey;
}

/** Where a pointer is, in CSS pixels from the canvas's corner. */
export function placeOn(canvas: HTMLElement, event: MouseEvent): Place {
  const corner = canvas.getBoundingClientRect();
  return { x: event.clientX - corner.left, y: event.clientY - corner.top };
}

/** Listens on the canvas until the signal aborts; returns what forgets the gesture under way. */
export function listenPointer(
  canvas: HTMLElement,
  options: PointerOptions,
  signal: AbortSignal,
): { cancel(): boolean } {
  let running: { readonly id: number; readonly gesture: Gesture } | null = null;
  let clicks = 0; // in a row at one place, as the system counts them; a finger's are not counted in time

  const place = (event: PointerEvent): Place => toImage(options.view(), placeOn(canvas, event));
  const press = (event: PointerEvent): void => {
    if (running !== null || !options.enabled()) return;
    if (![LEFT, RIGHT, ERASER].includes(event.button)) return;
    const at = place(event);
    const travelled = (to: Place): number => {
      const view = options.view(); // it may have moved under the hand
      const [from, now] = [toScreen(view, at), toScreen(view, to)];
      return Math.hypot(now.x - from.x, now.y - from.y);
    };
    const opposite = event.button === RIGHT || event.altKey || event.ctrlKey;
    // With Shift a click always prompts: the way to a thing on a thing.
    const pick = event.shiftKey ? () => null : () => options.pick(at, clicks === 2, opposite);
    const own = picking(options.tool(event), pick);
    const tool = options.hold(at, event, own) ?? own;
    const gesture = tool(
      { at, positive: options.positive(event), more: event.shiftKey, travelled },
      options.scene,
    );
    clicks = 1;
    running = { id: event.pointerId, gesture };
    canvas.setPointerCapture(event.pointerId);
    options.moved(at);
    const begun = gesture.press?.() ?? null;
    if (begun !== null) options.draft(begun);
    options.pressed();
  };
  const move = (event: PointerEvent): void => {
    options.moved(place(event));
    if (running?.id === event.pointerId) {
      // What a fast hand did between two frames belongs to the line as well.
      const { gesture } = running;
      const between = event.getCoalescedEvents?.() ?? [];
      for (const one of between.slice(0, -1)) gesture.move(place(one));
      options.draft(gesture.move(place(event)));
    } else if (running === null) options.hover(place(event), event);
  };
  const release = (event: PointerEvent): void => {
    if (running?.id !== event.pointerId) return;
    const { gesture } = running;
    running = null;
    const to = place(event);
    options.done(() => gesture.release(to));
    options.draft(null); // after it: what was foreseen of the draft is known until then
    options.released();
  };
  const cancel = (): boolean => {
    if (running === null) return false;
    running = null;
    options.draft(null);
    options.released();
    return true;
  };

  canvas.addEventListener("pointerdown", press, { signal });
  canvas.addEventListener("mousedown", ({ detail }) => (clicks = detail), { signal }); // after pointerdown
  canvas.addEventListener("pointermove", move, { signal });
  const leave = (event: PointerEvent): void => {
    options.hover(null, event);
    options.moved(null);
  };
  canvas.addEventListener("pointerleave", leave, { signal });
  canvas.addEventListener("pointerup", release, { signal });
  canvas.addEventListener("pointercancel", cancel, { signal });
  canvas.addEventListener(
    "contextmenu",
    (event) => {
      event.preventDefault(); // the right button is ours here
      event.stopPropagation();
    },
    { signal },
  );
  return { cancel };
}
