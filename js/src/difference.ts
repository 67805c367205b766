// What one mask has and another has not, row by row. Numbers alone; nothing is drawn here.
import { fromRows, type Mask, type Spans, spansOf } from "./masks";

/** The pixels of the first mask that are not in the second; both are of one image. */
export function without(one: Mask, other: Mask): Mask {
  const [ours, theirs] = [spansOf(one), spansOf(other)];
  const rows = Array.from({ length: one.height }, (_, y) =>
    rest(rowOf(one, ours, y), rowOf(other, theirs, y)),
  );
  return fromRows(one, rows);
}

/** The pieces [from, to) in pairs of a row of the image, from left to right. */
function rowOf({ y0 }: Mask, { rows, ends }: Spans, y: number): Uint32Array {
  const row = y - y0;
  return row < 0 || row >= rows.length - 1
    ? new Uint32Array()
    : ends.subarray(rows[row], rows[row + 1]);
}

/** What is left of some pieces when others are taken away. */
function rest(some: Uint32Array, others: Uint32Array): number[] {
  const left: number[] = [];
  let at = 0; // the first of the others that can still matter
  for (let i = 0; i < some.length; i += 2) {
    const end = some[i + 1] ?? 0;
    let from = some[i] ?? 0;
    while (at < others.length && (others[at + 1] ?? 0) <= from) at += 2;
    for (let k = at; k < others.length && (others[k] ?? 0) < end && from < end; k += 2) {
      const begins = others[k] ?? 0;
      if (begins > from) left.push(from, begins);
      from = Math.max(from, others[k + 1] ?? 0);
    }
    if (from < end) left.push(from, end);
  }
  return left;
}
