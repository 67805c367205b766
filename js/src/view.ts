// One view: joins store, tools, canvases and parts, and draws a frame when any of them changed. What keys do stands in
// doing.ts, what the parts show in showing.ts; it knows neither the wire nor anywidget.

import { Cleaning } from "./cleaning";
import { Crosshair } from "./crosshair";
import { type Edit, type Scene, sceneOf } from "./document";
import { Doing } from "./doing";
import { Easel } from "./easel";
import { Exporting } from "./exporting";
import { Film } from "./film";
import { Gallery } from "./gallery";
import { Gaze } from "./gaze";
import { type Hand, Hover } from "./hover";
import { type Grip, toolOf, type Way, wayOf } from "./kinds";
import type { Knobs } from "./knobs";
import { Layer } from "./layer";
import type { Disc } from "./marks";
import { tellPainted } from "./painted";
import { Peeks } from "./peeks";
import { Seeking } from "./seeking";
import { Shelf } from "./shelf";
import { Showing } from "./showing";
import { Stance } from "./stance";
import type { Store } from "./store";
import { Teaching } from "./teaching";
import { choose } from "./tools/acts";
import { ERASER } from "./tools/tool";
import { Trial } from "./trial";
import { assumedNote } from "./ui/assumed";
import { bindingsOf } from "./ui/bindings";
import { candidatesPanel } from "./ui/candidates";
import { footer, Stopwatch } from "./ui/footer";
import { type Frame, frameOf } from "./ui/frame";
import { listenHand } from "./ui/hand";
import { helpSheet } from "./ui/help";
import { lightControl } from "./ui/light";
import { listenView } from "./ui/listen";
import { minimap } from "./ui/minimap";
import { notice } from "./ui/notice";
import { listenPointer, takesAway } from "./ui/pointer";
import { sharpenButton } from "./ui/sharpen";
import { speech } from "./ui/speech";
import { statusPill } from "./ui/status";
import { followTheme } from "./ui/theme";
import { toolbar } from "./ui/toolbar";
import { zoomControl } from "./ui/zoom";
import type { Place } from "./viewport";
import { t } from "./words/words";

/** A press of the mouse, and a crosshair over the photo: what they would do is foreseen. */
const MOUSE = { pointerType: "mouse", button: 0 };
const CROSS: Hand = { pointerType: "mouse", shiftKey: false };
/** A fill under what is missed and wrong: there, but no matter. */
const UNDER = 0.35;

export class View {
  readonly #store: Store;
  readonly #knobs: Knobs;
  readonly #frame: Frame;
  readonly #gallery: Gallery;
  readonly #easel: Easel;
  readonly #layer: Layer;
  readonly #shelf: Shelf;
  readonly #trial: Trial;
  readonly #teaching: Teaching;
  readonly #cleaning: Cleaning;
  readonly #seeking: Seeking;
  readonly #gaze: Gaze;
  readonly #peeks: Peeks;
  readonly #hover: Hover;
  readonly #doing: Doing;
  readonly #showing: Showing;
  readonly #stance = new Stance();
  readonly #watch = new Stopwatch();
  readonly #end = new AbortController();

  #answer: string | null = null; // whose mask is on the canvas
  #painted = 0;
  #raf = 0;

