// What an overlap rule did to an object that was accepted, in a sentence. Pure.
import type { Overlapped } from "../protocol";
import { t } from "../words/words";

export function wordsOf({ rule, others, pixels, held, gone, whole }: Overlapped): string {
  if (others === 0) return "";
  const [n, px] = [others, pixels.toLocaleString("en")];
  const one = n === 1;
  if (whole)
    return one
      ? t("It lies wholly in another: kept as it is.")
      : t("It lies wholly in {n} others: kept as it is.", { n });
  if (rule === "keep")
    return one
      ? t("Overlaps another, {px} px.", { px })
      : t("Overlaps {n} others, {px} px.", { n, px });
  if (rule === "cut")
    return one
      ? t("Cut by another, {px} px.", { px })
      : t("Cut by {n} others, {px} px.", { n, px });
  const said = [
    one
      ? t("Taken from another: {px} px.", { px })
      : t("Taken from {n} others: {px} px.", { n, px }),
  ];
  if (gone > 0) said.push(t("Nothing was left of {n}.", { n: gone }));
  if (held > 0) said.push(t("{n} locked kept their own.", { n: held }));
  return said.join(" ");
}
