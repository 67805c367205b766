// The open object's mask while a hand slides its threshold: the kernel lends the logits once, the page cuts them, and
// nobody is asked until the hand lets go. Knows no element and no canvas.
import { corrected } from "./corrections";
import { type Answer, chosenOf, type ObjectRecord, type Scene } from "./document";
import { Field } from "./field";
import { type Gallery, type Shape, shapeOf } from "./gallery";
import type { Logits } from "./protocol";
import type { Store } from "./store";

/** Milliseconds after which a hand that takes the slider again asks again. */
const PATIENCE = 1000;

export class Cutter {
  readonly #store: Store;
  readonly #gallery: Pick<Gallery, "mask">;
  readonly #changed: () => void;
  #asked = ""; // whose logits were asked for last
  #since = 0; // when
  #lent: { readonly name: string; readonly told: Logits; readonly bytes: Uint8Array } | null = null;
  #field: { readonly name: string; readonly field: Field } | null = null;
  #shape: { readonly name: string; readonly at: number; readonly shape: Shape } | null = null;
  #at: number | null = null; // where the hand is, or was until the kernel has answered
  #held = false;
  #name = ""; // what it cuts

  /** `changed` is called when there is something else to see. */
  constructor(
    store: Store,
    gallery: Pick<Gallery, "mask">,
    changed: () => void,
    signal: AbortSignal,
  ) {
    this.#store = store;
    this.#gallery = gallery;
    this.#changed = changed;
    store.onAside(
      "logits",
      (told, [bytes]) => {
        const name = nameOf(told.object, told.of, told.choice);
        if (!this.#asked.startsWith(`${name} `) || bytes === undefined) return;
        this.#lent = { name: this.#asked, told, bytes };
        changed();
      },
      signal,
    );
  }

  /** The hand takes the slider. */
  take(scene: Scene): void {
    const { open, answer } = scene;
    if (open === null || answer === null) return;
    const choice = chosenOf(open, answer);
    this.#name = cutOf(open, answer.of, answer);
    const now = performance.now();
    const soon = this.#lent !== null || now - this.#since < PATIENCE;
    if (this.#name === this.#asked && soon) return;
    this.#asked = this.#name;
    this.#since = now;
    this.#lent = null;
    const { client } = this.#store;
    this.#store.aside({ type: "ask_logits", client, object: open.id, choice });
  }

  slide(scene: Scene, at: number): void {
    if (!this.#held) this.take(scene);
    this.#held = true;
    this.#at = at;
    this.#changed();
  }

  /** The hand lets go: what it has cut is seen until the kernel's own is there. */
  release(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#changed();
  }

  /** Where the slider stands. */
  at({ open }: Scene): number {
    return this.#at ?? open?.threshold ?? 0;
  }

  /** What is seen in place of the open object's own mask; null: that itself. */
  shape(scene: Scene): Shape | null {
    const { open, answer, stale, prompts, image, finished } = scene;
    if (!this.#held && (open === null || answer !== null)) this.#at = null;
    const [at, name] = [this.#at, this.#name];
    const last = answer ?? stale;
    if (at === null || open === null || image === null || last === null) return null;
    const ids = prompts.map(({ id }) => id);
    if (name !== cutOf(open, ids, last)) return null; // it has cut another
    if (this.#shape?.name === name && this.#shape.at === at) return this.#shape.shape;
    if (this.#lent?.name !== name) return null;
    if (this.#field?.name !== name) {
      const { told, bytes } = this.#lent;
      this.#field = { name, field: new Field(image, told, bytes) };
    }
    const mask = this.#field.field.cut(at); // what the hand has corrected stays so
    const shape = shapeOf(
      `${name} ${at}`,
      corrected(mask, finished?.corrections ?? [], this.#gallery.mask),
    );
    this.#shape = { name, at, shape };
    return shape;
  }
}

/** What is cut of an answer. Cut anew it keeps its scores; asked anew, as without feeding back, it has others. */
function cutOf(open: ObjectRecord, of: readonly string[], answer: Answer): string {
  const scores = answer.candidates.map(({ score }) => score).join();
  return `${nameOf(open.id, of, chosenOf(open, answer))} ${scores}`;
}

function nameOf(object: string, of: readonly string[], choice: number): string {
  return `${object} ${of.join()} ${choice}`;
}