  constructor(el: HTMLElement, store: Store, knobs: Knobs, signal: AbortSignal) {
    this.#store = store;
    this.#knobs = knobs;
    const stance = this.#stance;
    const end = this.#end.signal;
    const schedule = (): void => this.#schedule();
    this.#gallery = new Gallery(store, schedule, end);
    const [help, status, spoken, assumed] = [helpSheet(), statusPill(), speech(), assumedNote()];
    const tools = toolbar((action) => this.#doing.press(action), status.element, end);
    const notices = notice(
      () => this.#doing.dismiss(),
      () => this.#doing.retry(),
      end,
    );
    const cards = candidatesPanel(
      this.#gallery,
      {
        choose: (index) => this.#doing.act((scene) => choose(scene, index)),
        point: (index) => this.#doing.set(() => (stance.hovered = index)),
      },
      end,
    );
    const common = {
      scene: () => this.#scene,
      alive: () => !store.ended,
      act: (act: (scene: Scene) => Edit | null) => this.#doing.act(act),
      changed: schedule,
      say: (words: string) => spoken.say(words),
      leave: () => this.#focus(),
    };
    this.#shelf = new Shelf({ ...common, store, knobs }, end);
    this.#trial = new Trial(
      {
        ...{ ...common, store, knobs, gallery: this.#gallery },
        prompted: (make) => this.#doing.prompted(make),
      },
      end,
    );
    this.#seeking = new Seeking(
      {
        ...{ ...common, store, view: () => this.#gaze.view },
        canvases: () => this.#frame.canvases,
        selected: () => this.#grip.selected,
      },
      end,
    );
    this.#cleaning = new Cleaning({ ...common, gallery: () => this.#gallery }, end);
    this.#teaching = new Teaching({ ...common, store, gallery: this.#gallery }, end);
    const film = new Film({ ...common, store, knobs }, end);
    const exporting = new Exporting({ ...common, store }, end);
    const zoom = zoomControl((way) => this.#gaze.zoom(way, null), end);
    const nearer = sharpenButton(() => this.#doing.sharpen(), end);
    const map = minimap((middle) => this.#gaze.centre(middle), end);
    const light = lightControl((to) => this.#doing.set(() => (stance.light = to)), end);
    const foot = footer(
      [assumed.element, exporting.element, light.element, zoom.element],
      () => this.#doing.set(() => (stance.helping = !stance.helping)),
      end,
    );
    this.#frame = frameOf({
      toolbar: tools.element,
      notice: notices.element,
      cleaning: this.#cleaning.element,
      near: [map.element, nearer.element],
      panel: [
        ...[cards.element, this.#trial.element, this.#teaching.element],
        ...[...this.#seeking.elements, this.#shelf.element],
      ],
      help: help.element,
      ...{ film: film.element, footer: foot.element },
      speech: spoken.element,
    });
    const { root, stage, canvases } = this.#frame;
    const canvas = canvases.marks;
    this.#easel = new Easel(canvases, this.#gallery);
    this.#layer = new Layer(
      canvases.layer,
      {
        borrow: (id) => knobs.borrow(id),
        changed: schedule,
        failed: () => store.setError(t("This notebook cannot lend a canvas to the photo.")),
      },
      end,
    );
    el.append(root);
    this.#gaze = new Gaze(this.#frame.layOut(null, knobs.get("height")), () => {
      this.#hover.rest(); // under the pointer lies something else now
      schedule();
    });
    this.#peeks = new Peeks(store, () => this.#doing.ready, schedule, end);
    this.#hover = new Hover({
      ...{ stance, peeks: this.#peeks, gallery: this.#gallery, changed: schedule },
      scene: () => this.#scene,
      view: () => this.#gaze.view,
      on: () => knobs.get("hover") && !this.#seeking.shows,
      alive: () => this.#scene.image !== null && !store.ended,
      busy: () => hand.busy(),
      tool: () => toolOf(knobs.get("tool"), MOUSE, this.#grip),
      takes: () => this.#way.picks,
      picks: (at) => this.#pick(at, false, stance.sign.turned) !== null,
    });
    const pointer = listenPointer(
      canvas,
      {
        view: () => this.#gaze.view,
        scene: () => this.#scene,
        tool: (event) => toolOf(knobs.get("tool"), event, this.#grip),
        pick: (at, twice, opposite) => this.#pick(at, twice, opposite),
        hold: (at, event, own) => this.#hover.hold(at, event, own),
        hover: (at, event) => this.#move(at, event),
        moved: (at) => this.#moved(at),
        pressed: () => this.#hover.pressed(),
        released: () => this.#hover.letGo(),
        positive: (event) => event.button !== ERASER && takesAway(event) === stance.sign.negative,
        enabled: () => this.#scene.image !== null && !store.ended,
        draft: (draft) => this.#doing.set(() => this.#hover.draw(draft)),
        done: (make) => this.#doing.prompted(make),
      },
      end,
    );
    const hand = listenHand(
      { root, stage, canvas },
      {
        view: () => this.#gaze.view,
        sight: () => this.#gaze.sight,
        enabled: () => this.#scene.image !== null,
        look: (sight) => this.#gaze.look(sight),
        turn: (more) => this.#doing.thicken(more),
        space: () =>
          crosshair.at === null && !bindingsOf(knobs.get("shortcuts")).chosen.has("Space"),
        interrupt: () => void pointer.cancel(),
        changed: () => this.#hover.refresh(),
      },
      end,
    );
    const crosshair = new Crosshair({
      view: () => this.#gaze.view,
      sight: () => this.#gaze.sight,
      look: (sight) => this.#gaze.look(sight),
      scene: () => this.#scene,
      tool: () => ({ tool: this.#way.finger(this.#grip), draws: this.#way.action === "none" }),
      positive: () => !stance.sign.shown,
      pick: (at) => this.#pick(at, false, false),
      hover: (at) => this.#move(at, CROSS),
      moved: (at) => this.#moved(at),
      draft: (draft) => this.#doing.set(() => this.#hover.draw(draft)),
      done: (make) => this.#doing.prompted(make),
      say: (words) => spoken.say(words),
      changed: schedule,
    });
    canvas.addEventListener("pointerdown", () => crosshair.putAway(), { signal: end });
    this.#doing = new Doing({
      crosshair,
      ...{ store, knobs, stance, schedule, shelf: this.#shelf, gaze: this.#gaze },
      ...{ trial: this.#trial, cleaning: this.#cleaning, hover: this.#hover },
      ...{ teaching: this.#teaching, seeking: this.#seeking, film },
      gallery: this.#gallery,
      watch: this.#watch,
      at: () => hand.at(),
      cancel: () => pointer.cancel(),
      focus: () => this.#focus(),
    });
    this.#showing = new Showing(
      {
        ...{ frame: this.#frame, toolbar: tools, status, notice: notices, candidates: cards },
        ...{ seeking: this.#seeking, shelf: this.#shelf, footer: foot, assumed, zoom },
        ...{ minimap: map, nearer, help, exporting },
        ...{ speech: spoken, teaching: this.#teaching, light },
        ...{ trial: this.#trial, cleaning: this.#cleaning },
      },
      {
        ...{ store, knobs, stance, doing: this.#doing, gallery: this.#gallery },
        ...{ gaze: this.#gaze, watch: this.#watch, crosshair },
      },
    );
    listenView(
      this.#frame,
      {
        bindings: () => bindingsOf(knobs.get("shortcuts")),
        command: (command, down) => this.#doing.command(command, down),
        takes: (command) => this.#doing.takes(command),
        alt: (held) => stance.sign.alt(held) && this.#doing.set(() => this.#hover.refresh()),
        left: () => this.#doing.set(() => (stance.held = false)),
        resized: schedule,
      },
      end,
    );
    const retheme = followTheme(root, () => knobs.get("theme"), end);
    knobs.onChange(["theme"], retheme);
    knobs.onChange(["height", "tool", "opacity", "shortcuts"], schedule);
    knobs.onChange(["hover", "tool"], () => this.#hover.refresh());
    const lend = (): void => void this.#layer.take(knobs.get("overlay") ?? null);
    knobs.onChange(["overlay"], lend);
    lend();
    store.onChange(() => this.#follow(), end);
    signal.addEventListener("abort", () => this.close(), { once: true });
    schedule();
  }

  /** Takes everything back: listeners, observers, pictures, elements. */
  close(): void {
    this.#end.abort();
    cancelAnimationFrame(this.#raf);
    this.#gallery.close();
    this.#frame.root.remove();
  }

  get #scene(): Scene {
    return sceneOf(this.#store.shown);
  }

  #focus(): void {
    this.#frame.root.focus({ preventScroll: true });
  }

  get #way(): Way {
    return wayOf(this.#knobs.get("tool"));
  }

  /** What the tool has from this person. */
  get #grip(): Grip {
    const width = this.#stance.width(this.#scene.image);
    return { width, selected: this.#shelf.selected?.object.id ?? null };
  }

  /** What a click does to what is there already, with a tool that selects. */
  #pick(at: Place, twice: boolean, opposite: boolean): ReturnType<Shelf["click"]> {
    if (!this.#way.picks) return null;
    const turned = opposite !== this.#stance.sign.flipped; // the same by mouse and crosshair
    const suggested = this.#trial.pick(this.#gaze.view, at, turned);
    if (suggested !== null) return suggested;
    return this.#seeking.click(at, turned) ?? this.#shelf.click(this.#easel.objectAt(at), twice);
  }

  /** What the brush would paint where the pointer is. */
  get #disc(): Disc | null {
    const { at, sign } = this.#stance;
    const { image } = this.#scene;
    const wide = this.#way.wide && image !== null && !this.#store.ended;
    if (!wide || at === null) return null;
    return { ...at, width: this.#stance.width(image), positive: !sign.shown };
  }

  /** The pointer moves over the photo: what a click would select stands out, or give is foreseen. */
  #move(at: Place | null, hand: Hand): void {
    this.#hover.move(at, hand);
    const stance = this.#stance;
    const selects = this.#way.picks && !hand.shiftKey && this.#doing.idle;
    const picks = at !== null && selects && !this.#store.ended;
    this.#seeking.hover(picks ? at : null);
    const over = picks && !this.#seeking.over ? this.#easel.objectAt(at) : null;
    const ring =
      at !== null && this.#way.picks && this.#trial.pick(this.#gaze.view, at, false) !== null;
    if (ring !== stance.ring) this.#schedule();
    stance.ring = ring;
    if (over === stance.over) return;
    stance.over = over;
    this.#shelf.point(over);
  }

  /** Where the pointer is, pressed or not. */
  #moved(at: Place | null): void {
    this.#stance.at = at;
    if (this.#way.wide) this.#schedule();
  }

  /** A mask that has come is painted at once, all else with the next frame. */
  #follow(): void {
    this.#doing.turnTo(this.#scene.image?.id ?? null);
    this.#hover.refresh(); // what lies under the pointer may have gone
    const answer = this.#scene.answer?.id ?? null;
    if (answer === null || answer === this.#answer) this.#schedule();
    else this.#paint();
  }

  #schedule(): void {
    if (this.#raf !== 0 || this.#end.signal.aborted) return;
    this.#raf = requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    cancelAnimationFrame(this.#raf);
    this.#raf = 0;
    const began = performance.now();
    const scene = this.#scene;
    const stance = this.#stance;
    const fit = this.#frame.layOut(scene.image, this.#knobs.get("height"));
    const view = this.#gaze.settle(fit, scene.image?.id ?? null);
    this.#layer.paint(view, stance.hidden || stance.held);
    const tidied = this.#cleaning.shown;
    const tried = this.#trial.look(scene);
    const errors = this.#teaching.errors(scene);
    const drawn = this.#easel.draw(scene, view, {
      ...tried,
      errors,
      opacity: tried.opacity * (errors === null ? 1 : UNDER),
      hidden: stance.hidden || stance.held,
      hovered: stance.hovered,
      ...this.#shelf.look,
      draft: stance.draft,
      disc: this.#disc,
      moved: stance.moved,
      pointed: stance.pointed,
      instead: tidied?.kept ?? tried.instead ?? this.#hover.instead,
      ghosts: [
        ...[...this.#seeking.ghosts, ...tried.ghosts],
        ...[...(tidied?.ghosts ?? []), ...this.#hover.ghosts],
      ],
    });
    this.#answer = drawn.answer;
    const now = performance.now();
    if (drawn.answer !== null && scene.answer !== null)
      this.#watch.answered(scene.answer, now, now - began);
    this.#showing.update(scene, drawn);
    this.#painted += 1;
    const { version } = this.#store;
    const frame = { version, painted: this.#painted, peeks: this.#peeks.count };
    tellPainted(this.#frame.root, { ...frame, view, answer: drawn.answer });
  }
}
