// Many photos as one view deals with them: which is shown, the strip of them, verdicts. It joins the kernel's words with
// their part of the page, asks for what of the strip is seen, and keeps few small pictures. Nothing is drawn here.
import type { Knobs } from "./knobs";
import type { Album, Slide } from "./protocol";
import type { Store } from "./store";
import { bindingsOf, type Command, type FilmCommand } from "./ui/bindings";
import { filmstrip } from "./ui/filmstrip";
import { t } from "./words/words";

/** Bytes of small pictures that a page keeps; and places of the strip, round those that are seen. */
const THUMBS = 2 ** 21;
const SLIDES = 200;
/** Milliseconds after the last turn of a wheel until the strip asks. */
const REST = 60;

const OWN: ReadonlySet<Command["do"]> = new Set(["leaf", "review", "judge", "note"]);

/** Whether a command is about many photos. */
export function isOfFilm(command: Command): command is FilmCommand {
  return OWN.has(command.do);
}

export interface FilmOptions {
  readonly store: Store;
  readonly knobs: Knobs;
  readonly say: (words: string) => void;
  readonly leave: () => void; // the focus goes where the keys do
}

/** Small pictures by the photos' names, as addresses; those that were seen least lately go first. */
export class Thumbs {
  readonly #kept = new Map<string, { readonly url: string; readonly bytes: number }>();
  readonly #most: number;
  bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get(name: string): string | null {
    const found = this.#kept.get(name);
    if (found === undefined) return null;
    this.#kept.delete(name);
    this.#kept.set(name, found);
    return found.url;
  }

  put(name: string, data: Uint8Array): void {
    this.#drop(name);
    const url = URL.createObjectURL(new Blob([data.slice()], { type: "image/webp" }));
    this.#kept.set(name, { url, bytes: data.byteLength });
    this.bytes += data.byteLength;
    for (const oldest of this.#kept.keys()) {
      if (this.bytes <= this.#most || this.#kept.size === 1) break;
      this.#drop(oldest);
    }
  }

  clear(): void {
    for (const name of [...this.#kept.keys()]) this.#drop(name);
  }

  #drop(name: string): void {
    const found = this.#kept.get(name);
    if (found === undefined) return;
    this.#kept.delete(name);
    this.bytes -= found.bytes;
    URL.revokeObjectURL(found.url);
  }
}

export class Film {
  readonly #options: FilmOptions;
  readonly #strip;
  readonly #thumbs = new Thumbs(THUMBS);
  readonly #slides = new Map<number, Slide>();
  #told = ""; // the photo that was spoken of last
  #only: Album["only"] = "";
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(options: FilmOptions, signal: AbortSignal) {
    this.#options = options;
    const { store, knobs } = options;
    this.#strip = filmstrip(
      {
        go: (name) => this.#say({ type: "go_to", client: store.client, name }),
        leaf: (by) => this.do({ do: "leaf", by }),
        judge: (verdict) => this.#judge(verdict),
        note: (note) => this.#note(note),
        review: (reviewing, only) =>
          this.#say({ type: "review", client: store.client, reviewing, only }),
        moved: () => this.#later(),
        leave: () => options.leave(),
      },
      signal,
    );
    store.onAside("album", () => this.#hear(), signal);
    store.onAside(
      "slides",
      ({ only, slides, blobs }, buffers) => {
        if (only !== this.#only) return;
        const data = new Map(blobs.map((hash, i) => [hash, buffers[i]]));
        for (const slide of slides) {
          this.#slides.set(slide.place, slide);
          const bytes = data.get(slide.thumb);
          if (bytes !== undefined) this.#thumbs.put(slide.name, bytes);
        }
        this.#letGo();
        this.#update();
      },
      signal,
    );
    store.onChange(() => this.#strip.enable(!store.ended), signal);
    knobs.onChange(["shortcuts"], () => this.#update());
    signal.addEventListener("abort", () => this.#close(), { once: true });
    this.#hear();
  }

  get element(): HTMLElement {
    return this.#strip.element;
  }

  get #album(): Album | null {
    return this.#options.store.standing("album")?.message ?? null;
  }

  /** Whether a key is the film's now. */
  takes(command: FilmCommand): boolean {
    const album = this.#album;
    const judges = command.do === "judge" || command.do === "note";
    return album !== null && (!judges || album.reviewing);
  }

  do(command: FilmCommand): void {
    const { store } = this.#options;
    const album = this.#album;
    if (album === null) return;
    if (command.do === "leaf") this.#say({ type: "leaf", client: store.client, by: command.by });
    else if (command.do === "judge") this.#judge(command.verdict);
    else if (command.do === "note") this.#strip.write();
    else {
      const { only } = album;
      this.#say({ type: "review", client: store.client, reviewing: !album.reviewing, only });
    }
  }

  #judge(verdict: Album["verdict"]): void {
    const { store } = this.#options;
    const album = this.#album;
    if (album === null) return;
    const now = album.verdict === verdict ? "" : verdict; // once more takes it back
    this.#say({ type: "judge", client: store.client, name: album.name, verdict: now });
  }

  #note(note: string): void {
    const { store } = this.#options;
    const album = this.#album;
    if (album === null || album.note === note) return;
    this.#say({ type: "remark", client: store.client, name: album.name, note });
  }

  #say(message: Parameters<Store["aside"]>[0]): void {
    if (!this.#options.store.ended) this.#options.store.aside(message);
  }

  #hear(): void {
    const album = this.#album;
    if (album === null) return;
    if (album.only !== this.#only) {
      this.#only = album.only;
      this.#slides.clear(); // of other places
    }
    if (album.name !== this.#told && this.#told !== "") {
      const where = { name: album.name, n: album.place + 1, count: album.count };
      this.#options.say(t("Photo {name}, {n} of {count}", where));
    }
    this.#told = album.name;
    this.#update();
    this.#ask();
  }

  #update(): void {
    const album = this.#album;
    if (album === null) return;
    this.#strip.update({
      album,
      slide: (place) => this.#slides.get(place) ?? null,
      thumb: (name) => this.#thumbs.get(name),
      bindings: bindingsOf(this.#options.knobs.get("shortcuts")),
    });
  }

  #later(): void {
    this.#update();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), REST);
  }

  /** Asks for what is seen of the strip, and for the small pictures that are not here. */
  #ask(): void {
    const { first, count } = this.#strip.seen();
    if (count === 0 || this.#album === null) return;
    const places = Array.from({ length: count }, (_, i) => first + i);
    const lacks = places.filter((place) => {
      const slide = this.#slides.get(place);
      return slide === undefined || (!slide.broken && this.#thumbs.get(slide.name) === null);
    });
    this.#say({ type: "ask_slides", client: this.#options.store.client, first, count, lacks });
  }

  /** Keeps the places round those that are seen. */
  #letGo(): void {
    if (this.#slides.size <= SLIDES) return;
    const { first, count } = this.#strip.seen();
    for (const place of [...this.#slides.keys()]) {
      if (Math.abs(place - first - count / 2) > SLIDES / 2) this.#slides.delete(place);
    }
  }

  #close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#thumbs.clear();
    this.#slides.clear();
  }
}
