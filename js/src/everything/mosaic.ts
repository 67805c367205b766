// The canvas of everything mode: hundreds of masks side by side, each in its colour with a thin line round it. Every
// device pixel learns whose it is, and where two neighbours differ there is a line: so the cost is the canvas's, however
// many masks there are, and no outline is traced. Given values only; it listens to nothing.
import type { Mask, Spans } from "../masks";
import type { Rgb } from "../paint";
import { edges, sameView, type Viewport } from "../viewport";

/** A mask and its colour. */
export interface Piece {
  readonly mask: Mask;
  readonly spans: Spans;
  readonly color: Rgb;
}

/** Of the fills, and of the lines, from 0 to 1. */
const FILL = 0.34;
const LINE = 0.95;

export class Mosaic {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #whose = new Uint16Array(0); // of each device pixel, and of a margin above and below: nobody's
  #picture: ImageData | null = null;
  #drawn: readonly Piece[] = [];
  #view: Viewport | null = null;

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("This browser gives no canvas to draw on.");
    this.#canvas = canvas;
    this.#context = context;
  }

  /** Shows the pieces, later ones over earlier ones; the same list in the same view is not drawn again. */
  paint(view: Viewport, pieces: readonly Piece[]): void {
    this.#canvas.hidden = pieces.length === 0;
    if (pieces === this.#drawn && sameView(view, this.#view)) return;
    this.#drawn = pieces;
    this.#view = view;
    if (pieces.length === 0) {
      this.#picture = null;
      this.#whose = new Uint16Array(0);
      return;
    }
    const { width, height } = view.device;
    const thick = Math.max(1, Math.round(view.ratio));
    const margin = thick * width;
    const size = width * height + 2 * margin;
    if (this.#whose.length === size) this.#whose.fill(0);
    else this.#whose = new Uint16Array(size);
    this.#lay(view, pieces, margin);
    const old = this.#picture;
    const picture =
      old?.width === width && old.height === height
        ? old
        : this.#context.createImageData(width, height);
    this.#picture = picture;
    ink(new Uint32Array(picture.data.buffer), this.#whose, { width, thick, margin }, pieces);
    this.#context.putImageData(picture, 0, 0);
  }

  #lay(view: Viewport, pieces: readonly Piece[], margin: number): void {
    const { image, device, whole, left, top } = view;
    const columns = edges(image.width, whole.width, left, device.width);
    const lines = edges(image.height, whole.height, top, device.height);
    const whose = this.#whose;
    for (const [i, { mask, spans }] of pieces.entries()) {
      if (columns[mask.x0] === columns[mask.x1] || lines[mask.y0] === lines[mask.y1]) continue;
      const { rows, ends } = spans;
      for (let row = 0; row < rows.length - 1; row++) {
        const first = lines[mask.y0 + row] ?? 0;
        const stop = lines[mask.y0 + row + 1] ?? 0;
        for (let line = first; line < stop; line++) {
          const start = margin + line * device.width;
          for (let e = rows[row] ?? 0; e < (rows[row + 1] ?? 0); e += 2) {
            const from = columns[ends[e] ?? 0] ?? 0;
            const to = columns[ends[e + 1] ?? 0] ?? 0;
            if (from < to) whose.fill(i + 1, start + from, start + to);
          }
        }
      }
    }
  }
}

/** Fills, and lines where a pixel `thick` to a side, above or below is another's. */
function ink(
  pixels: Uint32Array,
  whose: Uint16Array,
  { width, thick, margin }: { width: number; thick: number; margin: number },
  pieces: readonly Piece[],
): void {
  const fills = new Uint32Array(pieces.length + 1);
  const strokes = new Uint32Array(pieces.length + 1);
  for (const [i, { color }] of pieces.entries()) {
    fills[i + 1] = inked(color, FILL);
    strokes[i + 1] = inked(color, LINE);
  }
  const down = thick * width;
  for (let at = 0; at < pixels.length; at++) {
    const here = at + margin;
    const own = whose[here] ?? 0;
    const inside =
      whose[here - thick] === own &&
      whose[here + thick] === own &&
      whose[here - down] === own &&
      whose[here + down] === own;
    pixels[at] = (inside ? fills[own] : strokes[own]) ?? 0;
  }
}

function inked([r, g, b]: Rgb, opacity: number): number {
  return ((Math.round(opacity * 255) << 24) | (b << 16) | (g << 8) | r) >>> 0;
}
