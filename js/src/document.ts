// The document as the page sees it: records by id, edits, and what can be read out of them.
// Frozen values and pure functions; nothing about the screen, the wire or what is still unconfirmed.
import {
  type Answer,
  type AnyRecord,
  type Box,
  type Edit,
  type Image as ImageRecord,
  type MaskPrompt,
  type Object as ObjectRecord,
  type Point,
  type Prompt,
  SINGLE,
} from "./protocol";

export type { Answer, AnyRecord, Box, Edit, ImageRecord, MaskPrompt, ObjectRecord, Point, Prompt };

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

/** The edit that leads back: `apply(apply(d, e), invert(d, e))` holds the records of `d`. */
export function invert(document: Document, edit: Edit): Edit {
  const touched = new Set([...edit.drop, ...Object.keys(edit.put)]);
  const put: { [id: string]: AnyRecord } = {};
  for (const [id, record] of document) if (touched.has(id)) put[id] = record;
  const drop = Object.keys(edit.put).filter((id) => !document.has(id));
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

/** What the person looks at: the document, read once for a frame. */
export interface Scene {
  readonly image: ImageRecord | null;
  readonly objects: readonly ObjectRecord[]; // in drawing order
  readonly open: ObjectRecord | null; // the one that clicks go to
  readonly prompts: readonly Prompt[]; // of the open object
  readonly answer: Answer | null; // true to these prompts
  readonly stale: Answer | null; // the last answer that no longer is
}

export function sceneOf(document: Document): Scene {
  let image: ImageRecord | null = null;
  let open: ObjectRecord | null = null;
  const objects: ObjectRecord[] = [];
  for (const record of document.values()) {
    if (record.type === "image") image = record;
    if (record.type !== "object") continue;
    objects.push(record);
    if (!record.locked) open = record;
  }
  objects.sort((a, b) => a.order - b.order);
  const prompts = open === null ? [] : promptsOf(document, open.id);
  const answer = open === null ? null : answerOf(document, open.id);
  const stale = open && !answer && prompts.length > 0 ? lastAnswerOf(document, open.id) : null;
  return { image, objects, open, prompts, answer, stale };
}

/** The objects that are done, in the order of their numbers: the first is 1. */
export function acceptedOf(scene: Scene): ObjectRecord[] {
  return scene.objects.filter((object) => object.locked);
}

/** Whether a record is a prompt, of whatever kind. */
export function isPrompt(record: AnyRecord): record is Prompt {
  return record.type in SINGLE;
}

export function promptsOf(document: Document, object: string): Prompt[] {
  const prompts: Prompt[] = [];
  for (const record of document.values()) {
    if (isPrompt(record) && record.object === object) prompts.push(record);
  }
  return prompts;
}

/** The answer that is true to the object's prompts as they stand, if the model has given it. */
export function answerOf(document: Document, object: string): Answer | null {
  const prompts = promptsOf(document, object);
  if (prompts.length === 0) return null;
  for (const record of document.values()) {
    if (record.type !== "answer" || record.object !== object) continue;
    if (record.of.length !== prompts.length) continue;
    if (record.of.every((id, i) => id === prompts[i]?.id)) return record;
  }
  return null;
}

function lastAnswerOf(document: Document, object: string): Answer | null {
  let last: Answer | null = null;
  for (const record of document.values()) {
    if (record.type === "answer" && record.object === object) last = record;
  }
  return last;
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
  mask: ({ blob, logits }) => (logits === null ? [blob] : [blob, logits]),
  answer: ({ candidates }) => candidates.map(({ blob }) => blob),
};

/** The content hashes that a document mentions. */
export function blobsOf(document: Document): Set<string> {
  const hashes = new Set<string>();
  for (const record of document.values()) {
    const named = BLOBS[record.type] as Named<AnyRecord["type"]>;
    for (const hash of named(record)) hashes.add(hash);
  }
  return hashes;
}
