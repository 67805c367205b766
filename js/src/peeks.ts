// The side road on which a view asks what an edit would give, were it made: one question under way, the newest next;
// what comes too late, or for a document that has changed since, is dropped. It knows no pointer and draws nothing.
import { type Document, type Edit, type Scene, sceneOf } from "./document";
import { type Shape, shapeOf } from "./gallery";
import { decode } from "./masks";
import type { Peeked } from "./protocol";
import type { Store } from "./store";

/** Something that a person may be about to do. */
export interface Wish {
  /** What it is about: as long as this stays the same, the last mask is shown until the next comes. */
  readonly about: string;
  /** The same for the same question. */
  readonly key: string;
  readonly make: (scene: Scene) => Edit | null;
}

/** The mask that an edit would give. */
export interface Glimpse {
  readonly wish: Wish;
  readonly edit: Edit;
  readonly shape: Shape;
}

/** A question that the kernel has not answered yet. */
interface Asked {
  readonly seq: number;
  readonly wish: Wish;
  readonly edit: Edit;
  readonly document: Document;
}

/** Milliseconds after which a question counts as lost; doubled by each that was. */
export const LOST = 2000;
const DOUBLINGS = 5;
/** Milliseconds of a round trip from which on the hand has to rest before the next question, and for how long at most. */
export const SLOW = 150;
const REST = 200;
/** Milliseconds after which a window of a huge picture may have been looked at by the model, and how often to hope so. */
const AHEAD = 600;
const HOPES = 8;

let asked = 0; // by all views of this page: their answers come on one wire

export class Peeks {
  readonly #store: Store;
  readonly #ready: () => boolean;
  readonly #changed: () => void;
  #wish: Wish | null = null;
  #done = ""; // the key of the wish that was asked last, of this document
  #document: Document;
  #asked: Asked | null = null;
  #since = 0;
  #took = 0; // milliseconds of the last round trip
  #lost = 0; // questions in a row
  #hoped = 0; // times that this wish had no answer
  #rest: ReturnType<typeof setTimeout> | null = null;
  #watch: ReturnType<typeof setTimeout> | null = null;
  #seen: Glimpse | null = null;
  #count = 0;

  /** `ready` says whether the model can be asked, `changed` is called when there is something else to be seen. */
  constructor(store: Store, ready: () => boolean, changed: () => void, signal: AbortSignal) {
    this.#store = store;
    this.#ready = ready;
    this.#changed = changed;
    this.#document = store.shown;
    store.onAside("peeked", (message, buffers) => this.#receive(message, buffers), signal);
    store.onChange(() => this.#follow(), signal);
    signal.addEventListener("abort", () => this.#stop(), { once: true });
  }

  /** What the newest answer shows; null while there is none. */
  get seen(): Glimpse | null {
    return this.#seen;
  }

  /** How many answers have been shown. */
  get count(): number {
    return this.#count;
  }

  /** From now on this is what is to be seen; null: nothing. */
  want(wish: Wish | null): void {
    const before = this.#wish;
    this.#wish = wish;
    if (wish?.about !== this.#seen?.wish.about) this.#show(null);
    if (wish?.key === before?.key) return;
    this.#done = "";
    this.#hoped = 0;
    if (this.#rest !== null) clearTimeout(this.#rest);
    this.#rest = null;
    const rest = this.#took > SLOW ? Math.min(REST, this.#took / 2) : 0;
    if (rest === 0 || wish === null) this.#next();
    else this.#rest = setTimeout(() => this.hurry(), rest);
  }

  /** The hand has made up its mind: what waits for it to rest is asked at once. */
  hurry(): void {
    if (this.#rest !== null) clearTimeout(this.#rest);
    this.#rest = null;
    this.#next();
  }

  #show(seen: Glimpse | null): void {
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#count += seen === null ? 0 : 1;
    this.#changed();
  }

  /** The document may have changed, or the model be ready now. */
  #follow(): void {
    if (this.#store.shown !== this.#document) {
      this.#document = this.#store.shown;
      this.#done = "";
      this.#show(null);
    }
    if (this.#rest === null) this.#next();
  }

  /** Asks what is wished for, if it can be asked now and was not before. */
  #next(): void {
    const { client, version, shown: document, pending } = this.#store;
    const wish = this.#wish;
    if (wish === null || this.#asked !== null || wish.key === this.#done) return;
    if (!this.#ready() || pending.length > 0) return; // an answer or a confirmation asks again
    const edit = wish.make(sceneOf(document));
    this.#done = wish.key;
    if (edit === null) {
      this.#show(null);
      return;
    }
    const seq = ++asked;
    this.#asked = { seq, wish, edit, document };
    this.#since = performance.now();
    const patience = LOST * 2 ** Math.min(this.#lost, DOUBLINGS);
    this.#watch = setTimeout(() => this.#giveUp(), patience);
    this.#store.aside({ type: "peek", client, seq, version, edit });
  }

  #giveUp(): void {
    this.#asked = null;
    this.#lost += 1;
    this.#next();
  }

  #receive({ seq, blobs }: Peeked, buffers: readonly Uint8Array[]): void {
    const question = this.#asked;
    if (question?.seq !== seq) return;
    if (this.#watch !== null) clearTimeout(this.#watch);
    this.#asked = null;
    this.#lost = 0;
    this.#took = performance.now() - this.#since;
    const { wish, edit, document } = question;
    if (document === this.#store.shown && wish.about === this.#wish?.about) {
      const shape = read(blobs[0], buffers[0]);
      this.#show(shape && { wish, edit, shape });
      if (wish.key === this.#wish.key) this.#done = wish.key;
      if (shape === null && wish.key === this.#wish.key) this.#hope(document);
    }
    if (this.#rest === null) this.#next();
  }

  /** In a huge picture the model may be about to look there: then there is an answer soon. */
  #hope(document: Document): void {
    const huge = (sceneOf(document).image?.depth ?? 0) > 0;
    if (!huge || this.#rest !== null || this.#hoped >= HOPES) return;
    this.#hoped += 1;
    this.#rest = setTimeout(() => {
      this.#done = "";
      this.hurry();
    }, AHEAD);
  }

  #stop(): void {
    this.#wish = null;
    for (const timer of [this.#rest, this.#watch]) if (timer !== null) clearTimeout(timer);
  }
}

/** The mask that rode along; none where nothing did, or the bytes are no mask. */
function read(hash: string | undefined, bytes: Uint8Array | undefined): Shape | null {
  if (hash === undefined || bytes === undefined) return null;
  try {
    return shapeOf(hash, decode(bytes));
  } catch {
    return null;
  }
}

/** Whether two edits do the same, but for the ids of what is new. */
export function alike(one: Edit, other: Edit): boolean {
  return plain(one) === plain(other);
}

function plain({ put, drop }: Edit): string {
  const records = Object.values(put).map((record) => ({ ...record, id: "", object: "" }));
  return JSON.stringify([records, drop]);
}
