// What is sought on the photo in one view: everything, or what is like an example; both may have something to show, and
// what is alike goes before. It joins the two modes for the view and decides nothing else.

import { likesOf } from "./alike/likes";
import { AlikeMode } from "./alike/mode";
import type { Edit, Scene } from "./document";
import type { Canvases, Ghost } from "./easel";
import { findsOf } from "./everything/finds";
import { EverythingMode } from "./everything/mode";
import type { Store } from "./store";
import type { Pick } from "./tools/pick";
import type { Place, Viewport } from "./viewport";

export interface SeekingOptions {
  readonly store: Store;
  readonly canvases: () => Canvases;
  readonly scene: () => Scene;
  readonly act: (act: (scene: Scene) => Edit | null) => void;
  readonly view: () => Viewport;
  readonly selected: () => string | null; // the accepted object that is selected
  readonly changed: () => void;
  readonly say: (words: string) => void;
  readonly leave: () => void; // the button that had the focus has gone
}

export class Seeking {
  readonly everything: EverythingMode;
  readonly alike: AlikeMode;

  constructor(options: SeekingOptions, signal: AbortSignal) {
    const { store, canvases } = options;
    this.everything = new EverythingMode(
      { ...options, finds: findsOf(store), canvas: () => canvases().found },
      signal,
    );
    this.alike = new AlikeMode(
      { ...options, likes: likesOf(store), canvas: () => canvases().alike },
      signal,
    );
  }

  get elements(): readonly HTMLElement[] {
    return [this.alike.element, this.everything.element];
  }

  /** Whether anything shows: while an object is open, the hand is at that. */
  get shows(): boolean {
    return this.alike.shows || this.everything.shows;
  }

  /** Whether a click where the pointer is takes something of it. */
  get over(): boolean {
    return this.alike.shows ? this.alike.over : this.everything.over;
  }

  get ghosts(): readonly Ghost[] {
    return this.alike.shows ? this.alike.ghosts : this.everything.ghosts;
  }

  hover(at: Place | null): void {
    this.everything.hover(at);
    this.alike.hover(at);
  }

  /** What a click does in place of a prompt; `negative` says that it takes away. */
  click(at: Place, negative: boolean): ReturnType<Pick> {
    if (this.alike.shows) return this.alike.click(at, negative);
    return this.everything.click(at);
  }

  /** The hand is at something else. */
  aside(): void {
    this.everything.aside();
  }

  /** One step out; says whether there was one. */
  escape(): boolean {
    return this.alike.escape() || this.everything.escape();
  }

  /** Draws what was found, and says it beside the photo. */
  update(scene: Scene, view: Viewport, photo: ImageBitmap | null, hidden: boolean): void {
    this.everything.update(scene, view, hidden || this.alike.shows);
    this.alike.update(scene, view, photo, hidden);
  }
}
