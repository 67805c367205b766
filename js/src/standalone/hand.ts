// What a pointer does on the photo: a click is a point, a drag is a box. Says it in image pixels; knows no model.
import { clamp, type Place, toImage, type Viewport } from "../viewport";
import type { Tool } from "./frame";
import type { Said } from "./work";

const SLACK = 5; // CSS pixels that a click may slip

export interface HandEvents {
  /** What is drawn while it is; null: no more. */
  drawing(box: Extract<Said, { type: "box" }> | null): void;
  said(one: Said): void;
}

export function watchHand(
  canvas: HTMLCanvasElement,
  seen: () => { readonly view: Viewport; readonly tool: Tool } | null,
  events: HandEvents,
  signal: AbortSignal,
): void {
  let pressed: { readonly event: PointerEvent; readonly at: Place; box: boolean } | null = null;
  const placeOf = (event: PointerEvent, view: Viewport): Place => {
    const { left, top } = canvas.getBoundingClientRect();
    const place = { x: event.clientX - left, y: event.clientY - top };
    return clamp(view.image, toImage(view, place));
  };
  const boxOf = (one: Place, other: Place): Extract<Said, { type: "box" }> => ({
    type: "box",
    x0: Math.min(one.x, other.x),
    y0: Math.min(one.y, other.y),
    x1: Math.max(one.x, other.x),
    y1: Math.max(one.y, other.y),
  });
  canvas.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
  canvas.addEventListener(
    "pointerdown",
    (event) => {
      const now = seen();
      if (now === null || pressed !== null || event.button > 2 || event.button === 1) return;
      pressed = { event, at: placeOf(event, now.view), box: false };
      canvas.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  canvas.addEventListener(
    "pointermove",
    (event) => {
      const now = seen();
      if (now === null || pressed === null || pressed.event.pointerId !== event.pointerId) return;
      const far = Math.hypot(
        event.clientX - pressed.event.clientX,
        event.clientY - pressed.event.clientY,
      );
      if (pressed.event.button === 0 && far > SLACK) pressed.box = true;
      if (pressed.box) events.drawing(boxOf(pressed.at, placeOf(event, now.view)));
    },
    { signal },
  );
  canvas.addEventListener(
    "pointerup",
    (event) => {
      const now = seen();
      const was = pressed;
      if (was === null || was.event.pointerId !== event.pointerId) return;
      pressed = null;
      events.drawing(null);
      if (now === null) return;
      if (was.box) {
        const box = boxOf(was.at, placeOf(event, now.view));
        if (box.x1 > box.x0 && box.y1 > box.y0) events.said(box);
      } else if (now.tool !== "box" || event.button === 2) {
        const positive = event.button === 0 && !event.altKey && now.tool !== "negative";
        events.said({ type: "point", ...was.at, positive });
      }
    },
    { signal },
  );
  canvas.addEventListener(
    "pointercancel",
    () => {
      pressed = null;
      events.drawing(null);
    },
    { signal },
  );
}
