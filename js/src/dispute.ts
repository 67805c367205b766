// Where masks of one image do not agree: in how many each pixel is, row by row. Numbers alone; nothing is drawn here.
import { areaOf, fromRows, type Mask, type Spans, spansOf } from "./masks";

/** Masks of the pixels that are in exactly 1, 2, ... of these, but not in all. */
export function disputed(masks: readonly Mask[]): Mask[] {
  const [first] = masks;
  if (first === undefined) return [];
  const counted = counts(masks);
  const levels = Array.from({ length: masks.length - 1 }, (_, i) => i + 1);
  return levels.map((level) =>
    fromRows(
      first,
      counted.map((row) =>
        row.flatMap(({ from, to, count }) => (count === level ? [from, to] : [])),
      ),
    ),
  );
}

/** Intersection over union of two masks of one image; 1 where both are empty. */
export function overlapOf(one: Mask, other: Mask): number {
  const [apart] = disputed([one, other]);
  const [sum, alone] = [areaOf(one) + areaOf(other), apart === undefined ? 0 : areaOf(apart)];
  const both = (sum - alone) / 2;
  return sum === 0 ? 1 : both / (both + alone);
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly count: number; // of the masks that have it, at least 1
}

/** Each row of the image in stretches, neighbours of the same count joined. */
function counts(masks: readonly Mask[]): Stretch[][] {
  const spans = masks.map(spansOf);
  const height = masks[0]?.height ?? 0;
  return Array.from({ length: height }, (_, y) => {
    const turns = masks.flatMap((mask, i) => turnsOf(mask, spans[i], y));
    return stretches(turns.sort((a, b) => a.at - b.at));
  });
}

interface Turn {
  readonly at: number;
  readonly by: 1 | -1;
}

function turnsOf({ y0 }: Mask, spans: Spans | undefined, y: number): Turn[] {
  const row = y - y0;
  if (spans === undefined || row < 0 || row >= spans.rows.length - 1) return [];
  const turns: Turn[] = [];
  for (let i = spans.rows[row] ?? 0; i < (spans.rows[row + 1] ?? 0); i++) {
    turns.push({ at: spans.ends[i] ?? 0, by: i % 2 === 0 ? 1 : -1 });
  }
  return turns;
}

function stretches(turns: readonly Turn[]): Stretch[] {
  const found: Stretch[] = [];
  let count = 0;
  let from = 0;
  for (const { at, by } of turns) {
    const last = found.at(-1);
    if (count > 0 && at > from) {
      if (last?.to === from && last.count === count) found[found.length - 1] = { ...last, to: at };
      else found.push({ from, to: at, count });
    }
    count += by;
    from = at;
  }
  return found;
}
