// The pointer over the photo while nothing is pressed, or with a prompt's mark in the hand: what a press there would do
// is shown before it is done. It says what to look ahead at and what comes of it; it draws nothing and knows no wire.
import { corrected } from "./corrections";
import { type Edit, isPrompt, keyOf, type Scene } from "./document";
import type { Ghost } from "./easel";
import { type Gallery, type Shape, shapeOf } from "./gallery";
import { type Cursor, type Held, holdAt } from "./holds";
import { colorOf } from "./paint";
import { alike, type Peeks, type Wish } from "./peeks";
import { seenThrough } from "./seen";
import type { Stance } from "./stance";
import { dropPrompt, replacePrompt } from "./tools/acts";
import { moving } from "./tools/move";
import type { Draft, Tool } from "./tools/tool";
import { takesAway } from "./ui/pointer";
import type { Place, Viewport } from "./viewport";

export interface HoverOptions {
  readonly scene: () => Scene;
  readonly view: () => Viewport;
  readonly stance: Stance;
  readonly peeks: Peeks;
  readonly gallery: Pick<Gallery, "mask">;
  readonly on: () => boolean; // the knob: masks are shown before a click
  readonly alive: () => boolean; // prompts can be made
  readonly busy: () => boolean; // the hand moves the picture
  readonly tool: () => Tool; // of a mouse
  readonly takes: () => boolean; // it takes hold of marks
  readonly picks: (at: Place) => boolean; // a click there selects
  readonly changed: () => void;
}

/** What of an event decides what a press would do. */
export type Hand = Pick<PointerEvent, "pointerType" | "shiftKey">;

const RIGHT = 2; // what comes after it is the other end of a pen

/** What a wish is about while a mark is in the hand. */
const MOVING = "moving ";
/** The fill of a mask that is not there yet. */
const FAINT = 0.2;

export class Hover {
  readonly #options: HoverOptions;
  #at: Place | null = null; // image pixels; null: elsewhere, or at rest after a click
  #hand: Hand | null = null;
  #fresh: string | null = null; // the prompt just made, which the pointer still lies on
  #drag: Held | null = null; // the mark in the hand
  #last: Shape | null = null; // corrected last
  #coming: { readonly of: string; readonly shape: Shape } | null = null;

  constructor(options: HoverOptions) {
    this.#options = options;
  }

  /** The pointer has moved, nothing is pressed; null: it is elsewhere. A finger foresees nothing. */
  move(at: Place | null, hand: Hand): void {
    this.#drag = null; // whatever was pressed is up
    this.#at = hand.pointerType === "touch" ? null : at;
    this.#hand = hand;
    this.refresh();
  }

  /** Nothing is foreseen until the pointer moves again. */
  rest(): void {
    this.#at = null;
    this.refresh();
  }

