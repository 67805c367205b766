// Exports as one view deals with them: it asks the kernel, waits, and shows what came of it. Nothing is drawn here.
import type { Scene } from "./document";
import type { Exported } from "./protocol";
import type { Store } from "./store";
import { exportControl, type Format, lossOf } from "./ui/export";
import { heard } from "./words/heard";

export interface ExportingOptions {
  readonly store: Store;
  readonly scene: () => Scene;
  readonly alive: () => boolean;
  readonly changed: () => void;
  readonly say: (words: string) => void;
}

export class Exporting {
  readonly #options: ExportingOptions;
  readonly #control: ReturnType<typeof exportControl>;
  #under: Format | null = null;
  #done: Exported | null = null;

  constructor(options: ExportingOptions, signal: AbortSignal) {
    this.#options = options;
    this.#control = exportControl((format) => this.#ask(format), signal);
    options.store.onAside("exported", (told) => this.#heard(told), signal);
  }

  get element(): HTMLElement {
    return this.#control.element;
  }

  update(): void {
    if (!this.#options.alive()) this.#under = null; // nobody answers any more
    this.#control.update({ free: this.#free, under: this.#under, done: this.#done });
  }

  /** Something is accepted here; of many photos, perhaps on others. */
  get #free(): boolean {
    const { store, scene, alive } = this.#options;
    return alive() && (scene().accepted.length > 0 || store.standing("album") !== null);
  }

  #ask(format: Format): void {
    const { store, changed } = this.#options;
    this.#under = format;
    store.aside({ type: "export", client: store.client, format });
    changed();
  }

  #heard(told: Exported): void {
    this.#under = null;
    this.#done = { ...told, why: heard(told.why), notes: told.notes.map(heard) };
    this.#options.say(lossOf(this.#done).join(" "));
    this.#options.changed();
  }
}
