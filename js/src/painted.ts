// What a frame tells the page around it: which version it shows, whose mask, where one looks. For hosts and tests that
// wait for it; nobody in here listens.
import type { Viewport } from "./viewport";

export interface Painted {
  readonly version: number; // of the document
  readonly painted: number; // frames until now
  readonly peeks: number; // previews that were shown
  readonly view: Viewport;
  readonly answer: string | null; // whose mask is on the canvas
}

export function tellPainted(
  root: HTMLElement,
  { version, answer, view, ...counts }: Painted,
): void {
  root.dataset.version = String(version);
  root.dataset.painted = String(counts.painted);
  root.dataset.peeks = String(counts.peeks);
  const { whole, left, top } = view;
  root.dataset.sees = [left, top, whole.width, whole.height].join(" "); // device pixels
  const detail = { version, answer };
  root.dispatchEvent(new CustomEvent("sam:painted", { bubbles: true, detail }));
}
