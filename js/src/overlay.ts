// The canvas of mask fills. What stands still, the accepted objects, is filled once and kept as pixels; the open
// object's fill is laid over it where it is. Given values only; it knows no document and listens to nothing.
import type { Mask, Spans } from "./masks";
import type { Rgb } from "./paint";
import { around, between, isEmpty, type Part, partOf, wholeOf } from "./parts";
import { edges, type Viewport } from "./viewport";

/** A mask to fill with a colour; opacity from 0 to 1. */
export interface Fill {
  readonly mask: Mask;
  readonly spans: Spans;
  readonly color: Rgb;
  readonly opacity: number;
}

/** What has become of the view since the last frame: nothing, the same picture moved, all is another. */
export type Moved = "still" | "panned" | "anew";

export class Overlay {
  readonly #context: CanvasRenderingContext2D;
  #under: readonly Fill[] = [];
  #over: Fill | null = null;
  #pixels: Uint32Array | null = null; // of `#under` alone, the whole canvas; null: nothing is filled
  #view: Viewport | null = null;

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
  }

  /** Each device pixel shows the image pixel under its centre; later fills take the place of earlier ones. */
  paint(view: Viewport, moved: Moved, under: readonly Fill[], over: Fill | null): void {
    const before = this.#view;
    if (before === null || moved === "anew") {
      this.#pixels = null;
      this.#lay(view, under, wholeOf(view));
      this.#put(view, over, wholeOf(view));
    } else if (moved === "panned") {
      this.#move(view, under, before);
      this.#put(view, over, wholeOf(view));
    } else {
      const below = changed(view, under, this.#under);
      this.#lay(view, under, below);
      this.#put(view, over, around([below, changed(view, listOf(over), listOf(this.#over))]));
    }
    this.#under = under;
    this.#over = over;
    this.#view = view;
  }

  /** Fills a part of what stands still anew. */
  #lay(view: Viewport, under: readonly Fill[], part: Part): void {
    if (under.length === 0) this.#pixels = null;
    if (under.length === 0 || isEmpty(part)) return;
    const { width, height } = view.device;
    this.#pixels ??= new Uint32Array(width * height);
    for (let line = part.y; line < part.y + part.height; line++) {
      this.#pixels.fill(0, line * width + part.x, line * width + part.x + part.width);
    }
    fill(this.#pixels, wholeOf(view), view, under, part);
  }

  /** What stands still after the view has moved: what both show is moved, the rest filled. */
  #move(view: Viewport, under: readonly Fill[], before: Viewport): void {
    const { width, height } = view.device;
    const [right, down] = [before.left - view.left, before.top - view.top];
    const wide = Math.min(width, Math.abs(right));
    const tall = Math.min(height, Math.abs(down));
    // All lines are moved at once, and what runs over a line's end lies in a strip that is filled anew.
    const by = down * width + right;
    if (by > 0) this.#pixels?.copyWithin(by, 0);
    else this.#pixels?.copyWithin(0, -by);
    const beside = { x: right > 0 ? 0 : width - wide, y: 0, width: wide, height };
    const above = { x: 0, y: down > 0 ? 0 : height - tall, width, height: tall };
    for (const part of [beside, above, changed(view, under, this.#under)])
      this.#lay(view, under, part);
  }

  /** Shows a part of the canvas: the fills that stand still, and this one over them. */
  #put(view: Viewport, over: Fill | null, part: Part): void {
    if (isEmpty(part)) return;
    const picture = this.#context.createImageData(part.width, part.height);
    const pixels = new Uint32Array(picture.data.buffer);
    for (let line = 0; this.#pixels !== null && line < part.height; line++) {
      const start = (part.y + line) * view.device.width + part.x;
      pixels.set(this.#pixels.subarray(start, start + part.width), line * part.width);
    }
    if (over !== null) fill(pixels, part, view, [over], part);
    this.#context.putImageData(picture, part.x, part.y);
  }
}

/** Where two lists of fills do not look the same. */
function changed(view: Viewport, some: readonly Fill[], others: readonly Fill[]): Part {
  return between(some, others, alike, ({ mask }) => partOf(view, mask, 0));
}

function listOf(one: Fill | null): readonly Fill[] {
  return one === null ? [] : [one];
}

function alike(one: Fill, other: Fill): boolean {
  return one.mask === other.mask && one.color === other.color && one.opacity === other.opacity;
}

/** Fills what of the masks lies in `part`; `pixels` are those of `held`, which holds the part. */
function fill(
  pixels: Uint32Array,
  held: Part,
  view: Viewport,
  fills: readonly Fill[],
  part: Part,
): void {
  const { image, whole, left, top } = view;
  const columns = edges(image.width, whole.width, left + part.x, part.width);
  const lines = edges(image.height, whole.height, top + part.y, part.height);
  const corner = (part.y - held.y) * held.width + part.x - held.x;
  for (const { mask, spans, color, opacity } of fills) {
    const seen = columns[mask.x0] !== columns[mask.x1] && lines[mask.y0] !== lines[mask.y1];
    if (!seen) continue;
    const [r, g, b] = color;
    const value = ((Math.round(opacity * 255) << 24) | (b << 16) | (g << 8) | r) >>> 0;
    for (let row = 0; row < spans.rows.length - 1; row++) {
      const first = lines[mask.y0 + row] ?? 0;
      const stop = lines[mask.y0 + row + 1] ?? 0;
      for (let line = first; line < stop; line++) {
        const start = corner + line * held.width;
        for (let i = spans.rows[row] ?? 0; i < (spans.rows[row + 1] ?? 0); i += 2) {
          const from = columns[spans.ends[i] ?? 0] ?? 0;
          const to = columns[spans.ends[i + 1] ?? 0] ?? 0;
          pixels.fill(value, start + from, start + to);
        }
      }
    }
  }
}
