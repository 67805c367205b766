import { expect, test } from "vitest";
import { dyeOf, labelsOf } from "../src/coloring";
import { type AnyRecord, type ObjectRecord, type Scene, sceneOf } from "../src/document";
import { UNNAMED } from "../src/paint";
import { accept, atOnce, deleteObjects, protect } from "../src/tools/acts";
import { point } from "../src/tools/point";
import { fitting } from "../src/ui/naming";
import { wordsOf } from "../src/ui/overlapped";

const thing = (id: string, more: Partial<ObjectRecord> = {}): ObjectRecord => ({
  ...{ type: "object", id, image: "i", label: "", color: 3, choice: null, locked: true },
  ...{ order: 0, threshold: 0, protected: false, parent: null },
  ...more,
});
const PHOTO: AnyRecord = { type: "image", id: "i", source: "s", width: 80, height: 60, depth: 0 };
const sceneWith = (...things: readonly AnyRecord[]): Scene =>
  sceneOf(new Map([PHOTO, ...things].map((one) => [one.id, one])));

test("colours are the objects' own, or their labels', in the order of what is offered and used", () => {
  const [cup, spoon, other] = [
    thing("a", { label: "cup" }),
    thing("b", { label: "spoon" }),
    thing("c"),
  ];
  const open = thing("d", { locked: false, color: 5 });
  const scene = sceneWith(cup, spoon, other, open);
  expect(labelsOf(scene, ["spoon", "fork"])).toEqual(["spoon", "fork", "cup"]);
  const own = dyeOf(scene, "object", ["spoon"]);
  expect([cup, spoon, other, open].map(own)).toEqual([3, 3, 3, 5]);
  const named = dyeOf(scene, "label", ["spoon", "fork"]);
  expect([cup, spoon, other, open].map(named)).toEqual([2, 0, UNNAMED, 5]);
});

test("labels that begin so come before those that hold it; the one that stands there is not offered", () => {
  const labels = ["teacup", "cup", "spoon", "컵", "컵받침"];
  expect(fitting(labels, "cu")).toEqual(["cup", "teacup"]);
  expect(fitting(labels, "CUP")).toEqual(["cup", "teacup"]);
  expect(fitting(labels, "컵")).toEqual(["컵", "컵받침"]);
  expect(fitting(labels, "spoon")).toEqual([]);
  expect(fitting(labels, "")).toEqual(labels);
  expect(
    fitting(
      Array.from({ length: 50 }, (_, i) => `label ${i}`),
      "",
    ).length,
  ).toBe(8);
});

const clicked = (scene: Scene, positive: boolean) => {
  const press = { at: { x: 20, y: 20 }, positive, more: false, travelled: () => 0 };
  const edit = point(press, () => scene).release({ x: 20, y: 20 });
  if (edit === null) throw new Error("a click that does nothing");
  return atOnce(scene, edit);
};

test("one object a click: what opens it accepts it, in one step; what is open is refined", () => {
  const edit = clicked(sceneWith(), true);
  const made = Object.values(edit.put).find((one) => one.type === "object");
  expect(made).toMatchObject({ locked: true });
  expect(edit.group).toBe(`accept ${made?.id}`);
  const opens = Object.values(clicked(sceneWith(), false).put).find((one) => one.type === "object");
  expect(opens).toMatchObject({ locked: false });
  const mark: AnyRecord = { type: "point", id: "p", object: "a", x: 1, y: 1, positive: true };
  const scene = sceneWith(thing("a", { locked: false }), mark);
  expect(Object.values(clicked(scene, true).put).map(({ type }) => type)).toEqual(["point"]);
  expect(accept(scene)?.group).toBe("accept a");
});

test("several are locked or deleted in one step; nothing to do is no step", () => {
  const scene = sceneWith(thing("a"), thing("b", { protected: true }), thing("c"));
  expect(Object.keys(protect(scene, ["a", "b"], true)?.put ?? {})).toEqual(["a"]);
  expect(protect(scene, ["b"], true)).toBeNull();
  expect(deleteObjects(scene, ["c", "a", "nobody"])?.drop).toEqual(["a", "c"]);
  expect(deleteObjects(scene, ["nobody"])).toBeNull();
});

test("what an overlap rule did is said", () => {
  const told = {
    type: "overlapped",
    object: "a",
    others: 3,
    pixels: 1412,
    held: 0,
    gone: 0,
    whole: false,
  };
  const words = (more: object) => wordsOf({ ...told, rule: "cut", ...more } as never);
  expect(words({})).toBe("Cut by 3 others, 1,412 px.");
  expect(words({ rule: "keep" })).toBe("Overlaps 3 others, 1,412 px.");
  expect(words({ rule: "replace", gone: 1, held: 2 })).toBe(
    "Taken from 3 others: 1,412 px. Nothing was left of 1. 2 locked kept their own.",
  );
  expect(words({ whole: true })).toBe("It lies wholly in 3 others: kept as it is.");
  expect(words({ others: 0 })).toBe("");
});
