// The accepted objects as one view deals with them: which are selected, pointed at or hidden, and what rows, keys and
// clicks on the photo do to them. It joins their list with the acts; it knows neither the canvas nor the wire.
import { type Dye, dyeOf, labelsOf } from "./coloring";
import type { Edit, ObjectRecord, Scene, Thing } from "./document";
import type { Knobs } from "./knobs";
import type { Arrange, Overlapped } from "./protocol";
import type { Store } from "./store";
import { deleteObjects, move, protect, recolor, rename, reopen } from "./tools/acts";
import type { Pick } from "./tools/pick";
import { type ObjectsList, objectsList, type Way } from "./ui/objects";
import { wordsOf } from "./ui/overlapped";
import { t } from "./words/words";

export interface ShelfOptions {
  readonly store: Store;
  readonly knobs: Knobs;
  readonly scene: () => Scene;
  readonly act: (act: (scene: Scene) => Edit | null) => void;
  readonly alive: () => boolean; // whether anything can be changed: else an act is nothing
  readonly changed: () => void; // what is selected, pointed at or hidden
  readonly say: (words: string) => void; // what no document tells
  readonly leave: () => void; // the row that had the focus has gone
}

/** Image pixels, of the image and of its objects. */
type Sizes = Readonly<{ pixels: number; area: (thing: Thing) => number | null }>;

/** Milliseconds until it is said that the kernel is at it. */
const PATIENCE = 250;

const NOBODY: ReadonlySet<string> = new Set();

export class Shelf {
  readonly #options: ShelfOptions;
  readonly #list: ObjectsList;
  #selected: string | null = null; // the one that keys go on from
  #also: ReadonlySet<string> = NOBODY; // selected beside it
  #timer: ReturnType<typeof setTimeout> | undefined;
  #anchor: string | null = null; // where a range of rows begins
  #pointed: string | null = null; // in the list or on the photo
  #under = false; // the kernel puts objects together
  #note: { readonly words: string; readonly scene: Scene | null } = { words: "", scene: null };

