// What keys and buttons do in one view: to the document, to the knobs, to the stance. Nothing is drawn here, and where
// a key comes from is not known.

import type { Cleaning } from "./cleaning";
import { sharpen } from "./closer";
import type { Crosshair } from "./crosshair";
import { type AnyRecord, type Edit, type Scene, sceneOf } from "./document";
import { type Film, isOfFilm } from "./film";
import type { Gallery } from "./gallery";
import type { Gaze } from "./gaze";
import type { Hover } from "./hover";
import { MODES, type Mode, modeOf, wayOf } from "./kinds";
import type { Knobs } from "./knobs";
import type { Seeking } from "./seeking";
import { seenThrough } from "./seen";
import type { Shelf } from "./shelf";
import type { Stance } from "./stance";
import type { Store } from "./store";
import type { Teaching } from "./teaching";
import { accept, atOnce, choose, clear, dropLast, dropPrompt } from "./tools/acts";
import type { Trial } from "./trial";
import type { Command } from "./ui/bindings";
import type { Stopwatch } from "./ui/footer";
import { failureOf, wordsOf } from "./ui/notice";
import type { Action } from "./ui/toolbar";
import type { Place } from "./viewport";

export interface Reach {
  readonly store: Store;
  readonly knobs: Knobs;
  readonly stance: Stance;
  readonly shelf: Shelf;
  readonly crosshair: Crosshair;
  readonly seeking: Seeking;
  readonly gaze: Gaze;
  readonly gallery: Gallery;
  readonly trial: Trial;
  readonly teaching: Teaching;
  readonly cleaning: Cleaning;
  readonly hover: Hover;
  readonly film: Film;
  readonly watch: Stopwatch;
  readonly at: () => Place | null; // where the pointer is, image pixels
  readonly cancel: () => boolean; // forgets what is being drawn, if anything is
  readonly focus: () => void; // where the keys go
  readonly schedule: () => void;
}

export class Doing {
  readonly #reach: Reach;
  #image: string | null; // the picture that the hand is at

  constructor(reach: Reach) {
    this.#reach = reach;
    this.#image = this.#scene.image?.id ?? null;
  }

  get #scene(): Scene {
    return sceneOf(this.#reach.store.shown);
  }

  /** Nothing is open: what keys do, they do to the selected object. */
  get idle(): boolean {
    return this.#scene.marks.length === 0;
  }

  /** What the next press does. */
  get mode(): Mode {
    const { knobs, stance } = this.#reach;
    return modeOf(knobs.get("tool"), stance.sign.shown);
  }

  get #way(): ReturnType<typeof wayOf> {
    return wayOf(this.#reach.knobs.get("tool"));
  }

