// The colour of each object: its own, or its label's. Pure; what a palette holds is said elsewhere.
import type { ObjectRecord, Scene } from "./document";
import { UNNAMED } from "./paint";

/** The place in the palette that an object is painted in. */
export type Dye = (object: ObjectRecord) => number;

/** The labels that there are: those that are offered first, then those that objects have, in their order. */
export function labelsOf({ objects }: Scene, offered: readonly string[]): readonly string[] {
  const used = objects.map(({ label }) => label).filter((label) => label !== "");
  return [...new Set([...offered, ...used])];
}

/** Each object in its own colour, or in that of its label; of an accepted one without a label in none. */
export function dyeOf(scene: Scene, by: "object" | "label", offered: readonly string[]): Dye {
  if (by === "object") return ({ color }) => color;
  const places = new Map(labelsOf(scene, offered).map((label, i) => [label, i]));
  return ({ label, locked, color }) => places.get(label) ?? (locked ? UNNAMED : color);
}
