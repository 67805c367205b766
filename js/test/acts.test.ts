import { expect, test } from "vitest";
import golden from "../../tests/golden/acts.json";
import {
  type AnyRecord,
  apply,
  type Document,
  documentOf,
  type Edit,
  editOf,
  type MaskPrompt,
  newId,
  type Scene,
  sceneOf,
} from "../src/document";
import {
  accept,
  addMark,
  choose,
  cleanUp,
  clear,
  cut,
  deleteObject,
  move,
  type Picked,
  pick,
  recolor,
  rename,
  reopen,
} from "../src/tools/acts";
import { boxEdit } from "../src/tools/box";
import { strokeEdit } from "../src/tools/brush";
import { point } from "../src/tools/point";
import { scribbleEdit } from "../src/tools/scribble";

interface Given {
  readonly x: number;
  readonly y: number;
  readonly positive: boolean;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly index: number;
  readonly object_id: string;
  readonly label: string;
  readonly color: number;
  readonly threshold: number;
  readonly picks: readonly Picked[];
  readonly points: readonly (readonly number[])[];
  readonly another?: boolean;
  readonly width: number;
  readonly islands: number;
  readonly holes: number;
}

const strokeOf = ({ points, width }: Given, positive: boolean) =>
  ({ type: "brush", path: points.flat(), width, positive }) as const;

/** The page's way to each of Python's acts. */
const ACTS: { readonly [act: string]: (scene: Scene, given: Given) => Edit | null } = {
  point: (scene, { x, y, positive }) =>
    point({ at: { x, y }, positive, more: false, travelled: () => 0 }, () => scene).release({
      x,
      y,
    }),
  box: (scene, { x0, y0, x1, y1, another }) =>
    boxEdit(scene, { x: x1, y: y0 }, { x: x0, y: y1 }, another),
  mask: (scene, given) => {
    const mask = given as unknown as Omit<MaskPrompt, "type" | "id" | "object">;
    return addMark(scene, (object) => ({ type: "mask", id: newId(), object, ...mask }));
  },
  pick: (scene, { picks }) => pick(scene, picks),
  stroke: (scene, given) =>
    scribbleEdit(scene, { ...strokeOf(given, given.positive), type: "stroke" }),
  paint: (scene, given) => strokeEdit(scene, strokeOf(given, true)),
  erase: (scene, given) => strokeEdit(scene, strokeOf(given, false)),
  clean_up: (scene, { islands, holes }) => cleanUp(scene, islands, holes),
  choose: (scene, { index }) => choose(scene, index),
  cut: (scene, { threshold }) => cut(scene, threshold),
  accept,
  clear,
  reopen: (scene, { object_id }) => reopen(scene, object_id),
  rename: (scene, { object_id, label }) => rename(scene, object_id, label),
  recolor: (scene, { object_id, color }) => recolor(scene, object_id, color),
  move: (scene, { object_id, index }) => move(scene, object_id, index),
  delete: (scene, { object_id }) => deleteObject(scene, object_id),
};

/** An edit with its new ids counted as +0, +1; null where it changes nothing. */
function told(document: Document, edit: Edit | null): unknown {
  if (edit === null) return null;
  const fresh = Object.keys(edit.put).filter((id) => !document.has(id));
  const name = (id: string): string => (fresh.includes(id) ? `+${fresh.indexOf(id)}` : id);
  const put = Object.values(edit.put).map((record) => ({
    ...record,
    id: name(record.id),
    ...("object" in record ? { object: name(record.object) } : {}),
  }));
  const after = apply(document, edit);
  const same = JSON.stringify([...after]) === JSON.stringify([...document]);
  return same ? null : { put, drop: edit.drop };
}

test.each(golden.acts)("golden act: $name", ({ document: which, act, given, edit }) => {
  const records = golden.documents[which as keyof typeof golden.documents] as AnyRecord[];
  const document = documentOf(editOf(records).put);
  const done = ACTS[act]?.(sceneOf(document), given as unknown as Given) ?? null;
  expect(told(document, done)).toEqual(edit);
});
