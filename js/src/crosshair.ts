// The hand of who has no mouse: a cross on the photo that the arrow keys move. It does at its place what a finger would:
// a click at once, or, with a tool that draws, down at one place and up at another.
import type { Edit, Scene } from "./document";
import { type Pick, picking } from "./tools/pick";
import type { Draft, Gesture, Tool } from "./tools/tool";
import { clamp, middle, type Place, panned, type Sight, toScreen, type Viewport } from "./viewport";
import { t } from "./words/words";

/** CSS pixels of one step and of a far one; never less than a pixel of the image. */
const STEP = 4;
const FAR = 40;
/** CSS pixels that it keeps from the edge of what is seen: the picture moves instead. */
const MARGIN = 24;

export interface CrosshairOptions {
  readonly view: () => Viewport;
  readonly sight: () => Sight;
  readonly look: (sight: Sight) => void;
  readonly scene: () => Scene;
  readonly tool: () => { readonly tool: Tool; readonly draws: boolean }; // a finger's
  readonly positive: () => boolean;
  readonly pick: (at: Place) => ReturnType<Pick>;
  readonly hover: (at: Place | null) => void; // where a pointer would be, nothing pressed
  readonly moved: (at: Place | null) => void; // the same, pressed or not
  readonly draft: (draft: Draft | null) => void;
  readonly done: (make: () => Edit | null) => void;
  readonly say: (words: string) => void;
  readonly changed: () => void;
}

export class Crosshair {
  readonly #options: CrosshairOptions;
  #at: Place | null = null; // image pixels; null: put away
  #gesture: Gesture | null = null; // down, and not yet up

  constructor(options: CrosshairOptions) {
    this.#options = options;
  }

  /** Where it is, in image pixels; null while it is put away. */
  get at(): Place | null {
    return this.#at;
  }

  /** Something is being drawn. */
  get down(): boolean {
    return this.#gesture !== null;
  }

  /** Takes it, in the middle of what is seen, or puts it away. */
  toggle(): void {
    const { view, scene, say } = this.#options;
    if (this.#at !== null || scene().image === null) return void this.putAway();
    say(t("Crosshair: arrows move it, Space places a point"));
    this.#moveTo(middle(view()));
  }

  /** Puts it away; says whether it was there. */
  putAway(): boolean {
    if (this.#at === null) return false;
    this.cancel();
    this.#at = null;
    this.#options.moved(null);
    this.#options.hover(null);
    this.#options.changed();
    return true;
  }

  /** Forgets what is being drawn; says whether anything was. */
  cancel(): boolean {
    if (this.#gesture === null) return false;
    this.#gesture = null;
    this.#options.draft(null);
    return true;
  }

  /** So many steps to the right and down. */
  move(x: number, y: number, far: boolean): void {
    if (this.#at === null) return;
    const { image, whole, ratio } = this.#options.view();
    const step = Math.max(1, ((far ? FAR : STEP) * ratio * image.width) / whole.width);
    this.#moveTo({ x: this.#at.x + x * step, y: this.#at.y + y * step });
    this.#options.say(this.#words());
  }

  /** A click; with a tool that draws, the beginning of it or its end. */
  place(): void {
    const { scene, tool, positive, pick, done, draft } = this.#options;
    const at = this.#at;
    if (at === null || scene().image === null) return;
    const { tool: finger, draws } = tool();
    const own = draws ? finger : picking(finger, () => pick(at));
    const gesture = this.#gesture ?? this.#press(at, positive(), own);
    if (draws && this.#gesture === null) {
      this.#gesture = gesture;
      this.#options.changed();
      return;
    }
    this.#gesture = null;
    draft(null);
    done(() => gesture.release(at));
  }

  #press(at: Place, positive: boolean, tool: Tool): Gesture {
    const { view, scene } = this.#options;
    const travelled = (to: Place): number => {
      const [from, now] = [toScreen(view(), at), toScreen(view(), to)];
      return Math.hypot(now.x - from.x, now.y - from.y);
    };
    return tool({ at, positive, more: false, travelled }, scene);
  }

  #moveTo(place: Place): void {
    const { view, hover, moved, draft, changed } = this.#options;
    this.#at = clamp(view().image, place);
    moved(this.#at);
    this.#follow(this.#at);
    if (this.#gesture !== null) draft(this.#gesture.move(this.#at));
    else hover(this.#at);
    changed();
  }

  /** Brings it into sight, where only a part of the picture is seen. */
  #follow(at: Place): void {
    const { view, sight, look } = this.#options;
    const { css, image, whole, ratio } = view();
    const on = toScreen(view(), at);
    const beyond = (place: number, side: number): number =>
      Math.min(0, place - MARGIN) + Math.max(0, place - side + MARGIN);
    const x = (beyond(on.x, css.width) * ratio * image.width) / whole.width;
    const y = (beyond(on.y, css.height) * ratio * image.height) / whole.height;
    if (x !== 0 || y !== 0) look(panned(view(), sight(), { x, y }, { x: 0, y: 0 }));
  }

  #words(): string {
    const { x = 0, y = 0 } = this.#at ?? {};
    return t("{x} right, {y} down", { x: Math.floor(x), y: Math.floor(y) });
  }
}
