// What is proposed as like an example on a widget's photo: shared by all views of a model, as the store is, which it
// hears through. From which score on one is taken is the page's; what is pointed at, and anything drawn, is a view's.
import { type Shape, shapeOf } from "../gallery";
import { decode, holds, type Mask, type Spans, spansOf } from "../masks";
import type { Likened, Proposed, Reach } from "../protocol";
import type { Store } from "../store";
import type { Place } from "../viewport";
import { t } from "../words/words";

/** A proposal with its mask; of one mask always the same, whatever its score is by now. */
export interface Like extends Proposed {
  readonly mask: Mask;
  readonly spans: Spans;
  readonly shape: Shape;
}

type Pictured = Pick<Like, "mask" | "spans" | "shape">;

const NOTHING: Reach = { done: 0, total: 0, what: "stopped", why: "" };
const NONE: Likened = {
  ...{ type: "likened", to: null, hunt: "", label: "", color: 0, proposals: [], blobs: [] },
  ...{ refused: 0, clicks: 0, objects: 0, reach: NOTHING },
};
/** From this score on a proposal is taken, until a hand says another. */
const SCORE = 0.4;

export class Likes {
  readonly #store: Store;
  readonly #changed = new Set<() => void>();
  readonly #masks = new Map<string, Pictured>();
  #said = NONE;
  #all: readonly Like[] = [];
  #least = SCORE;
  #closed = ""; // here: what is still on its way of it comes too late
  #asked = ""; // the hunt of which all has been asked for

  constructor(store: Store) {
    this.#store = store;
    const forever = new AbortController().signal; // as long as the store
    store.onAside("likened", (message, buffers) => this.#hear(message, buffers), forever);
    store.onAside("snapshot", () => this.#ask(), forever);
    store.onChange(() => store.ended && this.#take(NONE), forever);
  }

  /** Whether anything is looked for, or proposed. */
  get on(): boolean {
    return this.#said.hunt !== "";
  }

  get running(): boolean {
    return this.on && this.#said.reach.what === "running";
  }

  /** What the kernel said last. */
  get said(): Likened {
    return this.#said;
  }

  /** All that is proposed, the likest first. */
  get all(): readonly Like[] {
    return this.#all;
  }

  get least(): number {
    return this.#least;
  }

  /** Those of at least the score. */
  get taken(): readonly Like[] {
    return this.#all.filter(({ score }) => score >= this.#least);
  }

  /** Looks for what is like an object; null: like those that are known. */
  seek(object: string | null): void {
    this.#store.aside({ type: "liken", client: this.#store.client, object });
  }

  refuse(index: number): void {
    this.#say(index);
    this.#all = this.#all.filter((one) => one.index !== index); // at once: the others follow
    this.#tell();
  }

  /** What was refused last is proposed again. */
  back(): void {
    this.#say(null);
  }

  /** Looks no further; with `close` all is forgotten. */
  stop(close: boolean): void {
    this.#store.aside({ type: "leave", client: this.#store.client, close });
    if (close) {
      this.#closed = this.#said.hunt;
      this.#take(NONE);
    } else if (this.running) {
      this.#take({ ...this.#said, reach: { ...this.#said.reach, what: "stopped" } });
    }
  }

  /** Sets from which score on one is taken. */
  cut(least: number): void {
    this.#least = least;
    this.#tell();
  }

  /** Calls the listener after every change, until the signal aborts. */
  onChange(listener: () => void, signal: AbortSignal): void {
    this.#changed.add(listener);
    signal.addEventListener("abort", () => this.#changed.delete(listener), { once: true });
  }

  #say(index: number | null): void {
    const { client } = this.#store;
    this.#store.aside({ type: "refuse", client, hunt: this.#said.hunt, index });
  }

  #ask(): void {
    this.#asked = this.#said.hunt;
    this.#store.aside({ type: "lack", client: this.#store.client, hunt: this.#said.hunt });
  }

  #hear(message: Likened, buffers: readonly Uint8Array[]): void {
    if (message.hunt !== "" && message.hunt === this.#closed) return;
    if (message.hunt !== this.#said.hunt) this.#masks.clear();
    for (const [i, blob] of message.blobs.entries()) this.#read(blob, buffers[i]);
    this.#take(message);
    const whole = this.#all.length === message.proposals.length;
    if (whole) this.#asked = "";
    else if (this.#asked !== message.hunt) this.#ask();
  }

  #read(blob: string, bytes: Uint8Array | undefined): void {
    try {
      const mask = decode(bytes ?? new Uint8Array());
      this.#masks.set(blob, { mask, spans: spansOf(mask), shape: shapeOf(blob, mask) });
    } catch {
      this.#store.setError(t("A mask that was proposed cannot be read."));
    }
  }

  #take(said: Likened): void {
    if (!this.on && said.hunt === "") return;
    if (said.hunt !== this.#said.hunt) this.#least = SCORE;
    this.#said = said;
    this.#all = said.proposals.flatMap((one) => {
      const pictured = this.#masks.get(one.blob);
      return pictured === undefined ? [] : [{ ...one, ...pictured }];
    });
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#changed]) listener();
  }
}

/** The one at a place (image pixels) that is likest; null where there is none. */
export function likeAt(some: readonly Like[], place: Place): Like | null {
  return some.find(({ mask }) => holds(mask, place)) ?? null;
}

const known = new WeakMap<Store, Likes>();

/** What is proposed on a store's photo: of one store always the same. */
export function likesOf(store: Store): Likes {
  const likes = known.get(store) ?? new Likes(store);
  known.set(store, likes);
  return likes;
}
