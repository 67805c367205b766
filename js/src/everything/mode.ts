// Everything mode in one view: its button, its masks on the photo, what is pointed at, which one a click picks. It joins
// what was found with the acts and the panel; it knows neither the wire nor the kernel.
import type { Edit, Scene } from "../document";
import type { Ghost } from "../easel";
import { colorOf } from "../paint";
import { type Picked, pick } from "../tools/acts";
import type { Pick } from "../tools/pick";
import { type EverythingPanel, everythingPanel } from "../ui/everything";
import type { Place, Viewport } from "../viewport";
import { t } from "../words/words";
import { Dyes } from "./dyes";
import { type Find, type Finds, findsAt } from "./finds";
import { Mosaic, type Piece } from "./mosaic";
import { nameOf, takenOf, untouched } from "./picked";
import { whyOf, wordsOf } from "./why";

export interface ModeOptions {
  readonly finds: Finds;
  readonly canvas: () => HTMLCanvasElement;
  readonly scene: () => Scene;
  readonly act: (act: (scene: Scene) => Edit | null) => void;
  readonly view: () => Viewport;
  readonly changed: () => void;
  readonly say: (words: string) => void;
  readonly leave: () => void; // the button that had the focus has gone
}

/** Objects that one press makes at most; a second press makes the next. */
const AT_ONCE = 500;
/** CSS pixels within which a click is another click at the same place. */
const NEAR = 6;
/** Dropped masks that are named where the pointer is. */
const NAMED = 3;

/** What a click picked last, so that the next one there takes the next larger. */
interface Last {
  readonly at: Place;
  readonly made: Edit["put"];
  readonly area: number;
}

export class EverythingMode {
  readonly #options: ModeOptions;
  readonly #panel: EverythingPanel;
  #mosaic: Mosaic | null = null;
  readonly #dyes = new Dyes();
  #at: Place | null = null; // the pointer, image pixels
  #last: Last | null = null;
  #pieces: readonly Piece[] = [];
  #of: readonly Find[] = []; // those that the pieces are of
  #ran = false;

  constructor(options: ModeOptions, signal: AbortSignal) {
    const { finds } = options;
    this.#options = options;
    this.#panel = everythingPanel(
      {
        sift: (sieve) => finds.sift(sieve),
        acceptAll: () => this.#acceptAll(),
        stop: () => this.#stop(),
      },
      signal,
    );
    finds.onChange(() => this.#heard(), signal);
  }

  get element(): HTMLElement {
    return this.#panel.element;
  }

  /** Whether it is on: something is sought, or has been found. */
  get on(): boolean {
    return this.#options.finds.on;
  }

  /** Whether what was found shows: while an object is open, the hand is at that. */
  get shows(): boolean {
    const { marks, image } = this.#options.scene();
    return this.on && image !== null && marks.length === 0;
  }

  /** What of it shows. */
  get state(): "running" | "found" | null {
    if (!this.shows) return null;
    return this.#options.finds.running ? "running" : "found";
  }

  /** Whether a click where the pointer is picks one. */
  get over(): boolean {
    return this.#target(this.#at) !== null;
  }

