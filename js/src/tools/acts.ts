// What buttons and keys do to the document: choose, accept, clear, take back. Each returns an Edit, or null
// when there is nothing to do; none of them knows the store.

import type { Scene } from "../document";
import {
  affirmed,
  CANDIDATES,
  chosenOf,
  type Edit,
  editOf,
  newId,
  type ObjectRecord,
  type Prompt,
} from "../document";
import { PALETTE } from "../palette";
import { SINGLE } from "../protocol";

/** A new prompt for the open object; the first one opens an object in the same step. */
export function addPrompt(scene: Scene, make: (object: string) => Prompt): Edit | null {
  if (scene.image === null) return null;
  const { open } = scene;
  if (open !== null) {
    const prompt = make(open.id);
    const kin = SINGLE[prompt.type] ? scene.prompts.filter(({ type }) => type === prompt.type) : [];
    return editOf(
      [...askAgain(open), prompt],
      kin.map(({ id }) => id),
    );
  }
  const last = scene.objects.at(-1);
  const object: ObjectRecord = {
    type: "object",
    id: newId(),
    image: scene.image.id,
    label: "",
    color: scene.objects.length % PALETTE.length,
    choice: null,
    locked: false,
    order: last === undefined ? 0 : last.order + 1,
  };
  return editOf([object, make(object.id)]);
}

/** With other prompts comes another answer: what was chosen went into it, and its own best is shown. */
function askAgain(open: ObjectRecord): ObjectRecord[] {
  return open.choice === null ? [] : [{ ...open, choice: null }];
}

/** The person prefers this candidate, of the answer that is to come where none is there yet. */
export function choose(scene: Scene, index: number): Edit | null {
  const { open, answer, prompts } = scene;
  if (open === null || prompts.length === 0 || open.choice === index) return null;
  if (index >= (answer?.candidates.length ?? CANDIDATES)) return null;
  return editOf([{ ...open, choice: index }]);
}

/** The open object is done: it keeps the mask that is shown or on its way; the next click opens another. */
export function accept(scene: Scene): Edit | null {
  const { open, answer, prompts } = scene;
  if (open === null || !affirmed(prompts)) return null;
  const choice = answer === null ? open.choice : chosenOf(open, answer);
  return editOf([{ ...open, choice, locked: true }]);
}

/** The open object loses all its prompts. */
export function clear(scene: Scene): Edit | null {
  if (scene.prompts.length === 0) return null;
  return editOf(
    [],
    scene.prompts.map((prompt) => prompt.id),
  );
}

/** The open object loses the prompt that was added last. */
export function dropLast(scene: Scene): Edit | null {
  const last = scene.prompts.at(-1);
  if (scene.open === null || last === undefined) return null;
  return editOf(askAgain(scene.open), [last.id]);
}
