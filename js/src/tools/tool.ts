// What a tool is: a function from a press to a gesture, which ends in an Edit. Tools know the document,
// never the store, the canvas or the wire.
import type { Edit, Prompt, Scene } from "../document";
import type { Place } from "../viewport";

/** A pointer pressed on the picture. */
export interface Press {
  readonly at: Place; // image pixels
  readonly positive: boolean;
  /** CSS pixels between the press and a place in image pixels: how far the hand has gone. */
  readonly travelled: (to: Place) => number;
}

/** A prompt that is being drawn, of any kind: all of it but its id and whose it is. */
export type Draft = { [P in Prompt as P["type"]]: Omit<P, "id" | "object"> }[Prompt["type"]];

/** A gesture under way. Each move may show a draft; the release says what was done, if anything. */
export interface Gesture {
  move(to: Place): Draft | null;
  release(to: Place): Edit | null;
}

export type Tool = (press: Press, scene: () => Scene) => Gesture;

/** What one finger on the picture does, and what the browser may do with it. */
export interface Finger {
  readonly tool: Tool;
  readonly action: "none" | "pan-x pan-y"; // CSS touch-action: the page scrolls, or the tool has it all
}

/** CSS pixels that a hand may tremble before a click becomes a drag, and a finger before a tap is none. */
export const SLOP = 4;
export const TREMBLE = 10;
