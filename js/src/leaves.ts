// Whether a mask goes out of the box that was drawn for it. Reads a scene and a mask's spans, and says nothing itself.
import { chosenOf, type Scene } from "./document";
import { boundsOf } from "./kinds";
import { areaIn, type Mask, type Spans } from "./masks";

/** The share of a mask outside its box from which on that is worth a word. */
const OUTSIDE = 0.05;

interface Shapes {
  shape(hash: string): { readonly mask: Mask; readonly spans: Spans } | null;
}

/** Whether the open object's mask, as it is shown, noticeably leaves the bounds that its prompts give it. */
export function leavesBounds({ open, answer, prompts }: Scene, shapes: Shapes): boolean {
  const bounds = boundsOf(prompts);
  if (open === null || answer === null || bounds === null) return false;
  const candidate = answer.candidates[chosenOf(open, answer)];
  const shape = candidate === undefined ? null : shapes.shape(candidate.blob);
  if (candidate === undefined || shape === null) return false;
  const inside = areaIn(shape.mask, shape.spans, bounds);
  return candidate.area - inside > OUTSIDE * candidate.area;
}
