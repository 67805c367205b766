// One page's end of the wire: sends the store's steps, feeds it what comes, and asks again when nothing comes.
// No DOM, no document logic: what a message means is the store's business.
import type { Aside, FromKernel, FromPage } from "./protocol";
import { isStep, type Step, type Store } from "./store";

/** Whatever carries JSON both ways, with bytes beside it. */
export interface Wire {
  send(content: FromPage, buffers: Uint8Array[]): void;
  listen(
    listener: (content: unknown, buffers: readonly ArrayBufferView[]) => void,
    signal: AbortSignal,
  ): void;
}

/** Milliseconds that an unanswered step may wait before the page asks how things stand. */
export const PATIENCE = 2000;
/** Unanswered questions after which the page says that the kernel does not answer. */
const SILENT_AFTER = 2;
/** Each unanswered question doubles the wait, this many times at most: a busy kernel is not helped by more. */
const DOUBLINGS = 4;

export class Link {
  readonly #store: Store;
  readonly #wire: Wire;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #unanswered = 0;
  #doubted = false;
  #closed = false;

  /** Says hello at once; ends with the signal. */
  constructor(store: Store, wire: Wire, signal: AbortSignal) {
    this.#store = store;
    this.#wire = wire;
    wire.listen((content, buffers) => this.#receive(content, buffers), signal);
    store.onSay((said) => this.#send(said), signal);
    signal.addEventListener("abort", () => this.#stop(), { once: true });
    this.ask();
  }

  /** Says hello; the kernel answers with a snapshot, after which what is pending is sent again. */
  ask(): void {
    if (this.#closed) return;
    this.#say(this.#store.hello());
    this.#watch();
  }

  /** The host says that the kernel's end may be gone: ask, and take silence for a yes. */
  doubt(): void {
    this.#doubted = true;
    this.ask();
  }

  /** The kernel at the other end is no more: nothing will be sent again. */
  gone(): void {
    this.#stop();
    this.#store.setContact("gone");
  }

  #stop(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #send(said: Step | Aside): void {
    // While a question is open, steps wait: the snapshot's answer sends all that is pending, in order.
    if (this.#closed || (this.#store.asking && isStep(said))) return;
    this.#say(said);
    if (this.#timer === null) this.#watch();
  }

  /** A comm that is dead throws. */
  #say(message: FromPage): void {
    if (this.#closed) return;
    try {
      this.#wire.send(message, this.#store.bytesOf(message));
    } catch {
      this.gone();
    }
  }

  #receive(content: unknown, buffers: readonly ArrayBufferView[]): void {
    if (this.#closed || !isMessage(content)) return;
    const bytes = buffers.map(
      (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength),
    );
    const taken = this.#store.receive(content, bytes);
    // Bytes that the kernel lacks as well would be asked for at the same pace for ever.
    if (content.type !== "blobs") this.#unanswered = 0;
    this.#doubted = false;
    this.#store.setContact("open");
    if (taken === "gap") {
      if (!this.#store.asking) this.ask();
      return;
    }
    if (taken === "taken") this.#follow(content);
    this.#watch();
  }

  /** What a message that was taken calls for. */
  #follow(message: FromKernel): void {
    if (message.type === "snapshot") for (const step of this.#store.pending) this.#say(step);
    if (message.type === "snapshot" || message.type === "patch") this.#need();
  }

  #need(): void {
    const blobs = this.#store.asking ? [] : this.#store.missing();
    if (blobs.length > 0) this.#say({ type: "need", client: this.#store.client, blobs });
  }

  /** Restarts the clock while anything is unanswered. */
  #watch(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#closed) return;
    const waits = this.#store.asking || this.#store.pending.length > 0;
    if (!waits && this.#store.missing().length === 0) return;
    const wait = PATIENCE * 2 ** Math.min(this.#unanswered, DOUBLINGS);
    this.#timer = setTimeout(() => {
      this.#unanswered += 1;
      const silent = waits && this.#unanswered >= SILENT_AFTER;
      if (silent && this.#doubted) return this.gone();
      if (silent) this.#store.setContact("silent");
      if (waits) this.ask();
      else this.#need();
      this.#watch();
    }, wait);
  }
}

/** Other widgets' extensions may talk on the same comm: only objects with a type are ours. */
function isMessage(content: unknown): content is FromKernel {
  return typeof content === "object" && content !== null && "type" in content;
}
