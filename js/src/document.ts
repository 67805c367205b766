// The document as the page sees it: records by id, edits, and what can be read out of them.
// Frozen values and pure functions; nothing about the screen, the wire or what is still unconfirmed.
import type {
  Answer,
  AnyRecord,
  Box,
  Correction,
  Edit,
  Image as ImageRecord,
  MaskPrompt,
  Object as ObjectRecord,
  Point,
  Prompt,
} from "./protocol";
import { SINGLE } from "./protocol";

export type {
  Answer,
  AnyRecord,
  Box,
  Correction,
  Edit,
  ImageRecord,
  MaskPrompt,
  ObjectRecord,
  Point,
  Prompt,
};

/** All that a person says of an object. */
export type Mark = Prompt | Correction;

/** Records by id, in the order in which they were first put. Never changed, only replaced. */
export type Document = ReadonlyMap<string, AnyRecord>;

export const EMPTY: Document = new Map();

/** Masks of an answer: as many can be chosen from before it is there. */
export const CANDIDATES = 3;

export function documentOf(records: { readonly [id: string]: AnyRecord }): Document {
  return new Map(Object.entries(records));
}

/** An edit from what it puts and drops. */
export function editOf(put: readonly AnyRecord[], drop: readonly string[] = []): Edit {
  return { put: Object.fromEntries(put.map((record) => [record.id, record])), drop, group: null };
}

/** The document after the edit: first the drops, then the puts; a replaced record keeps its place. */
export function apply(document: Document, edit: Edit): Document {
  const next = new Map(document);
  for (const id of edit.drop) next.delete(id);
  for (const [id, record] of Object.entries(edit.put)) next.set(id, record);
  return next;
}

/** The edit that leads back: `apply(apply(d, e), invert(d, e))` holds the records of `d`; what was dropped comes last. */
export function invert(document: Document, edit: Edit): Edit {
  const touched = new Set([...edit.drop, ...Object.keys(edit.put)]);
  const put: { [id: string]: AnyRecord } = {};
  for (const [id, record] of document) if (touched.has(id)) put[id] = record;
  const moved = new Set(edit.drop);
  const drop = Object.keys(edit.put).filter((id) => !document.has(id) || moved.has(id));
  return { put, drop, group: edit.group };
}

/** One edit that does what the first and then the second do. */
export function squash(first: Edit, second: Edit): Edit {
  const put: { [id: string]: AnyRecord } = { ...first.put };
  for (const id of second.drop) delete put[id];
  const drop = [...new Set([...first.drop, ...second.drop])];
  const group = first.group === second.group ? first.group : null;
  return { put: { ...put, ...second.put }, drop, group };
}

/** A short random id, as the kernel makes them: 12 hexadecimal digits. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A mask as it is shown: the chosen candidate's, or none of the model's, after corrections by hand. */
export interface Finished {
  readonly key: string; // the same for the same mask
  readonly blob: string | null; // the candidate's
  readonly corrections: readonly Correction[];
}

/** An object and what belongs to it. */
export interface Thing {
  readonly object: ObjectRecord;
  readonly prompts: readonly Prompt[];
  readonly marks: readonly Mark[]; // prompts and corrections, in order
  readonly answer: Answer | null; // true to these prompts; null while it is on its way, or nobody asked
  readonly finished: Finished | null; // null while its answer is on its way, or it has no mask
  readonly number: number; // its place among all objects, from 1: it keeps it while it is open
}

/** What a person looks at: all that a document says, found in one walk over its records. */
export interface Scene {
  readonly image: ImageRecord | null;
  readonly objects: readonly ObjectRecord[]; // in drawing order
  readonly accepted: readonly Thing[]; // in the order of their numbers
  readonly open: ObjectRecord | null; // the one that clicks go to
  readonly prompts: readonly Prompt[]; // of the open object
  readonly marks: readonly Mark[]; // the same and its corrections, in order
  readonly answer: Answer | null; // true to these prompts
  readonly stale: Answer | null; // the last answer that no longer is
  readonly finished: Finished | null; // of the open object, as it is or was last
  readonly blobs: ReadonlySet<string>; // content hashes that the document mentions
}

const scenes = new WeakMap<Document, Scene>();

/** The scene of a document, read when first asked for: of one document always the same value. */
export function sceneOf(document: Document): Scene {
  let scene = scenes.get(document);
  if (scene === undefined) {
    scene = read(document);
    scenes.set(document, scene);
  }
  return scene;
}

