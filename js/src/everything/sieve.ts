// What shows of all that was found, and which filter drops the rest: the rule of `segment/everything/sieve.py`, here so
// that a slider needs no kernel. tests/golden/sieve.json holds both to it, to the last digit.
import type { Box } from "../parts";
import type { Sieve } from "../protocol";

export type Filter = "predicted_iou" | "stability" | "area" | "overlap";

/** What the filters ask of one mask. */
export interface Measures {
  readonly predictedIou: number; // as the stability 0 to 1, a float32
  readonly stability: number;
  readonly area: number; // pixels
  readonly box: Box; // image pixels, half open
}

/** What has become of one mask: dropped by the first filter that can, null where it shows. */
export interface Fate {
  readonly dropped: Filter | null;
  readonly by: number | null; // which one drove it out, where it was the last filter
  readonly share: number; // the IoU of their boxes then, else 0
}

const SHOWN: Fate = { dropped: null, by: null, share: 0 };
const DROPPED = {
  predicted_iou: { ...SHOWN, dropped: "predicted_iou" },
  stability: { ...SHOWN, dropped: "stability" },
  area: { ...SHOWN, dropped: "area" },
} as const;

/** Says of each mask whether it shows, and if not, why. */
export function fatesOf(sieve: Sieve, found: readonly Measures[]): Fate[] {
  const iou = Math.fround(sieve.predicted_iou);
  const stability = Math.fround(sieve.stability);
  const alone = found.map((one): Fate => {
    if (sieve.predicted_iou > 0 && one.predictedIou <= iou) return DROPPED.predicted_iou;
    if (sieve.stability > 0 && !(one.stability >= stability)) return DROPPED.stability;
    return one.area < Math.max(1, sieve.area) ? DROPPED.area : SHOWN;
  });
  return driveOut(sieve.overlap, found, alone);
}

/** Goes from the surest down; drops each that overlaps one kept before. Of equal ones the first is better. */
function driveOut(most: number, found: readonly Measures[], fates: Fate[]): Fate[] {
  const left = found.flatMap((one, i) =>
    fates[i]?.dropped === null ? [{ i, ...sidesOf(one) }] : [],
  );
  left.sort((a, b) => b.sure - a.sure || a.i - b.i);
  const kept: typeof left = [];
  for (const one of left) {
    let share = 0;
    let by: (typeof left)[number] | undefined;
    for (const other of kept) {
      // Most lie apart, and a slider asks about all pairs: this alone is asked of those.
      if (most >= 0 && apart(one, other)) continue;
      share = overlapOf(one, other);
      if (share <= most) continue;
      by = other;
      break;
    }
    if (by === undefined) kept.push(one);
    else fates[one.i] = { dropped: "overlap", by: by.i, share };
  }
  return fates;
}

interface Sides {
  readonly sure: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly area: number;
}

/** A box from its first pixel's centre to its last one's, as the field's NMS counts; an empty one stays. */
function sidesOf({ predictedIou, box }: Measures): Sides {
  const some = box.x1 > box.x0 && box.y1 > box.y0 ? 1 : 0;
  const [x1, y1] = [box.x1 - some, box.y1 - some];
  const area = (x1 - box.x0) * (y1 - box.y0);
  return { sure: predictedIou, x0: box.x0, y0: box.y0, x1, y1, area };
}

function apart(a: Sides, b: Sides): boolean {
  return b.x1 < a.x0 || a.x1 < b.x0 || b.y1 < a.y0 || a.y1 < b.y0;
}

function overlapOf(a: Sides, b: Sides): number {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  const shared = Math.max(0, width) * Math.max(0, height);
  const both = a.area + b.area - shared;
  return both > 0 ? shared / both : 0;
}
