// The pictures of one view, made from blobs when first asked for and kept while they are shown: the photo, and each
// mask with its spans and its outline. Nothing is drawn here.
import { type Change, corrected, emptyMask, known } from "./corrections";
import { type Finished, keyOf } from "./document";
import { decode, labelPlace, type Mask, type Spans, spansOf } from "./masks";
import { type Loop, sorted, sparse, square } from "./outline";
import { pathOf } from "./paint";
import type { Store } from "./store";
import { outlined, stepOf } from "./thinned";
import { Tiles } from "./tiles";
import type { Place, Size } from "./viewport";
import { t } from "./words/words";

/** An outline, image pixels. */
export interface Lines {
  readonly path: Path2D;
  readonly bold: Path2D; // of it, what goes round things
  readonly specks: Path2D | null; // and round islands and holes of a few pixels, if there are any
}

/** A mask in the forms that painters use; those that are traced are when they are first read. */
export interface Shape {
  readonly hash: string;
  readonly mask: Mask;
  readonly spans: Spans;
  /** Its outline as it is seen where so many image pixels are one on the screen. */
  readonly lines: (grain: number) => Lines;
  readonly stairs: Path2D; // all of it, along the pixels' edges
  readonly label: Place | null; // where a number can stand on it
}

/** A mask in all its forms, each made when first asked for. */
export function shapeOf(hash: string, mask: Mask): Shape {
  const spans = spansOf(mask);
  const drawn = new Map<string, Lines>(); // by how far apart the line's places are, too
  const traced = new Map<number, ReturnType<typeof sorted>>(); // by how many pixels are walked as one
  let stairs: Path2D | null = null;
  return {
    hash,
    mask,
    spans,
    label: labelPlace(mask, spans),
    lines(grain) {
      // From near every place of the line counts; from afar some of them are as many as can be told apart.
      const apart = grain < 2 ? 0 : 2 ** Math.floor(Math.log2(grain)) / 2;
      const step = stepOf(mask, grain);
      const loops = traced.get(step) ?? sorted(outlined(mask, step));
      traced.set(step, loops);
      const key = `${step} ${apart}`;
      const lines = drawn.get(key) ?? linesOf(loops, apart);
      drawn.set(key, lines);
      return lines;
    },
    get stairs() {
      stairs ??= pathOf(outlined(mask, stepOf(mask, 1), square));
      return stairs;
    },
  };
}

function linesOf(traced: ReturnType<typeof sorted>, apart: number): Lines {
  const [bold, specks] = [traced.bold, traced.specks].map((loops) =>
    apart === 0 ? loops : loops.map((loop) => sparse(loop, apart)),
  ) as [Loop[], Loop[]];
  const path = pathOf([...bold, ...specks]);
  if (specks.length === 0) return { path, bold: path, specks: null };
  return { path, bold: pathOf(bold), specks: pathOf(specks) };
}

export class Gallery {
  readonly #blobs: ReadonlyMap<string, Uint8Array>;
  readonly #arrived: () => void;
  readonly #failed: (why: string) => void;
  readonly tiles: Tiles; // of a huge photo
  readonly #shapes = new Map<string, Shape>();
  #photo: ImageBitmap | null = null;
  #source: string | null = null;
  #closed = false;

  /** `arrived` is called when more can be drawn; the store is told when the browser cannot read the photo. */
  constructor(store: Store, arrived: () => void, signal: AbortSignal) {
    this.#blobs = store.blobs;
    this.#arrived = arrived;
    this.#failed = (why) => store.setError(why);
    this.tiles = new Tiles(store, arrived, signal);
  }

  /** The picture of this hash, null while it is being decoded or on its way; the one before is let go. */
  photo(source: string | null): ImageBitmap | null {
    if (source === this.#source) return this.#photo;
    this.#source = null;
    this.#letGo();
    const bytes = source === null ? undefined : this.#blobs.get(source);
    if (source !== null && bytes !== undefined) {
      this.#source = source;
      void this.#decode(source, bytes);
    }
    return this.#photo;
  }

  /** The same as run lengths. */
  readonly mask = (hash: string): Mask | null => this.shape(hash)?.mask ?? null;

  /** The mask of this hash, null while its bytes are on their way. */
  shape(hash: string): Shape | null {
    const known = this.#shapes.get(hash);
    if (known !== undefined) return known;
    const bytes = this.#blobs.get(hash);
    if (bytes === undefined) return null;
    const mask = this.#read(bytes);
    if (mask === null) return null;
    const shape = shapeOf(hash, mask);
    this.#shapes.set(hash, shape);
    return shape;
  }

  /** The mask of an object as it is shown, null while its bytes are on their way; `size` is the image's. */
  finished({ key, blob, corrections }: Finished, size: Size): Shape | null {
    const made = this.#shapes.get(key);
    if (made !== undefined) return made;
    if (!known(corrections, this.mask)) return null;
    if (blob !== null && corrections.length === 0) return this.shape(blob);
    // A stroke more is one stroke's work: what it lies on was shown before it.
    for (let count = corrections.length - 1; count >= 0; count--) {
      const before = this.#shapes.get(keyOf(blob, corrections.slice(0, count)));
      const base = before ?? (count === 0 ? this.#base(blob, size) : null);
      if (base === null) continue;
      const shape = shapeOf(key, corrected(base.mask, corrections.slice(count), this.mask));
      this.#shapes.set(key, shape);
      return shape;
    }
    return null;
  }

  /** The same with one more change, that is being made. */
  tried(finished: Finished | null, change: Change, size: Size): Shape | null {
    const base = finished === null ? this.#base(null, size) : this.finished(finished, size);
    return base && shapeOf("", corrected(base.mask, [change], this.mask));
  }

  #base(blob: string | null, size: Size): Pick<Shape, "mask"> | null {
    return blob === null ? { mask: emptyMask(size) } : this.shape(blob);
  }

  #read(bytes: Uint8Array): Mask | null {
    try {
      return decode(bytes);
    } catch (error) {
      this.#failed(error instanceof Error ? error.message : String(error));
      return null;
    }
  }

  /** Forgets the shapes that are not among these. */
  keep(hashes: ReadonlySet<string>): void {
    for (const hash of this.#shapes.keys()) if (!hashes.has(hash)) this.#shapes.delete(hash);
  }

  close(): void {
    this.#closed = true;
    this.#letGo();
    this.#shapes.clear();
  }

  async #decode(source: string, bytes: Uint8Array): Promise<void> {
    try {
      // No object URL: hosts that forbid blob: pictures show it too, and there is nothing to revoke.
      const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      if (this.#closed || source !== this.#source) {
        picture.close();
        return;
      }
      this.#photo = picture;
      this.#arrived();
    } catch {
      if (!this.#closed) this.#failed(t("The browser cannot show this picture."));
    }
  }

  #letGo(): void {
    this.#photo?.close();
    this.#photo = null;
  }
}