function read(document: Document): Scene {
  let image: ImageRecord | null = null;
  const objects: ObjectRecord[] = [];
  const marks = new Map<string, Mark[]>();
  const answers = new Map<string, Answer[]>();
  const blobs = new Set<string>();
  for (const record of document.values()) {
    if (record.type === "image") image = record;
    else if (record.type === "object") objects.push(record);
    else if (record.type === "answer") file(answers, record);
    else file(marks, record);
    for (const hash of blobsOf(record)) blobs.add(hash);
  }
  objects.sort((a, b) => a.order - b.order);
  const things = objects.map((object, i): Thing => {
    const said = marks.get(object.id) ?? NONE;
    const asked = said.filter(isPrompt);
    const answer = trueTo(object, asked, answers.get(object.id) ?? NONE);
    const finished = answer !== null || asked.length === 0 ? finish(object, said, answer) : null;
    return { object, prompts: asked, marks: said, answer, finished, number: i + 1 };
  });
  const open = things.find(({ object }) => !object.locked) ?? null;
  const last = open && open.prompts.length > 0 ? answers.get(open.object.id)?.at(-1) : null;
  const stale = open?.answer ? null : (last ?? null);
  return {
    image,
    objects,
    accepted: things.filter(({ object }) => object.locked),
    open: open?.object ?? null,
    prompts: open?.prompts ?? NONE,
    marks: open?.marks ?? NONE,
    answer: open?.answer ?? null,
    stale,
    finished: open && (open.finished ?? finish(open.object, open.marks, stale)),
    blobs,
  };
}

/** Whether a record is a prompt: said to the model, and no correction. */
export function isPrompt<R extends { readonly type: string }>(
  record: R,
): record is Extract<R, { readonly type: Prompt["type"] }> {
  return record.type in SINGLE;
}

/** What an object comes to, with an answer or by hand alone; null where that is nothing. */
function finish(
  object: ObjectRecord,
  marks: readonly Mark[],
  answer: Answer | null,
): Finished | null {
  const corrections = marks.filter((mark): mark is Correction => !isPrompt(mark));
  const blob = answer?.candidates[chosenOf(object, answer)]?.blob ?? null;
  if (blob === null && !corrections.some(affirms)) return null;
  return { key: keyOf(blob, corrections), blob, corrections };
}

/** What a mask is called: its blob's hash, or more where it was corrected. */
export function keyOf(blob: string | null, corrections: readonly Correction[]): string {
  return [blob ?? "", ...corrections.map(({ id }) => id)].join(" ");
}

const NONE: readonly never[] = [];

function file<R extends { readonly object: string }>(drawers: Map<string, R[]>, record: R): void {
  const drawer = drawers.get(record.object);
  if (drawer === undefined) drawers.set(record.object, [record]);
  else drawer.push(record);
}

/** The answer to exactly these prompts, cut where the object is, if the kernel has given it. */
function trueTo(
  object: ObjectRecord,
  prompts: readonly Prompt[],
  answers: readonly Answer[],
): Answer | null {
  if (prompts.length === 0) return null;
  const to = ({ of, threshold }: Answer): boolean =>
    threshold === object.threshold &&
    of.length === prompts.length &&
    of.every((id, i) => id === prompts[i]?.id);
  return answers.find(to) ?? null;
}

type Says<T> = (mark: Extract<Mark, { readonly type: T }>) => boolean;

/** Whether a mark of each kind says what is wanted, and not only what is not. */
const AFFIRMS: { readonly [T in Mark["type"]]: Says<T> } = {
  point: ({ positive }) => positive,
  box: () => true,
  stroke: ({ positive }) => positive,
  mask: () => true,
  window: () => false,
  brush: ({ positive }) => positive,
  cleanup: () => false,
  combine: ({ how }) => how === "unite",
};

function affirms(mark: Mark): boolean {
  return (AFFIRMS[mark.type] as Says<Mark["type"]>)(mark);
}

/** Whether any of the marks says what is wanted: before that there is nothing to accept. */
export function affirmed(marks: readonly Mark[]): boolean {
  return marks.some(affirms);
}

/** Which candidate counts: the person's choice, else the model's best. */
export function chosenOf(object: ObjectRecord, answer: Answer): number {
  const choice = object.choice ?? answer.best;
  return Math.min(Math.max(0, choice), answer.candidates.length - 1);
}

type Named<T> = (record: Extract<AnyRecord, { readonly type: T }>) => readonly string[];

/** The content hashes that a record of each type mentions. */
const BLOBS: { readonly [T in AnyRecord["type"]]: Named<T> } = {
  image: ({ source }) => [source],
  object: () => [],
  point: () => [],
  box: () => [],
  stroke: () => [],
  window: () => [],
  mask: ({ blob, logits }) => (logits === null ? [blob] : [blob, logits]),
  brush: () => [],
  cleanup: () => [],
  combine: ({ blob }) => [blob],
  answer: ({ candidates }) => candidates.map(({ blob }) => blob),
};

/** The content hashes that a record mentions. */
function blobsOf(record: AnyRecord): readonly string[] {
  return (BLOBS[record.type] as Named<AnyRecord["type"]>)(record);
}

/** The masks that can be seen: each accepted object's own, all that the open one can choose from, given ones. */
export function masksOf({ accepted, prompts, answer, stale, finished }: Scene): Set<string> {
  const hashes = new Set(prompts.flatMap(blobsOf));
  for (const one of accepted) if (one.finished !== null) hashes.add(one.finished.key);
  for (const { blob } of (answer ?? stale)?.candidates ?? NONE) hashes.add(blob);
  if (finished !== null) hashes.add(finished.key);
  return hashes;
}
