// The hand that moves the picture: wheel, space-drag, middle-drag, two fingers. What is its own a tool never hears of.
// It knows the viewport and nothing of prompts; what is seen is the view's to keep.
import {
  look,
  type Place,
  panned,
  placeIn,
  type Sight,
  toImage,
  type Viewport,
  zoomed,
} from "../viewport";
import { setAttribute } from "./dom";
import { presses } from "./keys";
import { placeOn } from "./pointer";

export interface HandOptions {
  readonly view: () => Viewport;
  readonly sight: () => Sight;
  readonly enabled: () => boolean;
  readonly look: (sight: Sight) => void;
  readonly turn: (more: boolean) => boolean; // Alt and the wheel: whether somebody takes it
  readonly space: () => boolean; // whether the space bar is the hand's
  readonly interrupt: () => void; // a second finger has come: what the first began was no prompt
  readonly changed: () => void; // it takes hold of the picture, or lets go
}

const LEFT = 0;
const MIDDLE = 1;
const LEFT_HELD = 1; // in PointerEvent.buttons

/** CSS pixels of one event's scrolling that count at most: a notch of a wheel, not a pinch on a pad. */
const NOTCH = 30;
const LINE = 16;

/** How much nearer one wheel event brings the picture. */
export function factorOf(wheel: Pick<WheelEvent, "deltaY" | "deltaMode">): number {
  const delta = wheel.deltaY * (wheel.deltaMode === 0 ? 1 : LINE);
  return Math.exp(-Math.min(NOTCH, Math.max(-NOTCH, delta)) / 100);
}

