// A ground truth as one view deals with it: what of it is missed and what is wrong in the mask that is seen, whether
// that is shown, and how the annotator is let click. It joins the kernel's words with their part of the panel.
import { without } from "./difference";
import type { Scene } from "./document";
import { type Gallery, type Shape, shapeOf } from "./gallery";
import { decode } from "./masks";
import type { Agreement, Judged } from "./protocol";
import type { Store } from "./store";
import { truthPanel } from "./ui/truth";

export interface TeachingOptions {
  readonly store: Store;
  readonly gallery: Gallery;
  readonly scene: () => Scene;
  readonly changed: () => void;
}

/** What a mask lacks, and what it has too much. */
export interface Errors {
  readonly missed: Shape;
  readonly wrong: Shape;
}

export class Teaching {
  readonly #options: TeachingOptions;
  readonly #panel;
  #on = true; // errors are shown
  #truth: { readonly hash: string; readonly shape: Shape | null } | null = null;
  #errors: { readonly key: string; readonly errors: Errors } | null = null;

  constructor(options: TeachingOptions, signal: AbortSignal) {
    this.#options = options;
    const { store } = options;
    this.#panel = truthPanel(
      {
        turn: () => this.turn(),
        annotate: () => store.aside({ type: "annotate", client: store.client }),
      },
      signal,
    );
  }

  get element(): HTMLElement {
    return this.#panel.element;
  }

  /** Whether there is a truth of the picture that is shown. */
  get taught(): boolean {
    return this.#shape(this.#options.scene()) !== null;
  }

  /** Shows the errors, or no more. */
  turn(): void {
    this.#on = !this.#on;
    this.#options.changed();
  }

  /** What is missed and what is wrong; null where it is not to be seen. */
  errors(scene: Scene): Errors | null {
    const truth = this.#on ? this.#shape(scene) : null;
    const { finished, image, open } = scene;
    if (truth === null || finished === null || image === null || open === null) return null;
    const shown = this.#options.gallery.finished(finished, image);
    if (shown === null) return null;
    const key = `${truth.hash} ${finished.key}`;
    if (this.#errors?.key !== key) {
      const missed = shapeOf(`missed ${key}`, without(truth.mask, shown.mask));
      const wrong = shapeOf(`wrong ${key}`, without(shown.mask, truth.mask));
      this.#errors = { key, errors: { missed, wrong } };
    }
    return this.#errors.errors;
  }

  /** How each of the candidates that are seen agrees with the truth; none where that is not known yet. */
  candidates(scene: Scene): readonly Agreement[] {
    const judged = this.#judged(scene);
    return judged !== null && judged.answer === scene.answer?.id ? judged.candidates : [];
  }

  update(scene: Scene, alive: boolean): void {
    const judged = this.#judged(scene);
    this.#panel.update({
      taught: this.#shape(scene) !== null,
      on: this.#on,
      shown: judged?.shown ?? null,
      course: judged?.course ?? [],
      race: judged?.race ?? [],
      alive: alive && !(scene.prompts.length > 0 && scene.answer === null),
    });
  }

  #judged(scene: Scene): Judged | null {
    const judged = this.#options.store.standing("judged")?.message ?? null;
    return judged !== null && judged.object === scene.open?.id ? judged : null;
  }

  /** The true mask of the picture that is shown. */
  #shape({ image }: Scene): Shape | null {
    const standing = this.#options.store.standing("truth");
    const hash = standing?.message.blobs[0];
    if (hash === undefined || image === null || standing?.message.image !== image.id) return null;
    if (this.#truth?.hash !== hash) {
      const bytes = standing.buffers[0];
      this.#truth = { hash, shape: bytes === undefined ? null : shapeOf(hash, decode(bytes)) };
    }
    return this.#truth.shape;
  }
}
