// What feeding back does: while the switch is turned, the mask from before stays as a dashed line, and how far the two
// are the same. Knows no element and no canvas.
import { overlapOf } from "./dispute";
import { chosenOf, type Scene } from "./document";
import type { Ghost } from "./easel";
import type { Gallery, Shape } from "./gallery";
import { colorOf } from "./paint";
import { t } from "./words/words";

export class Feeding {
  readonly #gallery: Gallery;
  #before: { readonly of: string; readonly answer: string; readonly shape: Shape } | null = null;

  constructor(gallery: Gallery) {
    this.#gallery = gallery;
  }

  /** The switch is turned: the mask that is there will be the one before. */
  turned(scene: Scene): void {
    const { answer } = scene;
    const shape = shownOf(scene, this.#gallery);
    const several = answer !== null && answer.of.length > 1;
    this.#before = several && shape ? { of: answer.of.join(), answer: answer.id, shape } : null;
  }

  /** The mask before, while the clicks are the same. */
  ghosts(scene: Scene): readonly Ghost[] {
    const { open, answer } = scene;
    const before = this.#before;
    if (before === null || open === null || answer === null) return [];
    if (answer.of.join() !== before.of || answer.id === before.answer) return [];
    return [{ shape: before.shape, color: colorOf(open.color), opacity: 0, stroke: "preview" }];
  }

  /** What the switch says of itself. */
  words(scene: Scene, on: boolean): string {
    const { prompts, open } = scene;
    if (open === null || prompts.length < 2) return t("counts from the second click on");
    const [ghost] = this.ghosts(scene);
    const shape = shownOf(scene, this.#gallery);
    if (ghost === undefined || shape === null) return "";
    const share = Math.round(100 * overlapOf(ghost.shape.mask, shape.mask));
    return on
      ? t("dashed: without it; the two overlap by {share}%", { share })
      : t("dashed: with it; the two overlap by {share}%", { share });
  }
}

function shownOf({ open, answer }: Scene, gallery: Gallery): Shape | null {
  if (open === null || answer === null) return null;
  const candidate = answer.candidates[chosenOf(open, answer)];
  return candidate === undefined ? null : gallery.shape(candidate.blob);
}