/** Listens until the signal aborts; `at` is where the pointer is, in image pixels, null where it is elsewhere. */
export function listenHand(
  elements: {
    readonly root: HTMLElement;
    readonly stage: HTMLElement;
    readonly canvas: HTMLElement;
  },
  options: HandOptions,
  signal: AbortSignal,
): { at(): Place | null; busy(): boolean } {
  const { root, stage, canvas } = elements;
  const fingers = new Map<number, Place>(); // CSS pixels
  let pinching = false; // until the last finger is gone
  let pen = false; // came last: its touches draw, and scroll nothing
  let space = false;
  let hover: Place | null = null; // CSS pixels
  let drag: Drag | null = null;

  const show = (): void => {
    setAttribute(root, "data-hand", drag ? "closed" : space ? "open" : null);
    options.changed();
  };
  const imageAt = (place: Place): Place => toImage(options.view(), place);
  const seenAt = (place: Place): Place => placeIn(options.view(), options.sight(), place);
  const take = (event: Event): void => event.stopImmediatePropagation();

  const press = (event: PointerEvent): void => {
    if (!options.enabled()) return;
    pen = event.pointerType === "pen";
    if (event.pointerType === "touch") {
      fingers.set(event.pointerId, placeOn(canvas, event));
      if (fingers.size === 2) {
        pinching = true;
        options.interrupt();
      }
      if (pinching) take(event);
      return;
    }
    if (event.button !== MIDDLE && !(space && event.button === LEFT)) return;
    take(event);
    if (drag !== null) return;
    drag = { id: event.pointerId, grabbed: imageAt(placeOn(canvas, event)), midway: false };
    canvas.setPointerCapture(event.pointerId);
    show();
  };

  const move = (event: PointerEvent): void => {
    const place = placeOn(canvas, event);
    if (event.pointerType === "touch") {
      if (!fingers.has(event.pointerId)) return;
      const before = [...fingers.values()];
      fingers.set(event.pointerId, place);
      if (!pinching) return;
      take(event);
      pinch(before, [...fingers.values()]);
      return;
    }
    // Space while a tool is drawing: the picture moves under the pointer, and what is drawn stays on it.
    if (drag === null && space && hover !== null && (event.buttons & LEFT_HELD) !== 0) {
      drag = { id: event.pointerId, grabbed: imageAt(hover), midway: true };
      show();
    }
    hover = place;
    if (drag?.id !== event.pointerId) return;
    take(event);
    options.look(panned(options.view(), options.sight(), drag.grabbed, imageAt(place)));
  };

  const pinch = (before: readonly Place[], after: readonly Place[]): void => {
    const [was, now] = [between(before), between(after)];
    if (was === null || now === null || was.apart === 0 || now.apart === 0) return;
    const view = options.view();
    const grabbed = seenAt(was);
    const nearer = zoomed(view, options.sight(), now.apart / was.apart, grabbed);
    options.look(panned(view, nearer, grabbed, toImage(look(view, nearer), now)));
  };

  const release = (event: PointerEvent): void => {
    fingers.delete(event.pointerId);
    if (event.pointerType === "touch") {
      if (pinching) take(event);
      if (fingers.size === 0) pinching = false;
    } else if (drag?.id === event.pointerId) {
      if (!drag.midway) take(event);
      drag = null;
      show();
    }
  };

  /** Two fingers are the hand's, or the browser would scroll with both; one is the tool's or the page's, a pen's draws. */
  const touch = (event: TouchEvent): void => {
    if ((pen || event.targetTouches.length > 1) && options.enabled()) event.preventDefault();
  };

  const wheel = (event: WheelEvent): void => {
    if (event.altKey && options.enabled() && event.deltaY !== 0 && options.turn(event.deltaY < 0)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    // Without a key the notebook scrolls, and without the focus the browser does what it does anywhere.
    if (!(event.ctrlKey || event.metaKey) || !options.enabled()) return;
    if (!root.matches(":focus-within")) return;
    event.preventDefault();
    event.stopPropagation();
    const at = seenAt(placeOn(canvas, event));
    options.look(zoomed(options.view(), options.sight(), factorOf(event), at));
  };

  const hold = (held: boolean): void => {
    space = held;
    if (!held && drag?.midway) drag = null;
    show();
  };
  const keydown = (event: KeyboardEvent): void => {
    if (event.code !== "Space" || event.ctrlKey || event.metaKey || event.altKey) return;
    // Space presses what has the focus, unless a mouse gave it and is on the photo now.
    const byMouse = root.hasAttribute("data-pointer") && hover !== null;
    if ((presses("Space", event.target as Element) && !byMouse) || !options.space()) return;
    event.preventDefault();
    if (!space) hold(true);
  };
  const keyup = (event: KeyboardEvent): void => {
    if (event.code !== "Space" || !space) return;
    event.preventDefault(); // a button would be pressed now
    hold(false);
  };

  // In the capture phase: before the tools, which listen on the same canvas.
  const first = { signal, capture: true };
  canvas.addEventListener("pointerdown", press, first);
  canvas.addEventListener("pointermove", move, first);
  canvas.addEventListener("pointerup", release, first);
  canvas.addEventListener("pointercancel", release, first);
  canvas.addEventListener("pointerleave", () => (hover = null), { signal });
  canvas.addEventListener(
    "mousedown",
    (event) => event.button === MIDDLE && event.preventDefault(), // no scrolling by itself
    { signal },
  );
  canvas.addEventListener("touchstart", touch, { signal, passive: false });
  canvas.addEventListener("touchmove", touch, { signal, passive: false });
  stage.addEventListener("wheel", wheel, { signal, passive: false });
  root.addEventListener("keydown", keydown, { signal });
  root.addEventListener("keyup", keyup, { signal });
  root.addEventListener("focusout", () => hold(false), { signal });
  return {
    at: () => (hover === null ? null : seenAt(hover)),
    busy: () => space || drag !== null || pinching,
  };
}

/** A hold on the picture: `grabbed` (image pixels) stays under the pointer. */
interface Drag {
  readonly id: number;
  readonly grabbed: Place;
  readonly midway: boolean; // begun while a tool was at work, which goes on afterwards
}

/** The middle of the first two places, and how far they are apart. */
function between([a, b]: readonly Place[]): (Place & { readonly apart: number }) | null {
  if (a === undefined || b === undefined) return null;
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart: Math.hypot(a.x - b.x, a.y - b.y) };
}
