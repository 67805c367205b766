// What a tool is: a function from a press to a gesture, which ends in an Edit. Tools know the document,
// never the store, the canvas or the wire.
import type { Change } from "../corrections";
import type { Edit, Prompt, Scene } from "../document";
import type { Place } from "../viewport";

/** A pointer pressed on the picture. */
export interface Press {
  readonly at: Place; // image pixels
  readonly positive: boolean;
  readonly more: boolean; // with Shift: beside what is there, and not in its place
  /** CSS pixels between the press and a place in image pixels: how far the hand has gone. */
  readonly travelled: (to: Place) => number;
}

/** A prompt of any kind, all of it but its id and whose it is. */
export type PromptDraft = { [P in Prompt as P["type"]]: Omit<P, "id" | "object"> }[Prompt["type"]];

/** What is being drawn: a prompt, or a correction. */
export type Draft = PromptDraft | Change;

/** A gesture under way. Each move may show a draft; the release says what was done, if anything. */
export interface Gesture {
  press?(): Draft | null; // what is seen before the first move
  move(to: Place): Draft | null;
  release(to: Place): Edit | null;
}

export type Tool = (press: Press, scene: () => Scene) => Gesture;

/** PointerEvent.button of a pen's other end. */
export const ERASER = 5;

/** CSS pixels that a hand may tremble before a click becomes a drag, and a finger before a tap is none. */
export const SLOP = 4;
export const TREMBLE = 10;