  constructor(options: ShelfOptions, signal: AbortSignal) {
    this.#options = options;
    const { knobs, store } = options;
    this.#list = objectsList(
      {
        point: (id) => this.point(id),
        select: (id, way) => this.#choose(id, way),
        all: () => this.#all(),
        called: (id, label) => options.act((scene) => rename(scene, id, label)),
        labels: () => labelsOf(options.scene(), knobs.get("labels")),
        refused: (thing) => void this.#refuses([thing]),
        recolor: (color) => void this.#recolor(color),
        reopen: () => void this.reopen(),
        rename: () => void this.rename(),
        hide: () => void this.hide(),
        lock: () => void this.lock(),
        arrange: (how) => void this.arrange(how),
        delete: () => void this.delete(),
        move: (by) => this.#move(by),
        leave: options.leave,
        overlap: (rule) => knobs.set("overlap", rule),
        colorBy: (by) => knobs.set("color_by", by),
      },
      signal,
    );
    knobs.onChange(["turbo", "overlap", "color_by", "labels", "hidden"], options.changed);
    store.onAside("patch", () => this.#rest(), signal);
    store.onAside("reject", () => this.#rest(), signal);
    store.onAside("snapshot", () => this.#rest(), signal);
    signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
    store.onAside("overlapped", (told) => this.#overlapped(told), signal);
  }

  get element(): HTMLElement {
    return this.#list.element;
  }

  /** How objects are seen on the photo. */
  get look(): {
    readonly strong: ReadonlySet<string | null>; // whose outlines stand out
    readonly unseen: ReadonlySet<string>; // who is not shown: a way of looking, and nothing of the document
    readonly dye: Dye;
  } {
    const strong = new Set([this.#selected, this.#pointed, ...this.#also]);
    return { strong, unseen: this.#unseen, dye: this.#dye };
  }

  /** The palette's place of the open object, or of the first. */
  dye(object: ObjectRecord | null): number {
    return object === null ? 0 : this.#dye(object);
  }

  /** The selected object; null when there is none, or it is accepted no more. */
  get selected(): Thing | null {
    const { accepted } = this.#options.scene();
    return accepted.find(({ object }) => object.id === this.#selected) ?? null;
  }

  /** All that are selected, the one that keys go on from first, the others in their order. */
  get several(): readonly Thing[] {
    const { selected } = this;
    const { accepted } = this.#options.scene();
    const also = accepted.filter(
      ({ object: { id } }) => this.#also.has(id) && id !== selected?.object.id,
    );
    return selected === null ? [] : [selected, ...also];
  }

  point(id: string | null): void {
    if (id === this.#pointed) return;
    this.#pointed = id;
    this.#options.changed();
  }

  /**
   * What a click on an accepted object does while no prompts are open: the first selects it, so that nobody makes a
   * double by trying to touch it; a double click opens it again; another click on it prompts for something new there.
   */
  click(id: string | null, twice: boolean): ReturnType<Pick> {
    if (id === null || this.#options.scene().marks.length > 0) return null;
    if (id !== this.#selected) return () => this.#selectAloud(id);
    const { scene } = this.#options;
    return twice ? () => (this.#refuses(this.several) ? null : this.#reopened(scene(), id)) : null;
  }

  /** Opens the selected object again; says whether there is one, as the next ones do. */
  reopen(): boolean {
    return this.#change(([{ object }]) =>
      this.#options.act((scene) => this.#reopened(scene, object.id)),
    );
  }

  rename(): boolean {
    return this.#change(([{ object }]) => this.#list.rename(object.id));
  }

  delete(): boolean {
    return this.#change((things) => {
      const { accepted } = this.#options.scene();
      const gone = new Set(things.map(({ object }) => object.id));
      const at = accepted.findLastIndex(({ object }) => gone.has(object.id));
      const stay = ({ object }: Thing): boolean => !gone.has(object.id);
      const next = accepted.slice(at).find(stay) ?? accepted.slice(0, at).findLast(stay);
      this.#options.act((scene) => deleteObjects(scene, [...gone]));
      this.#select(next?.object.id ?? null); // so that the keys go on
    });
  }

  /** Locks the selected objects against change, or unlocks them. */
  lock(): boolean {
    const things = this.several;
    if (!this.#options.alive() || things.length === 0) return false;
    const on = !things.every(({ object }) => object.protected);
    const ids = things.map(({ object }) => object.id);
    this.#options.act((scene) => protect(scene, ids, on));
    return true;
  }

  /** Puts the selected objects together; the kernel does it, exact to the pixel. The first in the list takes in. */
  arrange(how: Arrange["how"]): boolean {
    const { store, alive } = this.#options;
    const things = how === "parts" ? [] : this.several;
    if (!alive() || (how !== "parts" && things.length < 2) || this.#refuses(things)) return false;
    const first = how === "subtract" || how === "parts" ? things : this.#inOrder(things);
    const objects = first.map(({ object }) => object.id);
    store.aside({ type: "arrange", client: store.client, how, objects });
    this.#work();
    if (how === "merge") this.#select(objects[0] ?? null);
    return true;
  }

  /** Shows the selected objects no more, or again; says whether there are any. */
  hide(): boolean {
    const things = this.several;
    if (things.length === 0) return false;
    const unseen = new Set(this.#unseen);
    const off = things.some(({ object }) => !unseen.has(object.id));
    for (const { object } of things) {
      if (off) unseen.add(object.id);
      else unseen.delete(object.id);
    }
    this.#options.knobs.set("hidden", [...unseen]);
    const [{ number: n } = { number: 0 }] = things;
    this.#options.say(off ? t("Object {n} is hidden", { n }) : t("Object {n} is shown", { n }));
    this.#options.changed();
    return true;
  }

  deselect(): boolean {
    if (this.selected === null) return false;
    this.#select(null);
    return true;
  }

  update(scene: Scene, { pixels, area }: Sizes, alive: boolean): void {
    const { accepted } = scene;
    const { knobs } = this.#options;
    if (this.#note.scene !== null && this.#outdated(scene)) this.#note = { words: "", scene: null };
    const [unseen, dye] = [this.#unseen, this.#dye];
    this.#list.update({
      ...{ accepted, selected: this.several, unseen, pixels, area, alive, dye },
      overlap: knobs.get("overlap"),
      colorBy: knobs.get("color_by"),
      note: this.#under ? t("Putting them together…") : this.#note.words,
      busy: this.#under,
    });
  }

  get #unseen(): ReadonlySet<string> {
    return new Set(this.#options.knobs.get("hidden"));
  }

  get #dye(): Dye {
    const { knobs, scene } = this.#options;
    return dyeOf(scene(), knobs.get("color_by"), knobs.get("labels"));
  }

  /** What was said is of another state: something was begun, made or undone since. */
  #outdated({ open, objects }: Scene): boolean {
    return open !== null || objects.length !== this.#note.scene?.objects.length;
  }

  /** The kernel has applied the rule to an object that was accepted. */
  #overlapped(told: Overlapped): void {
    const scene = this.#options.scene();
    this.#noted(wordsOf(told), scene);
  }

  #noted(words: string, scene: Scene): void {
    this.#note = { words, scene };
    this.#options.changed();
  }

  /** Most are done before anybody could read that they are under way. */
  #work(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#under = this.#options.alive();
      this.#options.changed();
    }, PATIENCE);
  }

  #rest(): void {
    clearTimeout(this.#timer);
    if (!this.#under) return;
    this.#under = false;
    this.#options.changed();
  }

  #inOrder(things: readonly Thing[]): readonly Thing[] {
    return [...things].sort((a, b) => a.number - b.number);
  }

  /** Whether one of them is locked against change, which is said. */
  #refuses(things: readonly Thing[]): boolean {
    const one = things.find(({ object }) => object.protected);
    if (one !== undefined) {
      const words = t("Object {n} is locked against change: unlock it first.", { n: one.number });
      this.#noted(words, this.#options.scene());
    }
    return one !== undefined;
  }

  /** Does it to what is selected, if that can be changed; says whether anything is selected. */
  #change(act: (things: readonly [Thing, ...Thing[]]) => void): boolean {
    const [first, ...others] = this.several;
    if (!this.#options.alive() || first === undefined) return false;
    if (!this.#refuses([first, ...others])) act([first, ...others]);
    return true;
  }

  #recolor(color: number): boolean {
    return this.#change((things) => {
      for (const { object } of things)
        this.#options.act((scene) => recolor(scene, object.id, color));
    });
  }

  /** Selects a row alone, with all up to it, or beside the others; one of these, no more. */
  #choose(id: string, way: Way): void {
    const { accepted } = this.#options.scene();
    const ids = accepted.map(({ object }) => object.id);
    const now = new Set(this.several.map(({ object }) => object.id));
    if (way === "alone") return void this.#select(id);
    const from = ids.indexOf(this.#anchor ?? id);
    if (way === "range" && from >= 0) {
      const [low, high] = [from, ids.indexOf(id)].sort((a, b) => a - b);
      this.#selected = id;
      this.#also = new Set(ids.slice(low, (high ?? 0) + 1));
    } else if (now.delete(id)) {
      this.#selected = [...now][0] ?? null;
      this.#also = now;
      this.#anchor = this.#selected;
    } else {
      this.#also = now;
      this.#selected = this.#anchor = id;
    }
    this.#options.changed();
  }

  #all(): void {
    const { accepted } = this.#options.scene();
    this.#also = new Set(accepted.map(({ object }) => object.id));
    this.#selected ??= accepted[0]?.object.id ?? null;
    this.#options.changed();
  }

  #select(id: string | null): null {
    this.#selected = this.#anchor = id;
    this.#also = NOBODY;
    this.#options.changed();
    return null;
  }

  /** Selects what was touched on the photo, where no row says that it is. */
  #selectAloud(id: string): null {
    this.#select(id);
    const { selected } = this;
    if (selected !== null) this.#options.say(t("Object {n} selected", { n: selected.number }));
    return null;
  }

  #reopened(scene: Scene, id: string): Edit | null {
    this.#pointed = null;
    const unseen = new Set(this.#unseen);
    if (unseen.delete(id)) this.#options.knobs.set("hidden", [...unseen]); // what is worked on is seen
    this.#select(null);
    return reopen(scene, id);
  }

  /** Changes places with the accepted object that is so many rows on. */
  #move(by: number): void {
    const { selected } = this;
    if (selected === null) return;
    const { id } = selected.object;
    this.#options.act((scene) => {
      const at = scene.accepted.findIndex(({ object }) => object.id === id);
      const other = scene.accepted[at + by];
      return other === undefined ? null : move(scene, id, other.number - 1);
    });
  }
}
