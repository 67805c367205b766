// Cleaning up as one view is at it: which area was asked for, what would go and what be filled, and the ghosts that show
// it before it is done. It joins the strip with the masks; it knows neither the canvas nor the wire.
import { countOf } from "./components";
import { corrected } from "./corrections";
import type { Edit, Scene } from "./document";
import type { Ghost } from "./easel";
import { type Gallery, type Shape, shapeOf } from "./gallery";
import { less, maskOf, rowsOf } from "./strokes";
import { cleanUp } from "./tools/acts";
import { cleaningStrip } from "./ui/cleaning";

/** Shares of the photo: the most that can be cleaned away at once, and what is looked for at first. */
const MOST = 0.02;
const FIRST = 0.0003;
/** Vermilion for what goes, and a green for what comes, apart for colour-blind eyes as well. */
const GOES = [213, 94, 0] as const;
const COMES = [0, 200, 140] as const;

/** What a clean-up would do to one mask. */
interface Preview {
  readonly key: string; // of the mask, and the area
  readonly kept: Shape; // what of the mask stays
  readonly goes: Shape;
  readonly comes: Shape;
  readonly islands: number;
  readonly holes: number;
}

export interface CleaningOptions {
  readonly scene: () => Scene;
  readonly alive: () => boolean; // somebody hears what is done
  readonly gallery: () => Gallery;
  readonly act: (act: (scene: Scene) => Edit | null) => void;
  readonly changed: () => void;
  readonly leave: () => void; // the strip that had the focus has gone
}

export class Cleaning {
  readonly #options: CleaningOptions;
  readonly #strip;
  #area: number | null = null; // image pixels; null: nobody is at it
  #last: number | null = null; // asked for before
  #preview: Preview | null = null;

  constructor(options: CleaningOptions, signal: AbortSignal) {
    this.#options = options;
    this.#strip = cleaningStrip(
      {
        turn: (area) => this.#turn(area),
        apply: () => this.#apply(),
        close: () => void this.close(),
      },
      signal,
    );
  }

  get element(): HTMLElement {
    return this.#strip.element;
  }

  get open(): boolean {
    return this.#area !== null;
  }

  /** What is shown in the place of the open object's mask, and beside it. */
  get shown(): { readonly kept: Shape; readonly ghosts: readonly Ghost[] } | null {
    const preview = this.#look();
    if (preview === null) return null;
    const ghost = (shape: Shape, color: Ghost["color"]): Ghost => {
      return { shape, color, opacity: 0.75, stroke: "preview" };
    };
    return {
      kept: preview.kept,
      ghosts: [ghost(preview.goes, GOES), ghost(preview.comes, COMES)],
    };
  }

  toggle(): void {
    if (this.close()) return;
    const { image, finished } = this.#options.scene();
    if (image === null || finished === null) return;
    const first = Math.max(4, Math.round(image.width * image.height * FIRST));
    this.#turn(Math.min(this.#last ?? first, mostOf(image)));
  }

  /** Says whether there was something to close. */
  close(): boolean {
    if (this.#area === null) return false;
    this.#last = this.#area;
    this.#area = null;
    this.#preview = null;
    if (this.element.matches(":focus-within")) this.#options.leave();
    this.#options.changed();
    return true;
  }

  update(): void {
    const { image } = this.#options.scene();
    const preview = this.#look();
    const over = preview === null || !this.#options.alive(); // what it was of is open no more
    if (over && this.#area !== null) this.close();
    const { islands = 0, holes = 0 } = preview ?? {};
    const state = { area: this.#area ?? 1, most: image ? mostOf(image) : 1, islands, holes };
    this.#strip.update(this.#area === null ? null : state);
  }

  #turn(area: number): void {
    this.#area = area;
    this.#options.changed();
  }

  #apply(): void {
    const area = this.#area;
    this.close();
    if (area !== null) this.#options.act((scene) => cleanUp(scene, area, area));
  }

  #look(): Preview | null {
    const { finished, image } = this.#options.scene();
    const area = this.#area;
    if (area === null || finished === null || image === null) return null;
    const key = `${finished.key} ${area}`;
    if (this.#preview?.key === key) return this.#preview;
    const shape = this.#options.gallery().finished(finished, image);
    if (shape === null) return null;
    const change = { type: "cleanup", islands: area, holes: area } as const;
    const before = rowsOf(shape.mask);
    const after = rowsOf(corrected(shape.mask, [change]));
    const [goes, comes] = [less(before, after), less(after, before)];
    const shaped = (rows: typeof goes): Shape => shapeOf("", maskOf(image.width, rows));
    this.#preview = {
      key,
      kept: shaped(less(before, goes)),
      goes: shaped(goes),
      comes: shaped(comes),
      islands: countOf(goes),
      holes: countOf(comes),
    };
    return this.#preview;
  }
}

function mostOf({ width, height }: { readonly width: number; readonly height: number }): number {
  return Math.max(16, Math.round(width * height * MOST));
}
