// What everything mode has found on a widget's photo, and the filters: shared by all views of a model, as the store is,
// which it hears through. Which masks show is decided here; what is pointed at, and anything drawn, is a view's.
import { type Shape, shapeOf } from "../gallery";
import { decode, holds, type Mask, type Spans, spansOf } from "../masks";
import type { Candidate, Reach, Sieve, Spot, Surveyed } from "../protocol";
import type { Store } from "../store";
import type { Place } from "../viewport";
import { t } from "../words/words";
import { type Fate, fatesOf, type Measures } from "./sieve";

/** A mask that was found: what a click on the spot gives as its candidate `choice`. */
export interface Find extends Measures {
  readonly index: number; // among all of the survey; people count from 1
  readonly x: number; // the spot, image pixels
  readonly y: number;
  readonly choice: number;
  readonly mask: Mask;
  readonly spans: Spans; // of it, as the following made when first asked for: most are never seen
  readonly shape: Shape;
}

/** Milliseconds between two tellings of a slider that is being dragged. */
const PACE = 80;
const NOTHING: Reach = { done: 0, total: 0, what: "stopped", why: "" };
const OPEN: Sieve = { predicted_iou: 0, stability: 0, area: 0, overlap: 1 };

export class Finds {
  readonly #store: Store;
  readonly #changed = new Set<() => void>();
  #survey = "";
  #closed = ""; // here: what is still on its way of it comes too late
  #spots = 0;
  #all: Find[] = [];
  #reach: Reach = NOTHING;
  #sieve: Sieve = OPEN;
  #fates: readonly Fate[] | null = null;
  #shown: readonly Find[] = [];
  #seq = 0; // of the filters that this page has set
  #owed = false; // and that the kernel has not confirmed
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(store: Store) {
    this.#store = store;
    const forever = new AbortController().signal; // as long as the store
    store.onAside("surveyed", (message, buffers) => this.#hear(message, buffers), forever);
    store.onAside("snapshot", () => this.#ask(), forever);
    store.onChange(() => store.ended && this.#clear(), forever);
  }

  /** Whether anything is sought, or has been found. */
  get on(): boolean {
    return this.#survey !== "";
  }

  get running(): boolean {
    return this.on && this.#reach.what === "running";
  }

  get reach(): Reach {
    return this.#reach;
  }

  get sieve(): Sieve {
    return this.#sieve;
  }

  get all(): readonly Find[] {
    return this.#all;
  }

  /** What has become of each. */
  get fates(): readonly Fate[] {
    if (this.#fates === null) {
      const fates = fatesOf(this.#sieve, this.#all);
      this.#fates = fates;
      this.#shown = this.#all.filter(({ index }) => fates[index]?.dropped === null);
    }
    return this.#fates;
  }

  /** Those that the filters let through: of the same finds and filters always the same list. */
  get shown(): readonly Find[] {
    void this.fates;
    return this.#shown;
  }

  /** Looks for everything anew. */
  seek(): void {
    this.#store.aside({ type: "seek", client: this.#store.client, side: null });
  }

  /** Looks no further; with `close` all is forgotten. */
  stop(close: boolean): void {
    this.#store.aside({ type: "stop", client: this.#store.client, close });
    if (close) {
      this.#closed = this.#survey;
      this.#clear(); // at once: who closes wants to see it gone
    } else if (this.running) this.#reach = { ...this.#reach, what: "stopped" };
    this.#tell();
  }

  /** Sets the filters: what shows is known at once, and the kernel told in time. */
  sift(sieve: Sieve): void {
    this.#sieve = sieve;
    this.#fates = null;
    this.#owed = true;
    this.#timer ??= setTimeout(() => this.#say(), PACE);
    this.#tell();
  }

  /** Calls the listener after every change, until the signal aborts. */
  onChange(listener: () => void, signal: AbortSignal): void {
    this.#changed.add(listener);
    signal.addEventListener("abort", () => this.#changed.delete(listener), { once: true });
  }

  #say(): void {
    this.#timer = null;
    if (!this.on) return;
    const { client } = this.#store;
    this.#store.aside({ type: "sift", client, seq: ++this.#seq, sieve: this.#sieve });
  }

  #ask(): void {
    const { client } = this.#store;
    this.#store.aside({ type: "more", client, survey: this.#survey, have: this.#spots });
  }

  #hear(message: Surveyed, buffers: readonly Uint8Array[]): void {
    const { survey, first } = message;
    if (survey === "") this.#clear();
    else if (survey === this.#survey && first > this.#spots) this.#ask();
    else if (survey !== this.#closed) this.#append(message, buffers);
  }

  #append(message: Surveyed, buffers: readonly Uint8Array[]): void {
    if (message.survey !== this.#survey) this.#forget(message.survey);
    if (message.first > this.#spots) {
      this.#ask();
      return;
    }
    const bytes = new Map(message.blobs.map((hash, i) => [hash, buffers[i]]));
    for (const spot of message.spots.slice(this.#spots - message.first)) this.#take(spot, bytes);
    this.#reach = message.reach;
    const { by } = message;
    if (by?.client === this.#store.client && by.seq === this.#seq && this.#timer === null)
      this.#owed = false;
    if (!this.#owed) this.#sieve = message.sieve; // else a hand is at it
    this.#fates = null;
    this.#tell();
  }

  #take(spot: Spot, bytes: ReadonlyMap<string, Uint8Array | undefined>): void {
    this.#spots += 1;
    for (const [choice, candidate] of spot.candidates.entries()) {
      const find = found(this.#all.length, spot, choice, candidate, bytes.get(candidate.blob));
      if (find === null) this.#store.setError(t("A mask of everything mode cannot be read."));
      else this.#all.push(find);
    }
  }

  #forget(survey: string): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#survey = survey;
    this.#spots = 0;
    this.#all = [];
    this.#fates = null;
    this.#reach = NOTHING;
    this.#owed = false;
  }

  #clear(): void {
    if (!this.on) return;
    this.#forget("");
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#changed]) listener();
  }
}

function found(
  index: number,
  { x, y }: Spot,
  choice: number,
  { blob, score, stability, area }: Candidate,
  bytes: Uint8Array | undefined,
): Find | null {
  try {
    const mask = decode(bytes ?? new Uint8Array());
    let shape: Shape | null = null;
    let spans: Spans | null = null;
    return {
      ...{ index, x, y, choice, predictedIou: score, stability, area, box: mask, mask },
      get spans() {
        spans ??= spansOf(mask);
        return spans;
      },
      get shape() {
        shape ??= shapeOf(blob, mask);
        return shape;
      },
    };
  } catch {
    return null;
  }
}

/** Those that are on at a place (image pixels), the smallest first. */
export function findsAt(some: readonly Find[], place: Place): Find[] {
  return some.filter(({ mask }) => holds(mask, place)).sort((a, b) => a.area - b.area);
}

const known = new WeakMap<Store, Finds>();

/** What is found of a store's photo: of one store always the same. */
export function findsOf(store: Store): Finds {
  const finds = known.get(store) ?? new Finds(store);
  known.set(store, finds);
  return finds;
}
