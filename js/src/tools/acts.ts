// What buttons and keys do to the document: to the open object, and to any by its id. Each returns an Edit, or
// null when there is nothing to do; none of them knows the store.

import type { Scene } from "../document";
import {
  affirmed,
  CANDIDATES,
  chosenOf,
  type Edit,
  editOf,
  isPrompt,
  type Mark,
  newId,
  type ObjectRecord,
  type Prompt,
} from "../document";
import { PALETTE } from "../palette";
import { SINGLE } from "../protocol";
import type { Place } from "../viewport";
import type { PromptDraft } from "./tool";

/**
 * A new mark for the open object; the first one opens an object in the same step. Of a kind that stays alone it takes
 * the others' place, unless it is to be `another`.
 */
export function addMark(
  scene: Scene,
  make: (object: string) => Mark,
  another = false,
): Edit | null {
  if (scene.image === null) return null;
  const { open } = scene;
  if (open !== null) {
    const mark = make(open.id);
    if (!isPrompt(mark)) return editOf([mark]);
    const kin =
      SINGLE[mark.type] && !another ? scene.prompts.filter(({ type }) => type === mark.type) : [];
    return editOf(
      [...askAgain(open), mark],
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
    threshold: 0,
    protected: false,
    parent: null,
  };
  return editOf([object, make(object.id)]);
}

/** A mask that everything mode found: what a click at the place gives as its candidate `choice`. */
export interface Picked extends Place {
  readonly choice: number;
  readonly color: number | null; // in the palette; null: the next
  readonly label?: string;
}

/** An accepted object of each, as if it had been clicked, chosen and accepted, in the place of those that go. */
export function pick(
  scene: Scene,
  picks: readonly Picked[],
  instead: readonly string[] = [],
): Edit | null {
  const { image, objects } = scene;
  if (image === null || picks.length === 0) return null;
  const order = (objects.at(-1)?.order ?? -1) + 1;
  const put = picks.flatMap(({ x, y, choice, color, label }, i): (ObjectRecord | Mark)[] => {
    const object: ObjectRecord = {
      ...{ type: "object", id: newId(), image: image.id, label: label ?? "" },
      ...{ color: color ?? (objects.length + i) % PALETTE.length, choice },
      ...{ locked: true, order: order + i, threshold: 0, protected: false, parent: null },
    };
    return [object, { type: "point", id: newId(), object: object.id, x, y, positive: true }];
  });
  return editOf(put, instead);
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

/** The open object's masks are cut at another logit. */
export function cut({ open, prompts }: Scene, threshold: number): Edit | null {
  if (open === null || prompts.length === 0 || open.threshold === threshold) return null;
  return editOf([{ ...open, threshold }]);
}

/** The open object is done: it keeps the mask that is shown or on its way; the next click opens another. */
export function accept(scene: Scene): Edit | null {
  if (scene.open === null || !affirmed(scene.marks)) return null;
  return { ...putAway(scene), group: accepted(scene.open.id) };
}

/** The group of an object's acceptance: what it does to others is undone with it. */
function accepted(id: string): string {
  return `accept ${id}`;
}

/** One object a click: what a prompt opens is accepted in the same step, if it says what is wanted. */
export function atOnce(scene: Scene, edit: Edit): Edit {
  const put = Object.values(edit.put);
  const fresh = put.find((one): one is ObjectRecord => one.type === "object" && !one.locked);
  const known = fresh === undefined || scene.objects.some(({ id }) => id === fresh.id);
  const asked = put.filter((one): one is Prompt => isPrompt(one));
  if (known || asked.length === 0 || !affirmed(asked)) return edit;
  return {
    ...edit,
    put: { ...edit.put, [fresh.id]: { ...fresh, locked: true } },
    group: accepted(fresh.id),
  };
}

/** Objects are locked against change, or no more. */
export function protect(scene: Scene, ids: readonly string[], on: boolean): Edit | null {
  const some = scene.objects.filter((one) => ids.includes(one.id) && one.protected !== on);
  return some.length === 0 ? null : editOf(some.map((one) => ({ ...one, protected: on })));
}

/**
 * No object is open then: it is accepted as it is shown; an empty one goes. What is accepted comes last in the
 * document, where Python finds what was accepted last.
 */
function putAway({ open, answer, marks }: Scene): Edit {
  if (open === null) return editOf([]);
  if (marks.length === 0) return editOf([], [open.id]);
  const choice = answer === null ? open.choice : chosenOf(open, answer);
  return editOf([{ ...open, choice, locked: true }], [open.id]);
}

/** The open object loses all its prompts and corrections. */
export function clear(scene: Scene): Edit | null {
  if (scene.marks.length === 0) return null;
  return editOf(
    [],
    scene.marks.map((mark) => mark.id),
  );
}

/** The open object loses the prompt or correction that was added last. */
export function dropLast(scene: Scene): Edit | null {
  const huge = (scene.image?.depth ?? 0) > 0; // there each prompt brings the window it was made in
  const last = scene.marks.findLast(({ type }) => !huge || type !== "window") ?? scene.marks.at(-1);
  if (scene.open === null || last === undefined) return null;
  return isPrompt(last) ? dropPrompt(scene, last.id) : editOf([], [last.id]);
}

/** Small islands of the open object's mask go, small holes are filled; both are areas in image pixels. */
export function cleanUp(scene: Scene, islands: number, holes: number): Edit | null {
  const { open, marks } = scene;
  if (open === null || marks.length === 0 || (islands === 0 && holes === 0)) return null;
  return editOf([{ type: "cleanup", id: newId(), object: open.id, islands, holes }]);
}

/** The open object loses one of its prompts; where only windows are left, which say but where to look, they go along. */
export function dropPrompt(scene: Scene, id: string): Edit | null {
  if (scene.open === null || !scene.prompts.some((prompt) => prompt.id === id)) return null;
  const stay = scene.prompts.filter((prompt) => prompt.id !== id);
  const along = stay.every(({ type }) => type === "window") ? stay : [];
  return editOf(askAgain(scene.open), [id, ...along.map((prompt) => prompt.id)]);
}

/** Another prompt takes the place of one of the open object's, which those that came after it follow as before. */
export function replacePrompt(scene: Scene, id: string, draft: PromptDraft): Edit | null {
  const at = scene.prompts.findIndex((prompt) => prompt.id === id);
  const before = scene.prompts[at];
  if (scene.open === null || before === undefined) return null;
  if (JSON.stringify({ ...before, ...draft }) === JSON.stringify(before)) return null;
  const prompt = { ...draft, id: newId(), object: scene.open.id } as Mark;
  const after = scene.prompts.slice(at + 1);
  return editOf([...askAgain(scene.open), prompt, ...after], [id, ...after.map((one) => one.id)]);
}

/** An accepted object is open again, as it was; what is open is accepted, or goes where it has no prompt. */
export function reopen(scene: Scene, id: string): Edit | null {
  const again = scene.accepted.find(({ object }) => object.id === id)?.object;
  if (again === undefined) return null;
  const away = putAway(scene);
  return editOf([...Object.values(away.put), { ...again, locked: false }], away.drop);
}

/** An object is called something; an empty label takes its name away. */
export function rename(scene: Scene, id: string, label: string): Edit | null {
  return change(scene, id, { label: label.trim() });
}

/** An object has another place in the palette. */
export function recolor(scene: Scene, id: string, color: number): Edit | null {
  return color in PALETTE ? change(scene, id, { color }) : null;
}

function change(scene: Scene, id: string, to: Partial<ObjectRecord>): Edit | null {
  const object = scene.objects.find((one) => one.id === id);
  if (object === undefined) return null;
  const names = Object.keys(to) as (keyof ObjectRecord)[];
  return names.every((name) => object[name] === to[name]) ? null : editOf([{ ...object, ...to }]);
}

/** An object comes to another place among all; two hands at once may have left equal orders, which are told apart. */
export function move(scene: Scene, id: string, index: number): Edit | null {
  const object = scene.objects.find((one) => one.id === id);
  if (object === undefined || !(index in scene.objects)) return null;
  const orders: number[] = [];
  for (const { order } of scene.objects)
    orders.push(Math.max(order, (orders.at(-1) ?? order - 1) + 1));
  const row = scene.objects.filter((one) => one !== object);
  row.splice(index, 0, object);
  const moved = row.flatMap((one, i) => {
    const order = orders[i] ?? one.order;
    return order === one.order ? [] : [{ ...one, order }];
  });
  return moved.length === 0 ? null : editOf(moved);
}

/** An object goes, and the kernel lets what belongs to it go along. */
export function deleteObject(scene: Scene, id: string): Edit | null {
  return deleteObjects(scene, [id]);
}

/** The same of several, as one step. */
export function deleteObjects({ objects }: Scene, ids: readonly string[]): Edit | null {
  const gone = objects.filter(({ id }) => ids.includes(id)).map(({ id }) => id);
  return gone.length === 0 ? null : editOf([], gone);
}
