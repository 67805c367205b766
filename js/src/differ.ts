// Where the three candidates do not agree, in one view: shown on demand, with the click that would settle most of it,
// which the kernel suggests. Knows no element and no canvas.
import { disputed } from "./dispute";
import { type Edit, newId, type Scene } from "./document";
import { type Gallery, type Shape, shapeOf } from "./gallery";
import type { NextClick } from "./protocol";
import type { Store } from "./store";
import { addMark } from "./tools/acts";
import { type Place, toScreen, type Viewport } from "./viewport";

/** CSS pixels round the suggested click in which a press takes it. */
const REACH = 13;

export class Differ {
  readonly #store: Store;
  readonly #gallery: Gallery;
  #on = false;
  #asked: string | null = null; // the answer of which the next click was asked for
  #told: { readonly answer: string | null; readonly click: NextClick | null } | null = null;
  #shapes: { readonly answer: string; readonly shapes: readonly Shape[] } | null = null;

  /** `changed` is called when there is something else to see. */
  constructor(store: Store, gallery: Gallery, changed: () => void, signal: AbortSignal) {
    this.#store = store;
    this.#gallery = gallery;
    store.onAside(
      "next",
      ({ answer, click }) => {
        this.#told = { answer, click };
        changed();
      },
      signal,
    );
  }

  get on(): boolean {
    return this.#on;
  }

  turn(): void {
    this.#on = !this.#on;
  }

  /** Pixels that one of three has, and that two have; null while it is not shown. */
  shapes({ answer }: Scene): readonly Shape[] | null {
    if (!this.#on || answer === null) return null;
    if (this.#shapes?.answer === answer.id) return this.#shapes.shapes;
    const masks = answer.candidates.flatMap(({ blob }) => this.#gallery.shape(blob)?.mask ?? []);
    if (masks.length < answer.candidates.length) return null;
    const shapes = disputed(masks).map((mask, i) => shapeOf(`${answer.id} ${i}`, mask));
    this.#shapes = { answer: answer.id, shapes };
    return shapes;
  }

  /** The click that would settle most, as far as it is known; asks for it where it is to be seen. */
  next({ answer }: Scene): NextClick | null {
    if (!this.#on || answer === null) return null;
    if (this.#asked !== answer.id) {
      this.#asked = answer.id;
      this.#store.aside({ type: "ask_next", client: this.#store.client });
    }
    return this.#told?.answer === answer.id ? this.#told.click : null;
  }

  /** The suggested click, made by a press on it; null where the press is elsewhere. */
  taken(scene: Scene, view: Viewport, at: Place, opposite: boolean): (() => Edit | null) | null {
    const next = this.next(scene);
    if (next === null) return null;
    const [there, here] = [toScreen(view, next), toScreen(view, at)];
    if (Math.hypot(there.x - here.x, there.y - here.y) > REACH) return null;
    return () => this.take(scene, opposite);
  }

  /** The suggested click, or one of the opposite sign at its place. */
  take(scene: Scene, opposite: boolean): Edit | null {
    const next = this.next(scene);
    if (next === null) return null;
    const { x, y } = next;
    const positive = next.positive !== opposite;
    return addMark(scene, (object) => ({ type: "point", id: newId(), object, x, y, positive }));
  }
}
