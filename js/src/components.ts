// A mask's connected pieces: small holes filled, small islands dropped, as sam_widget/components.py does. Pixels that
// touch at a side or a corner belong together, those of the mask and those around it. No canvas in here.
import type { Rows } from "./strokes";
import { union } from "./strokes";

/** The pieces of some rows: for each span, in order, the number of its piece; the areas by that number. */
interface Pieces {
  readonly piece: readonly number[];
  readonly areas: ReadonlyMap<number, number>;
}

/** Without the pieces of fewer pixels; of pieces that are all smaller the largest stays. */
export function dropIslands(rows: Rows, smallerThan: number): Rows {
  const { piece, areas } = piecesOf(rows);
  const most = Math.max(0, ...areas.values());
  const largest = most < smallerThan ? [...areas].find(([, area]) => area === most)?.[0] : null;
  const stays = (one: number): boolean =>
    largest === null ? (areas.get(one) ?? 0) >= smallerThan : one === largest;
  return some(rows, piece, stays);
}

/** With the pieces of the background that have fewer pixels. */
export function fillHoles(rows: Rows, width: number, smallerThan: number): Rows {
  const around = aroundOf(rows, width);
  const { piece, areas } = piecesOf(around);
  return union(
    rows,
    some(around, piece, (one) => (areas.get(one) ?? 0) < smallerThan),
  );
}

/** How many pieces there are. */
export function countOf(rows: Rows): number {
  return piecesOf(rows).areas.size;
}

export function areaOfRows(rows: Rows): number {
  let area = 0;
  for (const ends of rows) {
    for (let i = 0; i < ends.length; i += 2) area += (ends[i + 1] ?? 0) - (ends[i] ?? 0);
  }
  return area;
}

/** The pixels that are in no row. */
function aroundOf(rows: Rows, width: number): Rows {
  return rows.map((ends) => {
    const turns = [0, ...ends, width];
    const left: number[] = [];
    for (let i = 0; i < turns.length; i += 2) {
      const [from = 0, to = 0] = [turns[i], turns[i + 1]];
      if (from < to) left.push(from, to);
    }
    return left;
  });
}

function some(rows: Rows, piece: readonly number[], stays: (piece: number) => boolean): Rows {
  let span = 0;
  return rows.map((ends) => {
    const kept: number[] = [];
    for (let i = 0; i < ends.length; i += 2) {
      if (stays(piece[span++] ?? 0)) kept.push(ends[i] ?? 0, ends[i + 1] ?? 0);
    }
    return kept;
  });
}

function piecesOf(rows: Rows): Pieces {
  const parent: number[] = []; // of each span an earlier one of its piece, of the first itself
  const root = (one: number): number => {
    let at = one;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at;
      at = parent[at] ?? at;
    }
    return at;
  };
  let above: readonly number[] = [];
  let first = 0; // number of the row above's first span
  for (const ends of rows) {
    const start = parent.length;
    let k = 0;
    for (let i = 0; i < ends.length; i += 2) {
      const [from = 0, to = 0] = [ends[i], ends[i + 1]];
      const own = parent.length;
      parent.push(own);
      while (k < above.length && (above[k + 1] ?? 0) < from) k += 2;
      for (let j = k; j < above.length && (above[j] ?? 0) <= to; j += 2) {
        const [one, other] = [root(own), root(first + j / 2)];
        parent[Math.max(one, other)] = Math.min(one, other);
      }
    }
    above = ends;
    first = start;
  }
  const piece = parent.map((_, i) => root(i));
  const areas = new Map<number, number>();
  let span = 0;
  for (const ends of rows) {
    for (let i = 0; i < ends.length; i += 2) {
      const one = piece[span++] ?? 0;
      areas.set(one, (areas.get(one) ?? 0) + (ends[i + 1] ?? 0) - (ends[i] ?? 0));
    }
  }
  return { piece, areas };
}
