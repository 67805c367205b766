// The accepted objects as one view deals with them: which is selected, pointed at or hidden, and what rows, keys and
// clicks on the photo do to it. It joins their list with the acts; it knows neither the canvas nor the wire.
import type { Edit, Scene, Thing } from "./document";
import { deleteObject, move, recolor, rename, reopen } from "./tools/acts";
import type { Pick } from "./tools/pick";
import { type ObjectsList, objectsList } from "./ui/objects";
import { t } from "./words/words";

export interface ShelfOptions {
  readonly scene: () => Scene;
  readonly act: (act: (scene: Scene) => Edit | null) => void;
  readonly alive: () => boolean; // whether anything can be changed: else an act is nothing
  readonly changed: () => void; // what is selected, pointed at or hidden
  readonly say: (words: string) => void; // what no document tells
  readonly leave: () => void; // the row that had the focus has gone
}

/** Image pixels, of the image and of its objects. */
type Sizes = Readonly<{ pixels: number; area: (thing: Thing) => number | null }>;

export class Shelf {
  readonly #options: ShelfOptions;
  readonly #list: ObjectsList;
  #selected: string | null = null;
  #pointed: string | null = null; // in the list or on the photo
  #unseen: ReadonlySet<string> = new Set();

  constructor(options: ShelfOptions, signal: AbortSignal) {
    this.#options = options;
    this.#list = objectsList(
      {
        point: (id) => this.point(id),
        select: (id) => this.#select(id),
        called: (id, label) => options.act((scene) => rename(scene, id, label)),
        recolor: (id, color) => options.act((scene) => recolor(scene, id, color)),
        reopen: () => void this.reopen(),
        rename: () => void this.rename(),
        hide: () => this.#hide(),
        delete: () => void this.delete(),
        move: (by) => this.#move(by),
        leave: options.leave,
      },
      signal,
    );
  }

  get element(): HTMLElement {
    return this.#list.element;
  }

  /** Whose outlines stand out on the photo. */
  get strong(): ReadonlySet<string | null> {
    return new Set([this.#selected, this.#pointed]);
  }

  /** Who is not shown on the photo, here: that is a way of looking, and nothing of the document. */
  get unseen(): ReadonlySet<string> {
    return this.#unseen;
  }

  /** The selected object; null when there is none, or it is accepted no more. */
  get selected(): Thing | null {
    const { accepted } = this.#options.scene();
    return accepted.find(({ object }) => object.id === this.#selected) ?? null;
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
    return twice ? () => this.#reopened(this.#options.scene(), id) : null;
  }

  /** Opens the selected object again; says whether there is one, as the next ones do. */
  reopen(): boolean {
    return this.#change(({ object }) =>
      this.#options.act((scene) => this.#reopened(scene, object.id)),
    );
  }

  rename(): boolean {
    return this.#change(({ object }) => this.#list.rename(object.id));
  }

  delete(): boolean {
    return this.#change(({ object }) => {
      const { accepted } = this.#options.scene();
      const at = accepted.findIndex((one) => one.object.id === object.id);
      const next = accepted[at + 1] ?? accepted[at - 1];
      this.#options.act((scene) => deleteObject(scene, object.id));
      this.#select(next?.object.id ?? null); // so that the keys go on
    });
  }

  deselect(): boolean {
    return this.#with(() => this.#select(null));
  }

  update({ accepted }: Scene, { pixels, area }: Sizes, alive: boolean): void {
    const { selected } = this;
    this.#list.update({ accepted, selected, unseen: this.#unseen, pixels, area, alive });
  }

  #with(act: (selected: Thing) => void): boolean {
    const { selected } = this;
    if (selected !== null) act(selected);
    return selected !== null;
  }

  #change(act: (selected: Thing) => void): boolean {
    return this.#options.alive() && this.#with(act);
  }

  #select(id: string | null): null {
    this.#selected = id;
    this.#options.changed();
    return null;
  }

  /** Selects what was touched on the photo, where no row says that it is. */
  #selectAloud(id: string): null {
    this.#select(id);
    this.#with(({ number }) => this.#options.say(t("Object {n} selected", { n: number })));
    return null;
  }

  #reopened(scene: Scene, id: string): Edit | null {
    this.#pointed = null;
    this.#unseen = new Set([...this.#unseen].filter((one) => one !== id)); // what is worked on is seen
    this.#select(null);
    return reopen(scene, id);
  }

  #hide(): void {
    this.#with(({ object: { id }, number }) => {
      const unseen = new Set(this.#unseen);
      if (!unseen.delete(id)) unseen.add(id);
      this.#unseen = unseen;
      const n = number;
      this.#options.say(
        unseen.has(id) ? t("Object {n} is hidden", { n }) : t("Object {n} is shown", { n }),
      );
      this.#options.changed();
    });
  }

  /** Changes places with the accepted object that is so many rows on. */
  #move(by: number): void {
    this.#with(({ object: { id } }) =>
      this.#options.act((scene) => {
        const at = scene.accepted.findIndex(({ object }) => object.id === id);
        const other = scene.accepted[at + by];
        return other === undefined ? null : move(scene, id, other.number - 1);
      }),
    );
  }
}
