// What this page knows of one widget: the confirmed document, the edits still under way, the two together as
// shown. Shared by all views of a model. Never in here: the DOM, the wire, timers, anything of one view.
import { apply, type Document, documentOf, type Edit, EMPTY, sceneOf } from "./document";
import {
  type Aside,
  type Blobs,
  type FromKernel,
  type FromPage,
  type Hello,
  type Patch,
  PROTOCOL,
  type Push,
  type Redo,
  type Snapshot,
  type Status,
  type Undo,
} from "./protocol";

/** A step of this page that the kernel has not confirmed yet. */
export type Step = Push | Undo | Redo;

export function isStep(said: FromPage): said is Step {
  return said.type === "push" || said.type === "undo" || said.type === "redo";
}

/** What the kernel says on a side road, by its type. */
type Told<T extends FromKernel["type"]> = Extract<FromKernel, { readonly type: T }>;
type Hearing<M> = (message: M, buffers: readonly Uint8Array[]) => void;

/** Of these side roads each page is told how things stand, also one that comes late; views ask for it. */
const STANDS = [
  "assumed",
  "truth",
  "judged",
  "album",
] as const satisfies readonly FromKernel["type"][];
type Stands = (typeof STANDS)[number];

interface Standing<M> {
  readonly message: M;
  readonly buffers: readonly Uint8Array[]; // the bytes of its blobs
}

/** How the kernel can be reached: not yet, well, not answering for a while, never again, not since the page opened. */
export type Contact = "waiting" | "open" | "silent" | "gone" | "saved";

/** What a message did: taken, of no use (old, or for another page), or newer than what we can follow. */
export type Taken = "taken" | "ignored" | "gap";

export class Store {
  readonly client: string;
  version = -1; // none yet
  confirmed: Document = EMPTY;
  canUndo = false;
  canRedo = false;
  status: Status | null = null;
  contact: Contact = "waiting";
  error: string | null = null;
  /** The bytes of what the document mentions, by content hash. */
  readonly blobs = new Map<string, Uint8Array>();

  #pending: readonly Step[] = [];
  #waiting: (() => void)[] = []; // what is done once an undo under way has shown its effect
  #shown: Document | null = EMPTY;
  #seq = 0;
  #call = 0;
  #asking = false;
  #changed = new Set<() => void>();
  #said = new Set<(said: Step | Aside) => void>();
  #heard = new Map<string, Set<Hearing<FromKernel>>>();
  #standing = new Map<FromKernel["type"], Standing<FromKernel>>();

  constructor(client: string) {
    this.client = client;
  }

