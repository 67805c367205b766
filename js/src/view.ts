// One view: joins store, tools, canvases and panels, and draws a frame when any of them changed. It holds what
// belongs to this view alone (sign, hover, sheet of keys); it knows neither the wire nor anywidget.
import { chosenOf, type Edit, EMPTY, type Scene, sceneOf } from "./document";
import { type Drawn, Easel } from "./easel";
import { Gallery } from "./gallery";
import { Gaze } from "./gaze";
import { centreOf, fingerOf, MODES, type Mode, modeOf, toolOf } from "./kinds";
import type { Knobs } from "./knobs";
import { leavesBounds } from "./leaves";
import { colorOf } from "./paint";
import { stillOf } from "./saved";
import { Shelf } from "./shelf";
import { Sign } from "./sign";
import type { Store } from "./store";
import { describe, toldOf } from "./told";
import { accept, choose, clear, dropLast } from "./tools/acts";
import type { Draft } from "./tools/tool";
import { candidatesPanel } from "./ui/candidates";
import { footer, hintOf, Stopwatch } from "./ui/footer";
import { type Frame, frameOf } from "./ui/frame";
import { listenHand } from "./ui/hand";
import { helpSheet } from "./ui/help";
import type { Command } from "./ui/keys";
import { listenView } from "./ui/listen";
import { failureOf, notice, wordsOf } from "./ui/notice";
import { listenPointer } from "./ui/pointer";
import { speech } from "./ui/speech";
import { statusPill } from "./ui/status";
import { followTheme } from "./ui/theme";
import { type Action, enabledOf, toolbar } from "./ui/toolbar";
import { zoomControl } from "./ui/zoom";
import type { Place } from "./viewport";

export class View {
  readonly #store: Store;
  readonly #knobs: Knobs;
  readonly #frame: Frame;
  readonly #gallery: Gallery;
  readonly #easel: Easel;
  readonly #end = new AbortController();
  readonly #toolbar;
  readonly #status = statusPill();
  readonly #notice;
  readonly #candidates;
  readonly #shelf: Shelf;
  readonly #speech = speech();
  readonly #footer;
  readonly #help = helpSheet();
  readonly #zoom;
  readonly #pointer;
  readonly #hand;
  readonly #gaze: Gaze;

  readonly #sign = new Sign();
  #hidden = false; // masks hidden by the button
  #held = false; // masks hidden while a key is down
  #helping = false;
  #hovered: number | null = null;
  #over: string | null = null; // the accepted object under the pointer
  #draft: Draft | null = null;
  #dismissed: string | null = null;
  #told = sceneOf(EMPTY); // the scene of which was spoken last
  #answer: string | null = null; // whose mask is on the canvas
  #painted = 0;
  #raf = 0;
  readonly #watch = new Stopwatch();

