// What the kernel says in fixed sentences, so that the page can say it in the reader's language. Whatever else the
// kernel says, with a file's name or a model's own error in it, stays as it came.
import { t } from "./words";

/** As they stand in Python; `{n}` and the like are any text. */
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
  "There is nothing to export yet: accept a mask first.",
  "The open object is left out: accept it first.",
  "{mode} is turned into RGB without a colour profile.",
  "The smallest value is white, as the source says.",
  "Hidden values ({share} of the pixels) are shown black.",
  "The alpha hides every pixel; it is ignored.",
  "Transparent pixels are composited on white.",
  "Values are read as {start} (black) to {end} (white).",
  "Values are read as {start} (black) to {end} (white), where nearly all of them lie; they run from {least} to {most}.",
  "The rotation that EXIF asks for is applied.",
  "The picture has several frames; the first is taken.",
  "The picture has several planes; the first is taken.",
  "The JPEG is cut off: its finer detail, which comes last, is missing.",
  "The JPEG lacks its last bytes; no row of pixels is missing.",
  "The JPEG is cut off: the lowest {share} of its rows are missing.",
  "The batch of one is taken as its one image.",
  "The shape {shape} is taken as rows, columns, channels.",
  "The shape {shape} is taken as channels, rows, columns.",
  "The first axis is taken as the channels.",
  "The three channels are taken as red, green and blue.",
  "The file holds {counts}; the first plane is taken.",
  "Of {n} bands, the first three are taken.",
  "Of {n} bands, the first is taken.",
  "The picture is read in windows and never whole: masks are run lengths, and region.window(x0, y0, x1, y1) is a part of one as an array.",
  "whole",
  "part",
  "subpart",
  "best",
  "alternative 1",
  "alternative 2",
  "other",
];

const FIXED = new Set(KERNEL.filter((sentence) => !sentence.includes("{")));
const OPEN = KERNEL.filter((sentence) => sentence.includes("{")).map((sentence) => {
  const names = [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const parts = sentence
    .split(/\{\w+\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return { sentence, names, pattern: new RegExp(`^${parts.join("(.*)")}$`, "s") };
});

/** What the kernel said, in the reader's language where that is known. */
export function heard(said: string): string {
  if (FIXED.has(said)) return t(said);
  for (const { sentence, names, pattern } of OPEN) {
    const found = pattern.exec(said);
    if (found === null) continue;
    return t(sentence, Object.fromEntries(names.map((name, i) => [name, found[i + 1] ?? ""])));
  }
  return said;
}
