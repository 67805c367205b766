// What the parts round the photo show, from the document and the stance: toolbar, notice, cards, list, footer, speech.
// It decides nothing and hears nothing.

import type { Cleaning } from "./cleaning";
import { hasMask, isSmall } from "./closer";
import { isChange } from "./corrections";
import type { Crosshair } from "./crosshair";
import { chosenOf, EMPTY, type Scene, sceneOf, type Thing } from "./document";
import type { Doing } from "./doing";
import type { Drawn } from "./easel";
import type { Exporting } from "./exporting";
import type { Gallery } from "./gallery";
import type { Gaze } from "./gaze";
import { centreOf } from "./kinds";
import type { Knobs } from "./knobs";
import { leavesBounds } from "./leaves";
import { areaOf } from "./masks";
import { colorOf } from "./paint";
import { stillOf } from "./saved";
import type { Seeking } from "./seeking";
import type { Shelf } from "./shelf";
import type { Stance } from "./stance";
import type { Store } from "./store";
import type { Teaching } from "./teaching";
import { describe, toldOf } from "./told";
import type { Trial } from "./trial";
import type { assumedNote } from "./ui/assumed";
import { bindingsOf, OWN } from "./ui/bindings";
import type { candidatesPanel } from "./ui/candidates";
import { rekey } from "./ui/dom";
import { type footer, type HintState, hintOf, type Stopwatch } from "./ui/footer";
import type { Frame } from "./ui/frame";
import type { helpSheet } from "./ui/help";
import { filterOf, type lightControl } from "./ui/light";
import { keepingFocus } from "./ui/listen";
import type { minimap } from "./ui/minimap";
import type { notice } from "./ui/notice";
import { lineOf } from "./ui/numbers";
import type { sharpenButton } from "./ui/sharpen";
import type { speech } from "./ui/speech";
import type { statusPill } from "./ui/status";
import { enabledOf, type toolbar } from "./ui/toolbar";
import type { zoomControl } from "./ui/zoom";
import { heard } from "./words/heard";

export interface Parts {
  readonly frame: Frame;
  readonly toolbar: ReturnType<typeof toolbar>;
  readonly status: ReturnType<typeof statusPill>;
  readonly notice: ReturnType<typeof notice>;
  readonly candidates: ReturnType<typeof candidatesPanel>;
  readonly seeking: Seeking;
  readonly shelf: Shelf;
  readonly footer: ReturnType<typeof footer>;
  readonly assumed: ReturnType<typeof assumedNote>;
  readonly zoom: ReturnType<typeof zoomControl>;
  readonly minimap: ReturnType<typeof minimap>;
  readonly teaching: Teaching;
  readonly trial: Trial;
  readonly cleaning: Cleaning;
  readonly nearer: ReturnType<typeof sharpenButton>;
  readonly help: ReturnType<typeof helpSheet>;
  readonly light: ReturnType<typeof lightControl>;
  readonly exporting: Exporting;
  readonly speech: ReturnType<typeof speech>;
}

/** What is shown, and how the person stands to it. */
export interface Shown {
  readonly store: Store;
  readonly knobs: Knobs;
  readonly stance: Stance;
  readonly doing: Doing;
  readonly gallery: Gallery;
  readonly gaze: Gaze;
  readonly watch: Stopwatch;
  readonly crosshair: Crosshair;
}

export class Showing {
  readonly #parts: Parts;
  readonly #shown: Shown;
  #told = sceneOf(EMPTY); // the scene of which was spoken last
  #keys = OWN;

  constructor(parts: Parts, shown: Shown) {
    this.#parts = parts;
    this.#shown = shown;
  }

