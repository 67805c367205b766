// What the kernel says in fixed sentences, so that the page can say it in the reader's language. Whatever else the
// kernel says, with a file's name or a model's own error in it, stays as it came.
import { t } from "./words";

/** As they stand in Python; `{model}` is any text. */
export const KERNEL: readonly string[] = [
  "The model is loading.",
  "Loading the model {model}...",
  "Downloading the model {model}...",
  "Looking at the picture...",
  "Ready.",
  "Set w.image to begin.",
  "Something went wrong in the kernel; its log says what.",
  "There is nothing to undo, or to do again.",
  "The picture has changed meanwhile; that was meant for the one before.",
  "That object is gone meanwhile; undo or redo brings it again.",
  "That object was accepted meanwhile; undo opens it again.",
  "That object is locked against change: unlock it first.",
  "That changes no pixel: the masks stay as they are.",
  "Nothing would be left of the object: delete it instead.",
  "Only one object can be open: accept the one that is, first.",
  "That was the last photo.",
  "That was the first photo.",
  "That was meant for the photo before.",
  "whole",
  "part",
  "subpart",
  "best",
  "alternative 1",
  "alternative 2",
  "other",
];

const FIXED = new Set(KERNEL.filter((sentence) => !sentence.includes("{")));
const OPEN = KERNEL.filter((sentence) => sentence.includes("{model}")).map((sentence) => {
  const [before = "", after = ""] = sentence.split("{model}");
  return { sentence, before, after };
});

/** What the kernel said, in the reader's language where that is known. */
export function heard(said: string): string {
  if (FIXED.has(said)) return t(said);
  for (const { sentence, before, after } of OPEN) {
    if (!said.startsWith(before) || !said.endsWith(after)) continue;
    return t(sentence, { model: said.slice(before.length, said.length - after.length) });
  }
  return said;
}
