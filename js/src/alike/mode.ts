// Things like an example in one view: proposals on the photo, which of them is next, what a click or a key says to it.
// It joins what is proposed with the acts and the panel; it knows neither the wire nor the kernel.
import type { Edit, Scene } from "../document";
import type { Ghost } from "../easel";
import { Mosaic, type Piece } from "../everything/mosaic";
import { nameOf, takenOf } from "../everything/picked";
import { colorOf, type Rgb } from "../paint";
import { accept, pick } from "../tools/acts";
import type { Pick } from "../tools/pick";
import { type AlikePanel, alikePanel } from "../ui/alike";
import type { Place, Viewport } from "../viewport";
import { t } from "../words/words";
import { type Like, type Likes, likeAt } from "./likes";

export interface AlikeOptions {
  readonly likes: Likes;
  readonly canvas: () => HTMLCanvasElement;
  readonly scene: () => Scene;
  readonly act: (act: (scene: Scene) => Edit | null) => void;
  readonly selected: () => string | null; // the accepted object that is selected
  readonly changed: () => void;
  readonly say: (words: string) => void;
  readonly leave: () => void; // the button that had the focus has gone
}

/** Objects that one press makes at most; a second press makes the next. */
const AT_ONCE = 500;
/** What does not reach the score: there, and no more. */
const FAINT: Rgb = [150, 156, 166];

export class AlikeMode {
  readonly #options: AlikeOptions;
  readonly #panel: AlikePanel;
  #mosaic: Mosaic | null = null;
  #at: Place | null = null; // the pointer, image pixels
  #of: readonly Like[] = []; // those that the pieces are of
  #least = 0;
  #pieces: readonly Piece[] = [];
  #ran = false;

  constructor(options: AlikeOptions, signal: AbortSignal) {
    this.#options = options;
    this.#panel = alikePanel(
      {
        cut: (least) => options.likes.cut(least),
        accept: (index) => this.#accept(index),
        refuse: (index) => this.#refuse(index),
        acceptAll: () => this.#acceptAll(),
        back: () => options.likes.back(),
        stop: () => this.#stop(),
      },
      signal,
    );
    options.likes.onChange(() => this.#heard(), signal);
  }

  get element(): HTMLElement {
    return this.#panel.element;
  }

  get on(): boolean {
    return this.#options.likes.on;
  }

  /** Whether what is proposed shows: while an object is open, the hand is at that. */
  get shows(): boolean {
    const { marks, image } = this.#options.scene();
    return this.on && image !== null && marks.length === 0;
  }

  get state(): "running" | "found" | null {
    if (!this.shows) return null;
    return this.#options.likes.running ? "running" : "found";
  }

  /** Whether a click where the pointer is answers one. */
  get over(): boolean {
    return this.#pointed !== null;
  }

  /** What stands out: the one that a key answers. */
  get ghosts(): readonly Ghost[] {
    const next = this.#next;
    if (next === null) return [];
    const color = colorOf(this.#options.likes.said.color);
    return [{ shape: next.shape, color, opacity: 0, stroke: "chosen" }];
  }

  /** The key or the button: begins with what is open, selected or accepted last; then stops, then closes. */
  press(): void {
    const { likes, scene, act, selected } = this.#options;
    if (likes.on) {
      this.#stop();
      return;
    }
    const { open, marks } = scene();
    if (marks.length > 0) act(accept);
    likes.seek(marks.length > 0 ? (open?.id ?? null) : selected());
  }

  /** One step out; says whether there was one. */
  escape(): boolean {
    if (!this.shows) return false;
    this.#stop();
    return true;
  }

  /** The pointer is there, or has left the photo. */
  hover(at: Place | null): void {
    const before = this.#at;
    this.#at = at;
    if (this.shows && (before !== null || at !== null)) this.#options.changed();
  }

  /** What a click does in place of a prompt: it accepts the proposal there, or, `negative`, refuses it. */
  click(at: Place, negative: boolean): ReturnType<Pick> {
    const like = this.shows ? likeAt(this.#free, at) : null;
    if (like === null) return null;
    return () => {
      if (!negative) return this.#picked([like]);
      this.#refuse(like.index);
      return null;
    };
  }

  /** A key answers the one that is next; says whether there was one. */
  answer(yes: boolean): boolean {
    const next = this.#next;
    if (next === null) return false;
    if (yes) this.#accept(next.index);
    else this.#refuse(next.index);
    return true;
  }

  /** Draws what is proposed, and says it beside the photo. */
  update(scene: Scene, view: Viewport, photo: ImageBitmap | null, hidden: boolean): void {
    const { likes } = this.#options;
    this.#mosaic ??= new Mosaic(this.#options.canvas());
    this.#mosaic.paint(view, this.shows && !hidden ? this.#shownPieces() : []);
    const free = this.#free;
    this.#panel.update({
      on: this.on,
      aside: this.on && !this.shows,
      running: likes.running,
      said: likes.said,
      least: likes.least,
      free,
      taken: free.filter(({ score }) => score >= likes.least).length,
      atOnce: AT_ONCE,
      next: this.#next?.index ?? null,
      photo,
      ratio: view.ratio,
      color: colorOf(likes.said.color),
      pixels: scene.image === null ? 1 : scene.image.width * scene.image.height,
    });
  }

  /** Those that are no objects yet. */
  get #free(): readonly Like[] {
    const taken = takenOf(this.#options.scene());
    const { all } = this.#options.likes;
    return taken.size === 0 ? all : all.filter((like) => !taken.has(nameOf(like)));
  }

  get #pointed(): Like | null {
    return this.shows && this.#at !== null ? likeAt(this.#free, this.#at) : null;
  }

  /** The one that is pointed at, else the likest. */
  get #next(): Like | null {
    return this.shows ? (this.#pointed ?? this.#free[0] ?? null) : null;
  }

  #accept(index: number): void {
    const like = this.#free.find((one) => one.index === index);
    if (like !== undefined) this.#options.act(() => this.#picked([like]));
  }

  #refuse(index: number): void {
    this.#options.likes.refuse(index);
  }

  #acceptAll(): void {
    const { likes, act, say } = this.#options;
    const some = this.#free.filter(({ score }) => score >= likes.least).slice(0, AT_ONCE);
    act(() => this.#picked(some));
    say(t("{n} objects accepted", { n: some.length }));
  }

  #picked(some: readonly Like[]): Edit | null {
    const { likes, scene } = this.#options;
    const { label, color } = likes.said;
    return pick(
      scene(),
      some.map(({ x, y, choice }) => ({ x, y, choice, color, label })),
    );
  }

  #heard(): void {
    const { likes, say, changed } = this.#options;
    if (this.#ran && !likes.running && likes.on)
      say(t("Alike: {n} proposals", { n: likes.all.length }));
    this.#ran = likes.running;
    changed();
  }

  #stop(): void {
    const { likes, leave } = this.#options;
    const { running } = likes;
    likes.stop(!running);
    if (!running) leave();
  }

  /** The likest above: of the same proposals, objects and score always the same list. */
  #shownPieces(): readonly Piece[] {
    const free = this.#free;
    const { least, said } = this.#options.likes;
    const same = free.length === this.#of.length && free.every((one, i) => one === this.#of[i]);
    if (same && least === this.#least) return this.#pieces;
    this.#of = free;
    this.#least = least;
    this.#pieces = [...free].reverse().map(({ mask, spans, score }) => ({
      mask,
      spans,
      color: score >= least ? colorOf(said.color) : FAINT,
    }));
    return this.#pieces;
  }
}
