// Corrections by hand, one table: how each kind changes a mask, as sam_widget/corrections.py does. A new kind is an
// entry here. No canvas in here.
import { areaOfRows, dropIslands, fillHoles } from "./components";
import type { Correction } from "./document";
import type { Mask } from "./masks";
import { less, maskOf, type Rows, rowsOf, stroke, union } from "./strokes";
import type { Size } from "./viewport";

type Tag = Correction["type"];
/** A correction of any kind, without its id and whose it is. */
export type Change = {
  [T in Tag]: Omit<Extract<Correction, { readonly type: T }>, "id" | "object">;
}[Tag];
type Of<T> = Extract<Change, { readonly type: T }>;

/** The mask of a blob's name; null while its bytes are on their way. */
export type Read = (blob: string) => Mask | null;

const common = (some: Rows, others: Rows): Rows => less(some, less(some, others));

const TOGETHER: { readonly [how in Of<"combine">["how"]]: typeof union } = {
  unite: union,
  subtract: less,
  intersect: common,
};

type How<T> = (change: Of<T>, rows: Rows, size: Size, read: Read) => Rows;
const CHANGES: { readonly [T in Tag]: How<T> } = {
  brush: ({ path, width, positive }, rows, size) =>
    (positive ? union : less)(rows, stroke(size, path, width)),
  cleanup: ({ islands, holes }, rows, { width, height }) => {
    const filled = fillHoles(rows, width, holes);
    return dropIslands(areaOfRows(filled) === width * height ? rows : filled, islands);
  },
  combine: ({ how, blob }, rows, _, read) => {
    const other = read(blob);
    return other === null ? rows : TOGETHER[how](rows, rowsOf(other));
  },
};

/** Whether all that these need is here. */
export function known(changes: readonly Change[], read: Read): boolean {
  return changes.every((change) => change.type !== "combine" || read(change.blob) !== null);
}

/** Whether a draft is of these kinds. */
export function isChange(draft: { readonly type: string }): draft is Change {
  return draft.type in CHANGES;
}

/** The mask after corrections, in their order; `read` gives the masks that they name. */
export function corrected(mask: Mask, changes: readonly Change[], read: Read = () => null): Mask {
  if (changes.length === 0) return mask;
  const rows = changes.reduce<Rows>(
    (now, change) => (CHANGES[change.type] as How<Tag>)(change as never, now, mask, read),
    rowsOf(mask),
  );
  return maskOf(mask.width, rows);
}

/** What an object by hand alone begins with. */
export function emptyMask({ width, height }: Size): Mask {
  return { width, height, x0: 0, y0: 0, x1: 0, y1: 0, runs: new Uint32Array() };
}