  /** Confirmed and pending together: what views show. The same value until something changes. */
  get shown(): Document {
    if (this.#shown === null) {
      this.#shown = this.#pending.reduce<Document>(
        (document, step) => (step.type === "push" ? apply(document, step.edit) : document),
        this.confirmed,
      );
    }
    return this.#shown;
  }

  /** Steps that wait for the kernel, oldest first. */
  get pending(): readonly Step[] {
    return this.#pending;
  }

  /** Makes an edit, with the blobs that its prompts bring along, by their names. */
  push(edit: Edit, brought: ReadonlyMap<string, Uint8Array> = new Map()): void {
    const { client, version } = this;
    for (const [hash, bytes] of brought) this.blobs.set(hash, bytes);
    const blobs = [...brought.keys()];
    this.#step({ type: "push", client, seq: ++this.#seq, edit, version, blobs });
  }

  /** The bytes that ride with something this page says, in the order of the blobs that it names. */
  bytesOf(said: FromPage): Uint8Array[] {
    if (said.type !== "push") return [];
    return said.blobs.map((hash) => this.blobs.get(hash) ?? new Uint8Array());
  }

  /** Pushes what `make` makes of the shown document: at once, or when an undo under way has shown its effect. */
  act(make: (shown: Document) => Edit | null): void {
    this.#inTurn(this.unsure, () => {
      const edit = make(this.shown);
      if (edit !== null) this.push(edit);
    });
  }

  undo(): void {
    this.#inTurn(false, () => this.#step({ type: "undo", client: this.client, seq: ++this.#seq }));
  }

  redo(): void {
    this.#inTurn(false, () => this.#step({ type: "redo", client: this.client, seq: ++this.#seq }));
  }

  /** Whether something is under way that may leave a step to undo, or to redo. */
  get underWay(): boolean {
    return this.#pending.length > 0 || this.#waiting.length > 0;
  }

  /** Whether an undo or redo is under way: what it does, the kernel knows. */
  get unsure(): boolean {
    return this.#pending.some((step) => step.type !== "push");
  }

  /** Says something on a side road: not a step, nobody waits for it. */
  aside(message: Aside): void {
    this.#say(message);
  }

  /** Calls the listener with what the kernel says on a side road, of this type, until the signal aborts. */
  onAside<T extends FromKernel["type"]>(
    type: T,
    listener: Hearing<Told<T>>,
    signal: AbortSignal,
  ): void {
    const listeners = this.#heard.get(type) ?? new Set();
    this.#heard.set(type, listeners);
    listen(listeners, listener as Hearing<FromKernel>, signal);
  }

  /** What the kernel said last on a side road of which it says to every page how things stand; null: nothing yet. */
  standing<T extends Stands>(type: T): Standing<Told<T>> | null {
    return (this.#standing.get(type) ?? null) as Standing<Told<T>> | null;
  }

  /** Asks that the model try again what it failed with. */
  retry(): void {
    this.aside({ type: "retry", client: this.client });
  }

  /** Takes a message of the kernel; its buffers are the bytes of the blobs it names, in that order. */
  receive(message: FromKernel, buffers: readonly Uint8Array[]): Taken {
    if ("to" in message && message.to !== null && message.to !== this.client) return "ignored";
    if (keeps(message)) {
      message.blobs.forEach((hash, i) => {
        const bytes = buffers[i];
        if (bytes !== undefined) this.blobs.set(hash, bytes);
      });
    }
    if (stands(message)) this.#standing.set(message.type, { message, buffers });
    const taken = this.#take(message);
    for (const listener of [...(this.#heard.get(message.type) ?? [])]) listener(message, buffers);
    if (taken === "taken") {
      if (keeps(message)) this.#letGo();
      while (this.#waiting.length > 0 && !this.unsure) this.#waiting.shift()?.();
      this.#tell();
    }
    return taken;
  }

  /** The question for a snapshot; only the one that answers the latest question will be taken. */
  hello(): Hello {
    const { client, version } = this;
    this.#asking = true;
    const seq = (this.#pending[0]?.seq ?? this.#seq + 1) - 1;
    return { type: "hello", client, call: ++this.#call, seq, version, protocol: PROTOCOL };
  }

  /** Whether a question is open. */
  get asking(): boolean {
    return this.#asking;
  }

  /** Content hashes that the shown document mentions and whose bytes never came. */
  missing(): string[] {
    return [...sceneOf(this.shown).blobs].filter((hash) => !this.blobs.has(hash));
  }

  /** Whether no kernel is at the other end: nothing can be done. */
  get ended(): boolean {
    return this.contact === "gone" || this.contact === "saved";
  }

  setContact(contact: Contact): void {
    if (this.contact === contact) return;
    if (this.contact === "saved" && contact === "silent") return; // as it must be
    this.contact = contact;
    if (this.ended) this.#waiting = [];
    this.#tell();
  }

  setError(error: string | null): void {
    if (this.error === error) return;
    this.error = error;
    this.#tell();
  }

  /** Calls the listener after every change, until the signal aborts. */
  onChange(listener: () => void, signal: AbortSignal): void {
    listen(this.#changed, listener, signal);
  }

  /** Calls the listener with what this page says, every new step in order, until the signal aborts. */
  onSay(listener: (said: Step | Aside) => void, signal: AbortSignal): void {
    listen(this.#said, listener, signal);
  }

  /** Does it now, or after what waits already. */
  #inTurn(wait: boolean, work: () => void): void {
    if (wait || this.#waiting.length > 0) this.#waiting.push(work);
    else work();
  }

  #step(step: Step): void {
    this.#pending = [...this.#pending, step];
    this.#shown = null;
    this.error = null;
    this.#say(step);
    this.#tell();
  }

  #say(said: Step | Aside): void {
    for (const listener of [...this.#said]) listener(said);
  }

  #take(message: FromKernel): Taken {
    switch (message.type) {
      case "snapshot":
        return this.#takeSnapshot(message);
      case "patch":
        return this.#takePatch(message);
      case "reject":
        this.#settle((step) => step.seq === message.seq);
        this.error = message.why;
        return "taken";
      case "status":
        this.status = message;
        return "taken";
      case "blobs":
        return "taken";
      default:
        return stands(message) ? "taken" : "ignored"; // a newer kernel may say more than this page understands
    }
  }

  #takeSnapshot(snapshot: Snapshot): Taken {
    if (!this.#asking || snapshot.call !== this.#call) return "ignored";
    this.#asking = false;
    this.#settle((step) => step.seq <= snapshot.seq);
    this.version = snapshot.version;
    this.confirmed = documentOf(snapshot.document);
    this.canUndo = snapshot.can_undo;
    this.canRedo = snapshot.can_redo;
    this.status = snapshot.status;
    this.#shown = null;
    return "taken";
  }

  #takePatch(patch: Patch): Taken {
    if (patch.version <= this.version) return "ignored";
    if (patch.version > this.version + 1 || this.version < 0) return "gap";
    this.version = patch.version;
    this.confirmed = apply(this.confirmed, patch.edit);
    this.canUndo = patch.can_undo;
    this.canRedo = patch.can_redo;
    this.#shown = null;
    const { by } = patch;
    // The kernel takes a page's steps in order: what came before this one is settled as well.
    if (by?.client === this.client) this.#settle((step) => step.seq <= by.seq);
    return "taken";
  }

  /** Lets go of the bytes that the document no longer mentions; a patch that puts it back brings them along. */
  #letGo(): void {
    const sent = this.#pending.flatMap((step) => (step.type === "push" ? step.blobs : []));
    const kept = [sceneOf(this.confirmed).blobs, sceneOf(this.shown).blobs, new Set(sent)];
    for (const hash of this.blobs.keys()) {
      if (!kept.some((hashes) => hashes.has(hash))) this.blobs.delete(hash);
    }
  }

  #settle(settled: (step: Step) => boolean): void {
    this.#pending = this.#pending.filter((step) => !settled(step));
    this.#shown = null;
  }

  #tell(): void {
    for (const listener of [...this.#changed]) listener();
  }
}

function stands(message: FromKernel): message is Told<Stands> {
  return (STANDS as readonly string[]).includes(message.type);
}

/** Whether a message's blobs are the document's, and stay as long as it mentions them. */
function keeps(message: FromKernel): message is Snapshot | Patch | Blobs {
  return message.type === "snapshot" || message.type === "patch" || message.type === "blobs";
}

function listen<T>(listeners: Set<T>, listener: T, signal: AbortSignal): void {
  if (signal.aborted) return;
  listeners.add(listener);
  signal.addEventListener("abort", () => listeners.delete(listener), { once: true });
}
