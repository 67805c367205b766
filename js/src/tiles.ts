// The tiles of a huge picture in one view: which are wanted for what is seen, those that have come, and a few of late.
// It asks the kernel for what it lacks, and for no more; nothing is drawn here.
import type { Image } from "./protocol";
import { seenOf } from "./seen";
import type { Store } from "./store";
import { type Place, type Size, sameView, scaleOf, type Viewport } from "./viewport";

/** As `widget/tiling.py` has it. */
export const TILE = 512;
/** Pixels of the longer side of a picture's own blob, as `images/picture.py` makes it. */
const SHOWN = 2048;
/** Tiles that a view keeps, a megabyte each. */
const KEPT = 96;
/** Milliseconds that the view is to be at rest before tiles are asked for, and before the model may look ahead. */
const SOON = 60;
const REST = 400;

/** A tile, and where it lies in the picture (image pixels). */
export interface Tile extends Place, Size {
  readonly level: number;
  readonly bitmap: ImageBitmap;
}

/** A place in a level, counted in tiles. */
interface Spot {
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

/** The level whose pixels are as fine as the screen's; null where the picture's own blob is, or there are none. */
export function levelOf(image: Pick<Image, "width" | "height" | "depth">, view: Viewport) {
  const { x, y } = scaleOf(view); // device pixels of an image pixel
  const scale = Math.max(x, y);
  if (image.depth === 0 || scale <= SHOWN / Math.max(image.width, image.height)) return null;
  return Math.min(image.depth - 1, Math.max(0, Math.floor(Math.log2(1 / scale) + 0.01)));
}

/** The tiles of a level that are seen, those in the middle first. */
export function spotsOf(view: Viewport, level: number): Spot[] {
  const { x0, y0, x1, y1 } = seenOf(view);
  const side = TILE * 2 ** level;
  const spots: Spot[] = [];
  for (let row = Math.floor(y0 / side); row * side < y1; row++)
    for (let column = Math.floor(x0 / side); column * side < x1; column++)
      spots.push({ level, column, row });
  const middle = { x: (x0 + x1) / 2 / side - 0.5, y: (y0 + y1) / 2 / side - 0.5 };
  const far = ({ column, row }: Spot): number => Math.hypot(column - middle.x, row - middle.y);
  return spots.sort((one, other) => far(one) - far(other));
}

function keyOf({ level, column, row }: Spot): string {
  return `${level} ${column} ${row}`;
}

export class Tiles {
  readonly #store: Store;
  readonly #changed: () => void;
  readonly #kept = new Map<string, Tile>(); // the ones that were seen last come last
  readonly #missing = new Set<string>(); // those that the kernel cannot cut
  #image: Image | null = null;
  #shown: readonly Tile[] = [];
  #asked = ""; // what was asked for last
  #view: Viewport | null = null;
  #soon: ReturnType<typeof setTimeout> | null = null;
  #rest: ReturnType<typeof setTimeout> | null = null;

  /** `changed` is called when there is more to be seen. */
  constructor(store: Store, changed: () => void, signal: AbortSignal) {
    this.#store = store;
    this.#changed = changed;
    store.onAside(
      "tile",
      ({ image, blobs, ...spot }, buffers) => {
        if (image === this.#image?.id) void this.#take(spot, blobs.length > 0 ? buffers[0] : null);
      },
      signal,
    );
    signal.addEventListener("abort", () => this.#letGo(), { once: true });
  }

  /** What of a picture can be shown finer than its blob is, from the coarsest up; the same list until that changes. */
  look(image: Image | null, view: Viewport): readonly Tile[] {
    if (image?.id !== this.#image?.id) this.#letGo();
    this.#image = image;
    const level = image === null ? null : levelOf(image, view);
    const moved = !sameView(view, this.#view);
    this.#view = view;
    if (level === null) return this.#show([]);
    if (moved) this.#wait();
    const seen = seenOf(view);
    const here = [...this.#kept].filter(
      ([, tile]) =>
        tile.level >= level &&
        tile.x < seen.x1 &&
        seen.x0 < tile.x + tile.width &&
        tile.y < seen.y1 &&
        seen.y0 < tile.y + tile.height,
    );
    for (const [key, tile] of here) {
      this.#kept.delete(key); // it is seen: it goes last
      this.#kept.set(key, tile);
    }
    const tiles = here.map(([, tile]) => tile);
    return this.#show(tiles.sort((one, other) => other.level - one.level));
  }

  #show(tiles: readonly Tile[]): readonly Tile[] {
    const same =
      tiles.length === this.#shown.length && tiles.every((tile) => this.#shown.includes(tile));
    if (!same) this.#shown = tiles;
    return this.#shown;
  }

  /** Asks when the view is at rest for a moment. */
  #wait(): void {
    for (const timer of [this.#soon, this.#rest]) if (timer !== null) clearTimeout(timer);
    this.#soon = setTimeout(() => this.#ask(false), SOON);
    this.#rest = setTimeout(() => this.#ask(true), REST);
  }

  #ask(atRest: boolean): void {
    const [image, view] = [this.#image, this.#view];
    const level = image === null || view === null ? null : levelOf(image, view);
    if (image === null || view === null || level === null || this.#store.ended) return;
    const lacking = spotsOf(view, level).filter(
      (spot) => !this.#kept.has(keyOf(spot)) && !this.#missing.has(keyOf(spot)),
    );
    const at = lacking.flatMap(({ column, row }) => [column, row]);
    const { x0, y0, x1, y1 } = seenOf(view);
    const seen = atRest ? [x0, y0, x1, y1] : [];
    const asked = JSON.stringify([level, at, seen]);
    if (asked === this.#asked || (at.length === 0 && !atRest)) return;
    this.#asked = asked;
    const { client } = this.#store;
    this.#store.aside({ type: "ask_tiles", client, image: image.id, level, at, seen });
  }

  async #take(spot: Spot, bytes: Uint8Array | null | undefined): Promise<void> {
    const [image, key] = [this.#image, keyOf(spot)];
    if (bytes === null || bytes === undefined || image === null) {
      this.#missing.add(key);
      return;
    }
    try {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      if (image.id !== this.#image?.id) return bitmap.close();
      const side = TILE * 2 ** spot.level;
      const [x, y] = [spot.column * side, spot.row * side];
      const size = {
        width: Math.min(side, image.width - x),
        height: Math.min(side, image.height - y),
      };
      this.#kept.get(key)?.bitmap.close();
      this.#kept.set(key, { level: spot.level, x, y, ...size, bitmap });
      for (const [old, tile] of this.#kept) {
        if (this.#kept.size <= KEPT) break;
        this.#kept.delete(old);
        tile.bitmap.close();
      }
      this.#changed();
    } catch {
      this.#missing.add(key); // what the browser cannot read stays as coarse as it is
    }
  }

  #letGo(): void {
    for (const timer of [this.#soon, this.#rest]) if (timer !== null) clearTimeout(timer);
    for (const { bitmap } of this.#kept.values()) bitmap.close();
    this.#kept.clear();
    this.#missing.clear();
    [this.#image, this.#view, this.#asked] = [null, null, ""];
    this.#shown = [];
  }
}
