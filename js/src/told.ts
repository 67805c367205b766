// What is said aloud: of the step from one scene to the next, whoever made it, and of the photo as a whole. Pure.
import { type Answer, chosenOf, type ObjectRecord, type Scene, type Thing } from "./document";
import { colorName } from "./paint";
import { shareOf } from "./ui/numbers";
import { t } from "./words/words";

/** What a person who does not see the photo wants to hear of a step; null when there is nothing. */
export function toldOf(before: Scene, after: Scene): string | null {
  if (before === after || before.image?.id !== after.image?.id) return null;
  const said = [...ofObjects(before, after), ...ofPrompts(before, after), ...ofMask(before, after)];
  return said.length === 0 ? null : said.join(". ");
}

/** The photo in one sentence. */
export function describe({ image, accepted, marks }: Scene): string {
  if (image === null) return t("No picture");
  const { width, height } = image;
  const n = accepted.length;
  const photo = t("Photo, {width} by {height} pixels", { width, height });
  const objects = n === 1 ? t("1 accepted object") : t("{n} accepted objects", { n });
  return [photo, objects, ...(marks.length === 0 ? [] : [t("one open")])].join(", ");
}

function ofObjects(before: Scene, after: Scene): string[] {
  if (before.objects === after.objects) return [];
  const [was, now] = [byId(before), byId(after)];
  const told: string[] = [];
  const moved: string[] = [];
  for (const thing of before.accepted) {
    if (!now.has(thing.object.id)) {
      told.push(t("{object} deleted", { object: called(thing.object, thing.number) }));
    }
  }
  for (const [id, { object, number }] of now) {
    const old = was.get(id);
    const name = called(object, number);
    if (old === undefined) {
      if (object.locked) told.push(t("{object} is back", { object: name }));
      continue;
    }
    if (object === old.object && number === old.number) continue;
    if (object.locked !== old.object.locked) {
      told.push(
        object.locked
          ? t("{object} accepted", { object: name })
          : t("{object} reopened", { object: name }),
      );
    }
    if (object.label !== old.object.label) {
      told.push(
        object.label === ""
          ? t("Object {n} has no name", { n: number })
          : t("Object {n} is {label}", { n: number, label: object.label }),
      );
    }
    if (object.color !== old.object.color) {
      told.push(t("{object} is {color}", { object: name, color: colorName(object.color) }));
    }
    if (object.order !== old.object.order) moved.push(name);
  }
  if (moved.length === 2)
    told.push(t("In their new order: {objects}", { objects: moved.join("; ") }));
  else if (moved.length > 2) told.push(t("The objects have another order"));
  return told;
}

/** All objects, the open one too, in the order of their numbers. */
function byId({ objects }: Scene): Map<string, { object: ObjectRecord; number: number }> {
  return new Map(objects.map((object, i) => [object.id, { object, number: i + 1 }]));
}

function called({ label }: ObjectRecord, number: Thing["number"]): string {
  return label === ""
    ? t("Object {n}", { n: number })
    : t("Object {n}, {label}", { n: number, label });
}

function ofPrompts(before: Scene, after: Scene): string[] {
  const gone = before.prompts.length > 0 && after.prompts.length === 0;
  const put = after.objects.find(({ id }) => id === before.open?.id)?.locked;
  return gone && !put ? [t("No prompts")] : [];
}

function ofMask(before: Scene, after: Scene): string[] {
  const { open, answer, image } = after;
  if (open === null || answer === null || image === null) return [];
  const chosen = chosenOf(open, answer);
  const old = before.open && before.answer;
  if (old?.id === answer.id && before.open && chosenOf(before.open, old) === chosen) return [];
  return [maskWords(answer, chosen, image.width * image.height)];
}

function maskWords(answer: Answer, chosen: number, pixels: number): string {
  const candidate = answer.candidates[chosen];
  if (candidate === undefined) return t("No mask");
  const share = shareOf(candidate.area, pixels);
  return t("Mask: predicted IoU {iou}, {share} of the photo, {n} of {all}", {
    ...{ iou: candidate.score.toFixed(2), share, n: chosen + 1, all: answer.candidates.length },
  });
}
