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

const CHANGES: { readonly [T in Tag]: (change: Of<T>, rows: Rows, size: Size) => Rows } = {
  brush: ({ path, width, positive }, rows, size) =>
    (positive ? union : less)(rows, stroke(size, path, width)),
  cleanup: ({ islands, holes }, rows, { width, height }) => {
    const filled = fillHoles(rows, width, holes);
    return dropIslands(areaOfRows(filled) === width * height ? rows : filled, islands);
  },
};

/** Whether a draft is of these kinds. */
export function isChange(draft: { readonly type: string }): draft is Change {
  return draft.type in CHANGES;
}

/** The mask after corrections, in their order. */
export function corrected(mask: Mask, changes: readonly Change[]): Mask {
  if (changes.length === 0) return mask;
  const rows = changes.reduce<Rows>(
    (now, change) =>
      (CHANGES[change.type] as (typeof CHANGES)["brush"])(change as never, now, mask),
    rowsOf(mask),
  );
  return maskOf(mask.width, rows);
}

/** What an object by hand alone begins with. */
export function emptyMask({ width, height }: Size): Mask {
  return { width, height, x0: 0, y0: 0, x1: 0, y1: 0, runs: new Uint32Array() };
}
