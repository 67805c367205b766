// The borrowed canvas over the photo: the same window of it, whatever its size. It knows no document.
import type { Borrowed } from "./borrowed";
import { sameView, type Viewport } from "./viewport";

/** What the kernel says of it. */
export interface Lent {
  readonly canvas: string; // the id of its model
  readonly opacity: number; // 0 to 1
}

export interface LayerOptions {
  readonly borrow: (id: string) => Promise<Borrowed | null>;
  readonly changed: () => void; // it is to be painted anew
  readonly failed: () => void; // the host has no such canvas
}

export class Layer {
  readonly #canvas: HTMLCanvasElement;
  readonly #options: LayerOptions;
  #lent: Lent | null = null;
  #source: HTMLCanvasElement | null = null;
  #painted: Viewport | null = null; // null: something else has been drawn
  #end = new AbortController();

  constructor(canvas: HTMLCanvasElement, options: LayerOptions, signal: AbortSignal) {
    this.#canvas = canvas;
    this.#options = options;
    signal.addEventListener("abort", () => this.#end.abort(), { once: true });
  }

  /** Takes another canvas, or none. */
  async take(lent: Lent | null): Promise<void> {
    if (lent?.canvas === this.#lent?.canvas && lent?.opacity === this.#lent?.opacity) return;
    const same = lent?.canvas === this.#lent?.canvas;
    this.#lent = lent;
    this.#anew();
    if (same) return;
    this.#end.abort();
    this.#end = new AbortController();
    this.#source = null;
    if (lent === null) return;
    const { signal } = this.#end;
    const borrowed = await this.#options.borrow(lent.canvas);
    if (signal.aborted) return;
    if (borrowed === null) return this.#options.failed();
    this.#source = borrowed.canvas;
    borrowed.onFrame(() => this.#anew(), signal);
    this.#anew();
  }

  paint(view: Viewport, hidden: boolean): void {
    this.#canvas.hidden = hidden || this.#source === null;
    this.#canvas.style.opacity = String(this.#lent?.opacity ?? 0);
    if (sameView(view, this.#painted) || this.#canvas.hidden || this.#source === null) return;
    this.#painted = view;
    const { device, whole, left, top } = view;
    const context = this.#canvas.getContext("2d");
    context?.clearRect(0, 0, device.width, device.height);
    context?.drawImage(this.#source, -left, -top, whole.width, whole.height);
  }

  #anew(): void {
    this.#painted = null;
    this.#options.changed();
  }
}
