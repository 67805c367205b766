// What the numbers of a candidate say, in words for somebody who meets them for the first time. Pure.
import type { Candidate } from "../protocol";
import { heard } from "../words/heard";
import { t } from "../words/words";

/** A mask's share of the picture, in words short enough for a card. */
export function shareOf(area: number, pixels: number): string {
  const percent = (100 * area) / Math.max(1, pixels);
  if (area > 0 && percent < 0.1) return "<0.1%";
  return percent < 10 ? `${percent.toFixed(1)}%` : `${Math.round(percent)}%`;
}

/** In one line, for the foot of the widget. */
export function lineOf(candidate: Candidate, pixels: number): string {
  return t("{name}: should fit by {iou} · edge firm by {stability} · {share} of the photo", {
    name: heard(candidate.name),
    iou: candidate.score.toFixed(2),
    stability: candidate.stability.toFixed(2),
    share: shareOf(candidate.area, pixels),
  });
}

/** In full, a line for each. */
export function explained(candidate: Candidate, pixels: number): string {
  return [
    heard(candidate.name),
    t("Predicted IoU {iou}: how well the model expects this mask to fit; 1 is perfect", {
      iou: candidate.score.toFixed(2),
    }),
    t(
      "Stability {stability}: how little its edge moves when it is cut higher or lower; 1 is not at all",
      {
        stability: candidate.stability.toFixed(2),
      },
    ),
    t("Area: {pixels} px, {share} of the photo", {
      pixels: candidate.area.toLocaleString("en"),
      share: shareOf(candidate.area, pixels),
    }),
  ].join("\n");
}