  /** The pointer is where it was, but a press would do something else now. */
  refresh(): void {
    const { stance, peeks, changed } = this.#options;
    if (this.#drag !== null) return;
    const held = this.#heldAt(this.#at, stance.sign.turned);
    const cursor: Cursor | null = held && (stance.sign.turned ? "remove" : held.hold.cursor);
    const pointed = held?.prompt.id ?? null;
    if (stance.pointed !== pointed || stance.cursor !== cursor) changed();
    stance.pointed = pointed;
    stance.cursor = cursor;
    peeks.want(this.#wish(held));
  }

  /** What a press takes hold of in place of what it does with its own tool. */
  hold(at: Place, event: PointerEvent, own: Tool): Tool | null {
    this.#drag = null;
    const removes = takesAway(event);
    const held = this.#heldAt(at, removes, event);
    if (held === null || event.button > RIGHT) return null;
    if (!removes) this.#drag = held;
    return moving(held, removes, own);
  }

  /** Something is being drawn, or no more: a mark in the hand is followed, for the rest nothing is foreseen. */
  draw(draft: Draft | null): void {
    const { stance, peeks } = this.#options;
    const drag = this.#drag;
    if (draft === null && stance.draft === null) return; // the hand trembles
    stance.draft = draft;
    stance.moved = draft && (drag?.prompt.id ?? null);
    if (drag !== null && draft !== null && isPrompt(draft)) {
      const { id } = drag.prompt;
      const key = `${id} ${JSON.stringify(draft)}`;
      peeks.want({
        ...{ about: MOVING + id, key },
        make: (scene) => this.#seen(scene, replacePrompt(scene, id, draft)),
      });
    } else {
      this.#drag = null;
      this.rest();
    }
  }

  /** Nothing is pressed any more. */
  letGo(): void {
    this.#drag = null;
    this.refresh();
  }

  /** The press is about to become an edit: what waits for a still hand is asked now. */
  pressed(): void {
    this.#options.peeks.hurry();
  }

  /** A hand here makes this edit: the mask that was foreseen stands in its answer's place until that comes. */
  made(edit: Edit): void {
    const { scene, stance, peeks } = this.#options;
    const { seen } = peeks;
    const known = seen !== null && (isMoving(seen.wish) || alike(seen.edit, edit));
    const put = Object.values(edit.put).filter(isPrompt);
    const gone = new Set([...edit.drop, ...put.map(({ id }) => id)]);
    const stay = scene().prompts.filter(({ id }) => !gone.has(id));
    this.#coming = known ? { of: idsOf([...stay, ...put]), shape: seen.shape } : null;
    this.#fresh = stance.draft === null ? (put[0]?.id ?? null) : null;
    this.#drag = null;
    this.rest();
  }

  /** The mask to show in place of the open object's: it is in the hand, or its answer is about to come. */
  get instead(): Shape | null {
    const { seen } = this.#options.peeks;
    if (seen !== null && isMoving(seen.wish)) return this.#finished(seen.shape);
    const { prompts, answer } = this.#options.scene();
    if (this.#coming === null || answer !== null || this.#coming.of !== idsOf(prompts)) return null;
    return this.#finished(this.#coming.shape);
  }

  /** The mask that a click would give, or that there would be without the prompt that is pointed at. */
  get ghosts(): readonly Ghost[] {
    const { seen } = this.#options.peeks;
    if (seen === null || isMoving(seen.wish)) return [];
    const { open, objects } = this.#options.scene();
    const color = colorOf(open?.color ?? objects.length);
    return [{ shape: this.#finished(seen.shape), color, opacity: FAINT, stroke: "foreseen" }];
  }

  /** The model's mask after the open object's corrections by hand. */
  #finished(shape: Shape): Shape {
    const { finished } = this.#options.scene();
    if (finished === null || finished.corrections.length === 0) return shape;
    const key = keyOf(shape.hash, finished.corrections);
    if (this.#last?.hash !== key)
      this.#last = shapeOf(
        key,
        corrected(shape.mask, finished.corrections, this.#options.gallery.mask),
      );
    return this.#last;
  }

  /** What a press takes hold of, or takes away. */
  #heldAt(at: Place | null, away: boolean, hand: Hand | null = this.#hand): Held | null {
    const { scene, view, alive, busy, takes, stance } = this.#options;
    const hidden = stance.hidden || stance.held;
    if (at === null || hidden || busy() || !alive()) return null;
    if (hand === null || hand.shiftKey || hand.pointerType === "touch" || !takes()) return null;
    const held = holdAt(scene().prompts, view(), at);
    if (held === null || held.prompt.id !== this.#fresh) this.#fresh = null;
    const none = this.#fresh !== null || (away && held?.hold.cursor === "edge");
    return none ? null : held;
  }

  /** As a press would say it. */
  #seen(scene: Scene, edit: Edit | null): Edit | null {
    return seenThrough(scene, edit, this.#options.view());
  }

  #wish(held: Held | null): Wish | null {
    const { stance, on, alive, busy, picks, tool } = this.#options;
    const [at, hand] = [this.#at, this.#hand];
    if (at === null || hand === null || !on() || !alive() || busy()) return null;
    if (stance.hidden || stance.held || stance.draft !== null) return null;
    if (held !== null) {
      const { id } = held.prompt;
      return { about: `without ${id}`, key: `- ${id}`, make: (scene) => left(scene, id) };
    }
    if (!hand.shiftKey && picks(at)) return null;
    const positive = !stance.sign.shown;
    const press = { at, positive, more: false, travelled: () => 0 };
    const make = (scene: Scene): Edit | null => {
      const edit = tool()(press, () => scene).release(at);
      const asks = edit !== null && Object.values(edit.put).some(isPrompt);
      return asks ? this.#seen(scene, edit) : null;
    };
    return { about: `click ${positive}`, key: `${positive} ${at.x} ${at.y}`, make };
  }
}

/** What is left without a prompt; null where nothing is. */
function left(scene: Scene, id: string): Edit | null {
  const edit = dropPrompt(scene, id);
  return edit !== null && edit.drop.length < scene.prompts.length ? edit : null;
}

function isMoving({ about }: Wish): boolean {
  return about.startsWith(MOVING);
}

function idsOf(prompts: Scene["prompts"]): string {
  return prompts.map(({ id }) => id).join();
}