  /** Somebody hears what is done. */
  get #alive(): boolean {
    return !this.#reach.store.ended;
  }

  get ready(): boolean {
    const { store } = this.#reach;
    return store.contact === "open" && store.status?.what === "ready";
  }

  /** The model is not at work, and will not be until somebody asks it. */
  get failed(): boolean {
    const { store } = this.#reach;
    return !store.ended && store.status?.what === "error";
  }

  /** Its words are shown, and not only those of a step that was refused. */
  get says(): { readonly words: string | null; readonly retry: boolean } {
    const { store } = this.#reach;
    const words = wordsOf(store);
    return { words, retry: this.failed && words === failureOf(store.status) };
  }

  /** Pushes what an act makes of the document as it is shown. */
  act(act: (scene: Scene) => Edit | null): void {
    const { store, hover } = this.#reach;
    if (store.ended) return;
    store.act((shown) => {
      const edit = act(sceneOf(shown));
      if (edit !== null) hover.made(edit);
      return edit;
    });
  }

  /** A press on the photo made a prompt. */
  prompted(make: () => Edit | null): void {
    const { stance, shelf, watch, knobs } = this.#reach;
    this.act((scene) => {
      const made = seenThrough(scene, make(), this.#reach.gaze.view);
      if (made === null) return null;
      const edit = knobs.get("turbo") ? atOnce(scene, made) : made;
      if (stance.moved === null) stance.sign.spend();
      stance.over = null;
      shelf.point(null);
      shelf.deselect(); // the hand is at something else
      if (Object.values(edit.put).some(opens)) this.#reach.seeking.aside();
      stance.hidden = false; // who clicks wants to see what comes of it
      if (this.ready) watch.ask(edit, performance.now());
      return edit;
    });
  }

  /** Of another picture: whatever the hand was at belongs to the one before. */
  turnTo(image: string | null): void {
    const { stance, crosshair, seeking, hover, cancel } = this.#reach;
    if (image === this.#image) return;
    this.#image = image;
    cancel();
    crosshair.putAway();
    hover.rest();
    seeking.hover(null);
    stance.anew();
  }

  set(change: () => void): void {
    change();
    this.#reach.schedule();
  }

  dismiss(): void {
    const { store, stance } = this.#reach;
    stance.dismissed = wordsOf(store);
    store.setError(null);
    this.#reach.schedule();
    this.#reach.focus();
  }

  retry(): void {
    this.#reach.store.retry();
    this.#reach.focus(); // the button goes when the model is at it
  }

  /** What a button of the toolbar does. */
  press(action: Action): void {
    const { store, stance, seeking, hover } = this.#reach;
    if (store.ended && action !== "hide") return;
    hover.rest();
    if (action === "undo") (store.canUndo || store.underWay) && store.undo();
    else if (action === "redo") (store.canRedo || store.underWay) && store.redo();
    else if (action === "clear") this.act(clear);
    else if (action === "accept") this.act(accept);
    else if (action === "tidy") this.#reach.cleaning.toggle();
    else if (action === "everything") seeking.everything.press();
    else if (action === "alike") seeking.alike.press();
    else if (action === "turbo") this.#reach.knobs.set("turbo", !this.#reach.knobs.get("turbo"));
    else if (action === "hide") this.set(() => (stance.hidden = !stance.hidden));
    else this.#take(action);
  }

  /** The model shall look from nearer. */
  sharpen(): void {
    const { gallery, gaze } = this.#reach;
    this.act((scene) => sharpen(scene, gallery, gaze.view));
  }

  /** The brush grows by a step, or gets thinner; says whether there is one in the hand. */
  thicken(more: boolean): boolean {
    if (this.#way.wide) this.set(() => this.#reach.stance.turn(this.#scene.image, more));
    return this.#way.wide;
  }

  #take(mode: Mode): void {
    const { knobs, stance, schedule } = this.#reach;
    const { kind, negative } = MODES[mode];
    stance.sign.take(negative);
    knobs.set("tool", kind);
    schedule();
  }

  /** Whether a key is ours now; else it is left to the browser. */
  takes(command: Command): boolean {
    const { shelf, gaze, crosshair, teaching } = this.#reach;
    if (isOfFilm(command)) return this.#reach.film.takes(command);
    if (command.do === "rename") return shelf.selected !== null;
    if (command.do === "errors") return teaching.taught;
    if (command.do === "place") return crosshair.at !== null;
    if (command.do === "thicker" || command.do === "thinner") return this.#way.wide;
    if (crosshair.at !== null) return true;
    return command.do !== "pan" || gaze.sight.zoom > 1; // else the notebook scrolls
  }

  /** What a key does, `down` or let go. */
  command(command: Command, down: boolean): void {
    const { stance, shelf, gaze, knobs, trial, teaching, crosshair, seeking, at } = this.#reach;
    if (command.do === "hide") this.set(() => (stance.held = down));
    else if (!down) return;
    else if (isOfFilm(command)) this.#reach.film.do(command);
    else if (command.do === "choose") this.act((scene) => choose(scene, command.index));
    else if (command.do === "rename") shelf.rename();
    else if (command.do === "accept" && seeking.alike.answer(true)) return;
    else if (command.do === "dropLast" && seeking.alike.answer(false)) return;
    else if (this.idle && command.do === "accept" && shelf.reopen()) return;
    else if (this.idle && command.do === "dropLast" && shelf.delete()) return;
    else if (command.do === "dropLast") this.#drop();
    else if (command.do === "thicker") this.thicken(true);
    else if (command.do === "thinner") this.thicken(false);
    else if (command.do === "flip") this.#flip();
    else if (command.do === "hover") knobs.set("hover", !knobs.get("hover"));
    else if (command.do === "lock") shelf.lock();
    else if (command.do === "conceal") shelf.hide();
    else if (command.do === "merge" || command.do === "subtract") shelf.arrange(command.do);
    else if (command.do === "intersect" || command.do === "parts") shelf.arrange(command.do);
    else if (command.do === "differ") trial.differ();
    else if (command.do === "errors") teaching.turn();
    else if (command.do === "sharpen") this.sharpen();
    else if (command.do === "next") trial.next(command.opposite);
    else if (command.do === "help") this.set(() => (stance.helping = !stance.helping));
    else if (command.do === "escape") this.#escape();
    else if (command.do === "crosshair") this.#cross();
    else if (command.do === "place") this.#alive && crosshair.place();
    else if (command.do === "zoom") gaze.zoom(command.zoom, crosshair.at ?? at());
    else if (command.do === "pan") {
      const { x, y, far } = command;
      if (crosshair.at === null) gaze.pan(x, y, far);
      else crosshair.move(x, y, far);
    } else this.press(command.do);
  }

  /** The crosshair comes or goes; a button that has the focus would keep Space for itself. */
  #cross(): void {
    const { crosshair, focus } = this.#reach;
    if (!this.#alive && crosshair.at === null) return;
    focus();
    crosshair.toggle();
  }

  /** The prompt that is pointed at goes, else the last. */
  #drop(): void {
    const { pointed } = this.#reach.stance;
    this.act((scene) => (pointed === null ? null : dropPrompt(scene, pointed)) ?? dropLast(scene));
  }

  #flip(): void {
    this.set(() => this.#reach.stance.sign.flip());
    this.#reach.hover.refresh();
  }

  /** One step out of whatever is nearest: the sheet, the drawing, the prompts, the widget. */
  #escape(): void {
    const { store, stance, shelf, crosshair, cleaning, seeking, cancel } = this.#reach;
    if (stance.helping) this.set(() => (stance.helping = false));
    else if (cancel() || crosshair.cancel() || cleaning.close()) return;
    else if (this.idle && seeking.escape()) return;
    else if (!this.idle || store.unsure) this.act(clear);
    else if (shelf.deselect() || crosshair.putAway()) return;
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }
}

/** Whether a record opens an object: the hand goes to that. */
function opens(record: AnyRecord): boolean {
  return record.type === "object" && !record.locked;
}
