// What one person is at in one view: which masks are hidden, what is pointed at, what is being drawn. Nothing of it is
// in the document, and nobody here acts on it.
import type { Cursor } from "./holds";
import { Sign } from "./sign";
import { turned, usualWidth } from "./tools/brush";
import type { Draft } from "./tools/tool";
import { AS_IT_IS } from "./ui/light";
import type { Place, Size } from "./viewport";

export class Stance {
  readonly sign = new Sign();
  hidden = false; // masks hidden by the button
  held = false; // masks hidden while a key is down
  helping = false; // the sheet of keys is open
  hovered: number | null = null; // the candidate that is pointed at
  over: string | null = null; // the accepted object under the pointer
  pointed: string | null = null; // the prompt whose mark is under the pointer
  cursor: Cursor | null = null; // what a press there does to it
  ring = false; // the suggested click is under it
  draft: Draft | null = null; // what is being drawn
  at: Place | null = null; // where the pointer is, image pixels
  light = AS_IT_IS; // brightness and contrast, for the eye alone
  moved: string | null = null; // the prompt in the hand: the draft is shown in its place
  dismissed: string | null = null; // the notice that was put away
  #width: number | null = null; // of the brush, once a person has turned it

  /** The brush's width, image pixels. */
  width(image: Size | null): number {
    return this.#width ?? usualWidth(image ?? { width: 1, height: 1 });
  }

  /** Another picture: what was pointed at, drawn and made lighter was the one before. */
  anew(): void {
    this.draft = this.at = this.over = this.hovered = null;
    this.pointed = this.cursor = this.moved = null;
    this.ring = false;
    this.light = AS_IT_IS;
  }

  turn(image: Size | null, thicker: boolean): void {
    this.#width = turned(this.width(image), thicker);
  }
}
