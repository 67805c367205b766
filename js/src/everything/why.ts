// Why a mask does not show, in words: which filter dropped it, and by how much. Pure.
import type { Sieve } from "../protocol";
import { shareOf } from "../ui/numbers";
import { t } from "../words/words";
import type { Find } from "./finds";
import type { Fate } from "./sieve";

/** "stability 0.81 < 0.92", "overlaps #12 by 0.83"; empty where it shows. */
export function whyOf(find: Find, fate: Fate, sieve: Sieve): string {
  switch (fate.dropped) {
    case "predicted_iou":
      return t("predicted IoU {value} ≤ {limit}", apart(find.predictedIou, sieve.predicted_iou));
    case "stability":
      return t("stability {value} < {limit}", apart(find.stability, sieve.stability));
    case "area":
      return find.area === 0
        ? t("empty")
        : t("area {value} px < {limit} px", { value: find.area, limit: sieve.area });
    case "overlap":
      return t("overlaps #{n} by {share}", {
        n: (fate.by ?? 0) + 1,
        share: fate.share.toFixed(2),
      });
    default:
      return "";
  }
}

/** What is known of one that shows. */
export function wordsOf(find: Find, pixels: number): string {
  return t("#{n}: predicted IoU {iou}, stability {stability}, {share}", {
    n: find.index + 1,
    iou: find.predictedIou.toFixed(2),
    stability: find.stability.toFixed(2),
    share: shareOf(find.area, pixels),
  });
}

/** Two numbers with as many digits as it takes to tell them apart, two at least. */
function apart(value: number, limit: number): { value: string; limit: string } {
  for (let digits = 2; digits < 5; digits++) {
    const [one, other] = [value.toFixed(digits), limit.toFixed(digits)];
    if (one !== other || value === Math.fround(limit)) return { value: one, limit: other };
  }
  return { value: value.toFixed(5), limit: limit.toFixed(5) };
}
