// Which finds are objects by now, and whether a hand has made one its own since. Pure.
import type { Edit, Scene } from "../document";
import type { Place } from "../viewport";

/** What a find is called: a click on the spot with that choice. */
export function nameOf({ x, y, choice }: Place & { readonly choice: number }): string {
  return `${x} ${y} ${choice}`;
}

const taken = new WeakMap<Scene, ReadonlySet<string>>();

/** The finds that are objects: one click on the spot, with that choice, and its mask is there, corrected or not. */
export function takenOf(scene: Scene): ReadonlySet<string> {
  let names = taken.get(scene);
  if (names === undefined) {
    names = new Set(
      scene.accepted.flatMap(({ object, prompts, answer }) => {
        const [only] = prompts;
        const click = prompts.length === 1 && only?.type === "point" && answer !== null;
        return click && object.choice !== null ? [nameOf({ ...only, choice: object.choice })] : [];
      }),
    );
    taken.set(scene, names);
  }
  return names;
}

/** The id of the object that a pick made, while it is as it was made but for its place in the list; else null. */
export function untouched({ accepted }: Scene, made: Edit["put"]): string | null {
  const thing = accepted.find(({ object }) => made[object.id] !== undefined);
  const before = thing && made[thing.object.id];
  if (thing === undefined || before?.type !== "object") return null;
  const { object, marks } = thing;
  const own = marks.length === 1 && marks.every(({ id }) => made[id] !== undefined);
  const { label, color, choice, threshold } = before;
  const same = object.label === label && object.color === color && object.choice === choice;
  return own && same && object.threshold === threshold ? object.id : null;
}