  constructor(el: HTMLElement, store: Store, knobs: Knobs, signal: AbortSignal) {
    this.#store = store;
    this.#knobs = knobs;
    const end = this.#end.signal;
    this.#gallery = new Gallery(
      store.blobs,
      () => this.#schedule(),
      (why) => store.setError(why),
    );
    this.#toolbar = toolbar((action) => this.#act(action), this.#status.element, end);
    this.#notice = notice(
      () => this.#dismiss(),
      () => this.#retry(),
      end,
    );
    this.#candidates = candidatesPanel(
      this.#gallery,
      {
        choose: (index) => this.#do((scene) => choose(scene, index)),
        point: (index) => this.#set(() => (this.#hovered = index)),
      },
      end,
    );
    this.#shelf = new Shelf(
      {
        scene: () => this.#scene,
        act: (act) => this.#do(act),
        alive: () => !store.ended,
        changed: () => this.#schedule(),
        say: (words) => this.#speech.say(words),
        leave: () => this.#frame.root.focus({ preventScroll: true }),
      },
      end,
    );
    this.#zoom = zoomControl((zoom) => this.#gaze.zoom(zoom, null), end);
    this.#footer = footer(
      this.#zoom.element,
      () => this.#set(() => (this.#helping = !this.#helping)),
      end,
    );
    this.#frame = frameOf({
      toolbar: this.#toolbar.element,
      notice: this.#notice.element,
      panel: [this.#candidates.element, this.#shelf.element],
      help: this.#help.element,
      footer: this.#footer.element,
      speech: this.#speech.element,
    });
    const { root, canvases } = this.#frame;
    const { marks } = canvases;
    this.#easel = new Easel(canvases, this.#gallery);
    el.append(root);
    this.#gaze = new Gaze(this.#frame.layOut(null, knobs.get("height")), () => this.#schedule());
    this.#pointer = listenPointer(
      marks,
      {
        view: () => this.#gaze.view,
        scene: () => this.#scene,
        tool: ({ pointerType }) => {
          const kind = knobs.get("tool");
          return pointerType === "touch" ? fingerOf(kind).tool : toolOf(kind);
        },
        pick: (at, twice) => this.#shelf.click(this.#easel.objectAt(at), twice),
        hover: (at) => this.#hover(at),
        positive: (event) =>
          (event.button === 2 || event.altKey || event.ctrlKey) === this.#sign.negative,
        enabled: () => this.#scene.image !== null && !store.ended,
        draft: (draft) => this.#set(() => (this.#draft = draft)),
        done: (make) => this.#prompted(make),
      },
      end,
    );
    this.#hand = listenHand(
      { root, stage: this.#frame.stage, canvas: marks },
      {
        view: () => this.#gaze.view,
        sight: () => this.#gaze.sight,
        enabled: () => this.#scene.image !== null,
        look: (sight) => this.#gaze.look(sight),
        interrupt: () => void this.#pointer.cancel(),
      },
      end,
    );
    listenView(
      this.#frame,
      {
        command: (command, down) => this.#command(command, down),
        takes: (command) => this.#takes(command),
        alt: (held) => this.#sign.alt(held) && this.#schedule(),
        left: () => this.#set(() => (this.#held = false)),
        resized: () => this.#schedule(),
      },
      end,
    );
    const retheme = followTheme(root, () => knobs.get("theme"), end);
    knobs.onChange(["theme"], retheme);
    knobs.onChange(["height", "tool", "opacity"], () => this.#schedule());
    store.onChange(() => this.#follow(), end);
    signal.addEventListener("abort", () => this.close(), { once: true });
    this.#schedule();
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

  #takes(command: Command): boolean {
    if (command.do === "rename") return this.#shelf.selected !== null;
    return command.do !== "pan" || this.#gaze.sight.zoom > 1; // else the notebook scrolls
  }

  /** The pointer moves over the photo: what a click would select stands out. */
  #hover(at: Place | null): void {
    const over = at !== null && this.#idle && !this.#store.ended ? this.#easel.objectAt(at) : null;
    if (over === this.#over) return;
    this.#over = over;
    this.#shelf.point(over);
  }

  #set(change: () => void): void {
    change();
    this.#schedule();
  }

  #do(act: (scene: Scene) => Edit | null): void {
    if (!this.#store.ended) this.#store.act((shown) => act(sceneOf(shown)));
  }

  #prompted(make: () => Edit | null): void {
    this.#do(() => {
      const edit = make();
      if (edit === null) return null;
      this.#sign.spend();
      this.#hover(null);
      this.#shelf.deselect(); // the hand is at something else
      this.#hidden = false; // who clicks wants to see what comes of it
      if (this.#ready) this.#watch.ask(edit, performance.now());
      return edit;
    });
  }

  /** No prompts are open: what keys do, they do to the selected object. */
  get #idle(): boolean {
    return this.#scene.prompts.length === 0;
  }

  #dismiss(): void {
    this.#dismissed = wordsOf(this.#store);
    this.#store.setError(null);
    this.#schedule();
    this.#frame.root.focus({ preventScroll: true });
  }

  #retry(): void {
    this.#store.retry();
    this.#frame.root.focus({ preventScroll: true }); // the button goes when the model is at it
  }

  #act(action: Action): void {
    const store = this.#store;
    if (store.ended && action !== "hide") return;
    if (action === "undo") (store.canUndo || store.underWay) && store.undo();
    else if (action === "redo") (store.canRedo || store.underWay) && store.redo();
    else if (action === "clear") this.#do(clear);
    else if (action === "accept") this.#do(accept);
    else if (action === "hide") this.#set(() => (this.#hidden = !this.#hidden));
    else this.#take(action);
  }

  /** What the next press does. */
  get #mode(): Mode {
    return modeOf(this.#knobs.get("tool"), this.#sign.shown);
  }

  get #ready(): boolean {
    return this.#store.contact === "open" && this.#store.status?.what === "ready";
  }

  /** The model is not at work, and will not be until somebody asks it. */
  get #failed(): boolean {
    return !this.#store.ended && this.#store.status?.what === "error";
  }

  #take(mode: Mode): void {
    const { kind, negative } = MODES[mode];
    this.#sign.take(negative);
    this.#knobs.set("tool", kind);
    this.#schedule();
  }

  #command(command: Command, down: boolean): void {
    if (command.do === "hide") this.#set(() => (this.#held = down));
    else if (!down) return;
    else if (command.do === "choose") this.#do((scene) => choose(scene, command.index));
    else if (command.do === "rename") this.#shelf.rename();
    else if (this.#idle && command.do === "accept" && this.#shelf.reopen()) return;
    else if (this.#idle && command.do === "dropLast" && this.#shelf.delete()) return;
    else if (command.do === "dropLast") this.#do(dropLast);
    else if (command.do === "flip") this.#set(() => this.#sign.flip());
    else if (command.do === "help") this.#set(() => (this.#helping = !this.#helping));
    else if (command.do === "escape") this.#escape();
    else if (command.do === "zoom") this.#gaze.zoom(command.zoom, this.#hand.at());
    else if (command.do === "pan") this.#gaze.pan(command.x, command.y);
    else this.#act(command.do);
  }

  /** One step out of whatever is nearest: the sheet, the drawing, the prompts, the widget. */
  #escape(): void {
    if (this.#helping) this.#set(() => (this.#helping = false));
    else if (this.#pointer.cancel()) return;
    else if (!this.#idle || this.#store.underWay) this.#do(clear);
    else if (this.#shelf.deselect()) return;
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }

  /** A mask that has come is painted at once, all else with the next frame. */
  #follow(): void {
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
    const fit = this.#frame.layOut(scene.image, this.#knobs.get("height"));
    const view = this.#gaze.settle(fit, scene.image?.id ?? null);
    const drawn = this.#easel.draw(scene, view, {
      opacity: Math.min(1, Math.max(0, this.#knobs.get("opacity"))),
      hidden: this.#hidden || this.#held,
      hovered: this.#hovered,
      strong: this.#shelf.strong,
      unseen: this.#shelf.unseen,
      draft: this.#draft,
    });
    this.#answer = drawn.answer;
    const now = performance.now();
    if (drawn.answer !== null && scene.answer !== null)
      this.#watch.answered(scene.answer, now, now - began);
    this.#updateParts(scene, drawn);
    this.#painted += 1;
    const { root } = this.#frame;
    root.dataset.version = String(this.#store.version);
    root.dataset.painted = String(this.#painted);
    const { whole, left, top } = view;
    root.dataset.sees = [left, top, whole.width, whole.height].join(" "); // device pixels
    root.dispatchEvent(
      new CustomEvent("sam:painted", {
        bubbles: true,
        detail: { version: this.#store.version, answer: drawn.answer },
      }),
    );
  }

  #updateParts(scene: Scene, { photo }: Drawn): void {
    const store = this.#store;
    const { open, answer, stale, image, prompts } = scene;
    const alive = !store.ended;
    const mode = this.#mode;
    const unanswered = alive && prompts.length > 0 && answer === null;
    const waiting = unanswered && !this.#failed;
    // Accepted before the answer was there: it comes all the same.
    const owed = scene.accepted.find((one) => one.answer === null) ?? null;
    const asked = prompts.at(-1) ?? owed?.prompts.at(-1) ?? null;
    const shown = answer ?? stale;
    const pixels = image === null ? 1 : image.width * image.height;
    this.#toolbar.update({
      mode,
      hidden: this.#hidden,
      enabled: enabledOf(scene, store),
    });
    this.#status.update(store.status, store.contact);
    const words = wordsOf(store);
    if (words === null) this.#dismissed = null;
    const retry = this.#failed && words === failureOf(store.status);
    this.#notice.update(words === this.#dismissed ? null : words, { dismiss: alive, retry });
    this.#candidates.update({
      answer: shown,
      waiting: stale === null ? waiting : unanswered, // what is out of date looks so
      chosen: open !== null && shown !== null ? chosenOf(open, shown) : (open?.choice ?? null),
      photo,
      pixels,
      color: colorOf(open?.color ?? 0),
      ratio: this.#gaze.view.ratio,
      layout: this.#frame.root.dataset.layout ?? "",
    });
    this.#shelf.update(scene, pixels, alive);
    this.#zoom.update(this.#gaze.sight.zoom, this.#gaze.most);
    this.#help.update(this.#helping);
    const state = {
      scene,
      mode,
      ready: this.#ready,
      failed: this.#failed,
      owed: owed !== null,
      contact: store.contact,
      drawing: this.#draft !== null,
      selected: this.#shelf.selected !== null,
      leaves: leavesBounds(scene, this.#gallery),
    };
    this.#footer.update(hintOf(state), this.#watch.timing);
    const unheard = store.version < 0 && (store.ended || store.contact === "silent");
    const pending = waiting || (alive && owed !== null && !this.#failed);
    this.#frame.show({
      mode,
      waiting: asked && pending ? centreOf(asked, (blob) => this.#gallery.shape(blob)) : null,
      view: this.#gaze.view,
      photo: photo !== null,
      empty: store.version >= 0 && image === null,
      contact: store.contact,
      said: describe(scene),
      over: this.#over !== null,
      still: unheard ? stillOf(this.#knobs.get("still")) : null,
    });
    this.#speech.say(toldOf(this.#told, scene));
    this.#told = scene;
  }
}
