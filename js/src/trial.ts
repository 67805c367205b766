// What one view tries on the open object's masks before it is done: another cut, where the three differ and the click
// that would settle it, feeding back; and how it all looks. It joins their parts with the row under the cards.
import { Cutter } from "./cutter";
import { Differ } from "./differ";
import type { Edit, Scene } from "./document";
import type { Look } from "./easel";
import { Feeding } from "./feeding";
import type { Gallery } from "./gallery";
import type { Knobs } from "./knobs";
import type { Store } from "./store";
import { cut } from "./tools/acts";
import type { Pick } from "./tools/pick";
import { tuning } from "./ui/tuning";
import type { Place, Viewport } from "./viewport";

export interface TrialOptions {
  readonly store: Store;
  readonly knobs: Knobs;
  readonly gallery: Gallery;
  readonly scene: () => Scene;
  readonly act: (act: (scene: Scene) => Edit | null) => void;
  readonly prompted: (make: () => Edit | null) => void;
  readonly changed: () => void;
}

/** What of a look is tried. */
type Tried = { readonly [K in "opacity" | "instead" | "dispute" | "next" | "ghosts"]: Look[K] };

/** A fill under the map of what is disputed: there, but no matter. */
const UNDER = 0.4;

export class Trial {
  readonly #options: TrialOptions;
  readonly #cutter: Cutter;
  readonly #differ: Differ;
  readonly #feeding: Feeding;
  readonly #row;
  #looking = false; // how it looks is open
  #outline = false; // nothing is filled

  constructor(options: TrialOptions, signal: AbortSignal) {
    const { store, knobs, gallery, scene, act, changed } = options;
    this.#options = options;
    this.#cutter = new Cutter(store, gallery, changed, signal);
    this.#differ = new Differ(store, gallery, changed, signal);
    this.#feeding = new Feeding(gallery);
    knobs.onChange(["feed_back"], () => {
      this.#feeding.turned(scene());
      changed();
    });
    const set = (change: () => void): void => {
      change();
      changed();
    };
    this.#row = tuning(
      {
        take: () => this.#cutter.take(scene()),
        slide: (at) => this.#cutter.slide(scene(), at),
        cut: (at) => {
          act((now) => cut(now, at));
          this.#cutter.release();
        },
        leave: () => this.#cutter.release(),
        differ: () => this.differ(),
        parts: () =>
          store.aside({ type: "arrange", client: store.client, how: "parts", objects: [] }),
        next: () => this.next(false),
        look: () => set(() => (this.#looking = !this.#looking)),
        opacity: (value) => set(() => knobs.set("opacity", value)),
        outline: (on) => set(() => (this.#outline = on)),
        feed: (on) => knobs.set("feed_back", on),
      },
      signal,
    );
  }

  get element(): HTMLElement {
    return this.#row.element;
  }

  /** Shows where the three differ, or no more. */
  differ(): void {
    if (this.#options.store.ended && !this.#differ.on) return;
    this.#differ.turn();
    this.#options.changed();
  }

  /** Makes the suggested click, or one of the opposite sign there; where none is seen yet it is shown first. */
  next(opposite: boolean): void {
    if (this.#options.store.ended) return;
    if (this.#differ.on) {
      this.#options.prompted(() => this.#differ.take(this.#options.scene(), opposite));
    } else this.differ();
  }

  /** What a press on the photo does where the suggested click is. */
  pick(view: Viewport, at: Place, opposite: boolean): ReturnType<Pick> {
    return this.#differ.taken(this.#options.scene(), view, at, opposite);
  }

  /** How the open object is seen. */
  look(scene: Scene): Tried {
    const opacity = Math.min(1, Math.max(0, this.#options.knobs.get("opacity")));
    const dispute = this.#differ.shapes(scene);
    return {
      opacity: this.#outline ? 0 : opacity * (dispute === null ? 1 : UNDER),
      instead: this.#cutter.shape(scene),
      dispute,
      next: this.#differ.next(scene),
      ghosts: this.#feeding.ghosts(scene),
    };
  }

  update(scene: Scene): void {
    const { store, knobs } = this.#options;
    const { open, answer, stale, prompts, accepted } = scene;
    const last = answer ?? stale;
    const shapes = this.#differ.shapes(scene);
    const feedBack = knobs.get("feed_back");
    this.#row.update({
      shown: last !== null || accepted.length > 0,
      alive: !store.ended,
      threshold:
        open !== null && last !== null && prompts.length > 0 ? this.#cutter.at(scene) : null,
      answered: open !== null && answer !== null,
      differs: this.#differ.on,
      disputed: shapes === null ? null : shapes.some(({ mask }) => mask.x1 > mask.x0),
      names: last?.candidates.map(({ name }) => name) ?? [],
      next: this.#differ.next(scene),
      looking: this.#looking,
      opacity: knobs.get("opacity"),
      outline: this.#outline,
      feedBack,
      fed: this.#feeding.words(scene, feedBack),
    });
  }
}