  update(scene: Scene, { photo }: Drawn): void {
    const { frame, toolbar, status, seeking, trial, cleaning, speech } = this.#parts;
    const keepFocus = keepingFocus(frame.root);
    const { store, stance, doing, knobs } = this.#shown;
    toolbar.update({
      bindings: bindingsOf(knobs.get("shortcuts")),
      mode: doing.mode,
      hidden: stance.hidden,
      everything: seeking.everything.on,
      alike: seeking.alike.on,
      turbo: knobs.get("turbo"),
      enabled: enabledOf(scene, store),
    });
    status.update(store.status, store.contact);
    this.#notice();
    this.#panel(scene, photo);
    seeking.update(scene, this.#shown.gaze.view, photo, stance.hidden || stance.held);
    this.#footer(scene, photo);
    this.#frame(scene, photo);
    trial.update(scene);
    trial.element.hidden = seeking.shows; // nothing is open to be cut
    cleaning.update();
    this.#rekey();
    keepFocus();
    speech.say(toldOf(this.#told, scene));
    this.#told = scene;
  }

  /** Tooltips and caps say the keys that a person chose. */
  #rekey(): void {
    const bindings = bindingsOf(this.#shown.knobs.get("shortcuts"));
    if (bindings !== OWN || this.#keys !== OWN) rekey(this.#parts.frame.root, bindings);
    this.#keys = bindings;
  }

  #notice(): void {
    const { store, stance, doing } = this.#shown;
    const { words, retry } = doing.says;
    if (words === null) stance.dismissed = null;
    const shown = words === stance.dismissed ? null : words;
    this.#parts.notice.update(shown, { dismiss: !store.ended, retry });
  }

  #panel(scene: Scene, photo: ImageBitmap | null): void {
    const { candidates, seeking, shelf, frame, teaching } = this.#parts;
    const { gaze, store } = this.#shown;
    const { open, answer, stale, image } = scene;
    const shown = answer ?? stale;
    const pixels = image === null ? 1 : image.width * image.height;
    candidates.element.hidden = seeking.shows; // its own numbers stand there
    candidates.update({
      answer: shown,
      // what is out of date looks so
      waiting: stale === null ? this.#waiting(scene) : this.#unanswered(scene),
      chosen: open !== null && shown !== null ? chosenOf(open, shown) : (open?.choice ?? null),
      truth: teaching.candidates(scene),
      photo,
      pixels,
      color: colorOf(shelf.dye(open)),
      ratio: gaze.view.ratio,
      layout: frame.root.dataset.layout ?? "",
    });
    teaching.update(scene, !store.ended);
    shelf.update(scene, { pixels, area: (thing) => this.#area(scene, thing) }, !store.ended);
  }

  /** Image pixels of an object's mask, as it is shown. */
  #area({ image }: Scene, { object, answer, finished }: Thing): number | null {
    const drawn = answer?.candidates[chosenOf(object, answer)];
    if (finished === null || finished.corrections.length === 0) return drawn?.area ?? null;
    const shape = image && this.#shown.gallery.finished(finished, image);
    return shape && areaOf(shape.mask);
  }

  #footer(scene: Scene, photo: ImageBitmap | null): void {
    const { footer, assumed, zoom, minimap, nearer, help, shelf, seeking, light } = this.#parts;
    const { store, stance, doing, gallery, gaze, watch, knobs, crosshair } = this.#shown;
    const bindings = bindingsOf(knobs.get("shortcuts"));
    zoom.update(gaze.sight.zoom, gaze.most);
    minimap.update(gaze.view, photo);
    nearer.update(!store.ended && gaze.sight.zoom > 1 && hasMask(scene, gallery));
    help.update(stance.helping, bindings);
    const of = store.standing("assumed")?.message;
    assumed.update(of !== undefined && of.image === scene.image?.id ? of.said.map(heard) : []);
    const state: HintState = {
      scene,
      mode: doing.mode,
      ready: doing.ready,
      failed: doing.failed,
      owed: owedBy(scene) !== null,
      contact: store.contact,
      drawing: stance.draft !== null && !isChange(stance.draft),
      cross: crosshair.at === null ? null : crosshair.down ? "down" : "up",
      selected: shelf.several.length,
      pointed: stance.cursor,
      small: isSmall(scene, gallery),
      everything: seeking.everything.state,
      alike: seeking.alike.state,
      leaves: leavesBounds(scene, gallery),
    };
    light.update(stance.light);
    this.#parts.exporting.update();
    footer.update(this.#pointed(scene) ?? hintOf(state), watch.timing, bindings);
  }

  /** What the numbers say of the card that is pointed at. */
  #pointed({ answer, image }: Scene): string | null {
    const candidate = answer?.candidates[this.#shown.stance.hovered ?? -1];
    if (candidate === undefined || image === null) return null;
    return lineOf(candidate, image.width * image.height);
  }

  #frame(scene: Scene, photo: ImageBitmap | null): void {
    const { store, knobs, stance, doing, gallery, gaze, crosshair } = this.#shown;
    const owed = owedBy(scene);
    const asked = scene.prompts.at(-1) ?? owed?.prompts.at(-1) ?? null;
    const pending = this.#waiting(scene) || (!store.ended && owed !== null && !doing.failed);
    const unheard = store.version < 0 && (store.ended || store.contact === "silent");
    this.#parts.frame.show({
      mode: doing.mode,
      waiting: asked && pending ? centreOf(asked, (blob) => gallery.shape(blob)) : null,
      cross: crosshair.at,
      view: gaze.view,
      photo: photo !== null,
      empty: store.version >= 0 && scene.image === null,
      contact: store.contact,
      said: describe(scene),
      over: stance.over !== null || stance.ring || this.#parts.seeking.over,
      light: filterOf(stance.light),
      cursor: stance.cursor,
      still: unheard ? stillOf(knobs.get("still")) : null,
    });
  }

  #unanswered({ prompts, answer }: Scene): boolean {
    return !this.#shown.store.ended && prompts.length > 0 && answer === null;
  }

  #waiting(scene: Scene): boolean {
    return this.#unanswered(scene) && !this.#shown.doing.failed;
  }
}

/** Accepted before the answer was there: it comes all the same. */
function owedBy(scene: Scene): Scene["accepted"][number] | null {
  return scene.accepted.find((one) => one.finished === null) ?? null;
}
