// What to call three candidates: whole, part, subpart, where they lie in one another, as sam_widget/segment/naming.py.

const INSIDE = 0.9; // share of the smaller that must lie in the larger
const SMALLER = 0.85; // a part has at most this share of its whole
const LADDER = ["whole", "part", "subpart"];
/** Of a prompt that leaves little to choose. */
export const CLEAR: readonly string[] = ["best", "alternative 1", "alternative 2"];

/** Names masks, what is above 0 of some logits, by how they nest (paper, section 3). */
export function namesByNesting(masks: readonly Float32Array[]): readonly string[] {
  const areas = masks.map((mask) => mask.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0));
  const area = (i: number): number => areas[i] ?? 0;
  const rungs = new Map<number, number>(); // mask -> rung, the largest first
  const largest = [...masks.keys()].sort((one, other) => area(other) - area(one));
  for (const i of largest.filter((one) => area(one) > 0)) {
    const around = [...rungs.keys()].filter(
      (j) => common(masks[j] ?? [], masks[i] ?? []) >= INSIDE * area(i),
    );
    const nearest = around.at(-1);
    if (rungs.size === 0) rungs.set(i, 0);
    else if (nearest !== undefined) {
      rungs.set(i, (rungs.get(nearest) ?? 0) + (area(i) <= SMALLER * area(nearest) ? 1 : 0));
    }
  }
  return masks.map((_, i) => LADDER[rungs.get(i) ?? -1] ?? "other");
}

function common(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < one.length; i++) {
    if ((one[i] as number) > 0 && (other[i] as number) > 0) count += 1;
  }
  return count;
}
