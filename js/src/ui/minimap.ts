// The whole photo small in the corner of one that is seen from near, with what is seen framed: press or drag in it to
// look elsewhere. Keys and wheel do the same, so readers are not told of it.
import type { Place, Size, Viewport } from "../viewport";
import { h, setAttribute } from "./dom";

/** CSS pixels of its longer side; and of the photo's canvas, what it may take at most. */
const LONGEST = 104;
const SHARE = 0.26;
/** Of its two sides, below which it would be a speck or a line; such photos are moved by hand. */
const LEAST = 36;
const THINNEST = 8;

/** Its size in CSS pixels; null where there is no need of it, or no room. */
export function sizeOf({ image, css, device, whole }: Viewport): Size | null {
  if (whole.width <= device.width && whole.height <= device.height) return null;
  const longest = Math.min(LONGEST, SHARE * Math.max(css.width, css.height));
  const scale = longest / Math.max(image.width, image.height);
  const size = { width: image.width * scale, height: image.height * scale };
  const seen = longest >= LEAST && Math.min(size.width, size.height) >= THINNEST;
  return seen ? size : null;
}

/** What is seen, as shares of the photo. */
export function framed({ left, top, device, whole }: Viewport): Place & Size {
  return {
    x: left / whole.width,
    y: top / whole.height,
    width: Math.min(1, device.width / whole.width),
    height: Math.min(1, device.height / whole.height),
  };
}

export function minimap(
  look: (middle: Place) => void, // image pixels
  signal: AbortSignal,
): { element: HTMLElement; update(view: Viewport, photo: ImageBitmap | null): void } {
  const canvas = h("canvas");
  const frame = h("span", { class: "sam-minimap-frame" });
  const element = h("div", { class: "sam-minimap", "aria-hidden": "true", hidden: true });
  element.append(canvas, frame);
  let shown: Viewport | null = null;
  let drawn: ImageBitmap | null = null;
  const go = (event: PointerEvent): void => {
    if (shown === null) return;
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const { image } = shown;
    look({
      x: ((event.clientX - left) / width) * image.width,
      y: ((event.clientY - top) / height) * image.height,
    });
  };
  element.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      element.setPointerCapture(event.pointerId);
      go(event);
    },
    { signal },
  );
  element.addEventListener(
    "pointermove",
    (event) => element.hasPointerCapture(event.pointerId) && go(event),
    { signal },
  );
  return {
    element,
    update(view, photo) {
      const size = photo === null ? null : sizeOf(view);
      setAttribute(element, "hidden", size === null);
      shown = view;
      if (size === null || photo === null) return;
      const [width, height] = [size.width, size.height].map((side) =>
        Math.max(1, Math.round(side * view.ratio)),
      ) as [number, number];
      if (photo !== drawn || canvas.width !== width || canvas.height !== height) {
        [canvas.width, canvas.height] = [width, height];
        canvas.style.width = `${size.width}px`;
        canvas.style.height = `${size.height}px`;
        const context = canvas.getContext("2d");
        if (context !== null) context.imageSmoothingQuality = "high";
        context?.drawImage(photo, 0, 0, width, height);
        drawn = photo;
      }
      const { x: left, y: top, ...rest } = framed(view);
      for (const [side, share] of Object.entries({ left, top, ...rest }))
        frame.style.setProperty(side, `${share * 100}%`);
    },
  };
}