  /** What stands out: the one that a click picks; where there is none, the likeliest that was dropped. */
  get ghosts(): readonly Ghost[] {
    if (!this.shows || this.#at === null) return [];
    const target = this.#target(this.#at);
    const dropped = target === null ? this.#dropped(this.#at)[0] : undefined;
    const find = target?.find ?? dropped;
    if (find === undefined) return [];
    const stroke = target === null ? "preview" : "chosen";
    return [{ shape: find.shape, color: colorOf(this.#color(find)), opacity: 0, stroke }];
  }

  /** The button, or its key: begins; while it runs, stops; then closes. */
  press(): void {
    const { finds } = this.#options;
    if (!finds.on) finds.seek();
    else this.#stop();
  }

  /** One step out; says whether there was one. */
  escape(): boolean {
    if (!this.on) return false;
    this.#stop();
    return true;
  }

  /** The hand is at something else: what was found stays. */
  aside(): void {
    this.#last = null;
    if (this.#options.finds.running) this.#options.finds.stop(false);
  }

  /** The pointer is there, or has left the photo. */
  hover(at: Place | null): void {
    const before = this.#at;
    this.#at = at;
    if (this.shows && (before !== null || at !== null)) this.#options.changed();
  }

  /** What a click does in place of a prompt: it picks the smallest there, and again there the next larger. */
  click(at: Place): ReturnType<Pick> {
    const target = this.#target(at);
    if (target === null) return null;
    return () => {
      const scene = this.#options.scene();
      const edit = pick(scene, [this.#picked(target.find)], target.instead);
      if (edit !== null) this.#last = { at, made: edit.put, area: target.find.area };
      return edit;
    };
  }

  /** Draws what was found, and says it beside the photo. */
  update(scene: Scene, view: Viewport, hidden: boolean): void {
    const { finds } = this.#options;
    this.#mosaic ??= new Mosaic(this.#options.canvas());
    this.#mosaic.paint(view, this.shows && !hidden ? this.#shownPieces(scene) : NONE);
    this.#panel.update({
      on: this.on,
      aside: this.on && !this.shows,
      running: finds.running,
      reach: finds.reach,
      sieve: finds.sieve,
      shown: finds.shown.length,
      free: this.#free(scene).length,
      all: finds.all.length,
      dropped: finds.on ? finds.fates : [],
      pixels: scene.image === null ? 1 : scene.image.width * scene.image.height,
      afar: (scene.image?.depth ?? 0) > 0,
      atOnce: AT_ONCE,
      here: this.shows ? this.#here(scene) : [],
    });
  }

  #heard(): void {
    const { finds, say, changed } = this.#options;
    if (finds.all.length === 0) this.#dyes.forget();
    if (this.#ran && !finds.running && finds.on)
      say(t("Everything: {shown} of {all} masks are shown", count(finds)));
    this.#ran = finds.running;
    changed();
  }

  #stop(): void {
    const { finds, leave } = this.#options;
    const { running } = finds;
    finds.stop(!running);
    if (!running) leave();
  }

  #acceptAll(): void {
    this.#last = null;
    this.#options.act((scene) => {
      const free = [...this.#free(scene)].sort((a, b) => b.predictedIou - a.predictedIou);
      return pick(
        scene,
        free.slice(0, AT_ONCE).map((find) => this.#picked(find)),
      );
    });
    this.#options.leave(); // the button has nothing left to press
  }

  #picked(find: Find): Picked {
    return { x: find.x, y: find.y, choice: find.choice, color: this.#color(find) };
  }

  #color(find: Find): number {
    return this.#dyes.of([find])[0] ?? 0;
  }

  /** Those that show and are no objects yet. */
  #free(scene: Scene): readonly Find[] {
    const taken = takenOf(scene);
    const { shown } = this.#options.finds;
    return taken.size === 0 ? shown : shown.filter((find) => !taken.has(nameOf(find)));
  }

  /** The one that a click at a place picks, and the object that goes for it. */
  #target(at: Place | null): { find: Find; instead: string[] } | null {
    if (at === null || !this.shows) return null;
    const scene = this.#options.scene();
    const last = this.#last;
    const made = last !== null && this.#near(last.at, at) ? untouched(scene, last.made) : null;
    if (last !== null && made !== null) {
      const larger = findsAt(this.#free(scene), at).find(({ area }) => area > last.area);
      return larger === undefined ? null : { find: larger, instead: [made] };
    }
    const find = findsAt(this.#free(scene), at)[0];
    return find === undefined ? null : { find, instead: [] };
  }

  #near(one: Place, other: Place): boolean {
    const { css, image, whole, ratio } = this.#options.view();
    const scale = css.width === 0 ? 1 : whole.width / (image.width * ratio); // CSS pixels of one of the image's
    return Math.hypot(one.x - other.x, one.y - other.y) * scale <= NEAR;
  }

  /** Those at a place that do not show, the surest first. */
  #dropped(at: Place): Find[] {
    const { finds } = this.#options;
    const hidden = finds.all.filter(({ index }) => finds.fates[index]?.dropped !== null);
    return findsAt(hidden, at).sort((a, b) => b.predictedIou - a.predictedIou);
  }

  /** What is to be said of the place where the pointer is. */
  #here(scene: Scene): string[] {
    const at = this.#at;
    const { finds } = this.#options;
    if (at === null || scene.image === null) return [];
    const pixels = scene.image.width * scene.image.height;
    const target = this.#target(at)?.find ?? findsAt(finds.shown, at)[0];
    const dropped = this.#dropped(at);
    const named = dropped.slice(0, NAMED).map((find) => {
      const fate = finds.fates[find.index];
      const why = fate === undefined ? "" : whyOf(find, fate, finds.sieve);
      return `#${find.index + 1} ${why}`;
    });
    const more = dropped.length - named.length;
    return [
      ...(target === undefined ? [] : [wordsOf(target, pixels)]),
      ...(named.length > 0 ? [t("Dropped here:"), ...named] : []),
      ...(more > 0 ? [t("and {n} more", { n: more })] : []),
    ];
  }

  /** The largest below, so that all can be seen: of the same finds and objects always the same list. */
  #shownPieces(scene: Scene): readonly Piece[] {
    const free = this.#free(scene);
    const same = free.length === this.#of.length && free.every((one, i) => one === this.#of[i]);
    if (same) return this.#pieces;
    this.#of = free;
    const colors = this.#dyes.of(free);
    const order = free.map((find, i) => ({ find, color: colorOf(colors[i] ?? 0) }));
    order.sort((a, b) => b.find.area - a.find.area);
    this.#pieces = order.map(({ find: { mask, spans }, color }) => ({ mask, spans, color }));
    return this.#pieces;
  }
}

const NONE: readonly never[] = [];

function count({ shown, all }: Finds): { shown: number; all: number } {
  return { shown: shown.length, all: all.length };
}
