// A page without a kernel: the photo, its prompts, three candidates. Joins hand, model and elements, and paints.
import { blendOf } from "../blend";
import type { Answer as Shown } from "../document";
import { type Shape, shapeOf } from "../gallery";
import { paintBox, paintPoint } from "../marks";
import { colorOf, css, inDevice, type Line, paintLines, paintPhoto } from "../paint";
import { candidatesPanel } from "../ui/candidates";
import { followTheme, type Theme } from "../ui/theme";
import { grainOf, type Size, type Viewport } from "../viewport";
import { t } from "../words/words";
import type { Reply } from "./answering";
import { type Action, type Frame, frameOf, type Tool } from "./frame";
import { watchHand } from "./hand";
import type { Model } from "./model";
import { pngOf } from "./png";
import {
  type Answer,
  before,
  chosenOf,
  cleared,
  keyOf,
  NOTHING,
  type Prompt,
  type Said,
  said,
  undone,
  type Work,
} from "./work";

const { hue: HUE, veil: VEIL } = blendOf(0.5);
const COLOR = colorOf(0);
const KEYS: { readonly [code: string]: Action } = {
  KeyP: "point",
  KeyX: "negative",
  KeyB: "box",
  KeyZ: "undo",
  Escape: "clear",
  KeyS: "save",
};
const CHOICES = ["Digit1", "Digit2", "Digit3"];

export interface Looks {
  readonly height: number; // the most that the photo may take, CSS pixels
  readonly theme: Theme;
  readonly name: string; // of the photo, for the mask's file
}

export class View {
  readonly #model: Model;
  readonly #looks: Looks;
  readonly #frame: Frame;
  readonly #panel: ReturnType<typeof candidatesPanel>;
  readonly #answers = new Map<string, Answer>();
  readonly #choices = new Map<string, number>();
  readonly #shapes = new Map<string, Shape>();
  #work: Work = NOTHING;
  #tool: Tool = "point";
  #image: Size | null = null;
  #photo: ImageBitmap | null = null;
  #view: Viewport | null = null;
  #drawing: Extract<Said, { type: "box" }> | null = null;
  #pointed: number | null = null; // at a candidate's card
  #asking = false;
  #status = t("The model is loading.");
  #failed = false;

  constructor(el: HTMLElement, model: Model, looks: Looks, signal: AbortSignal) {
    this.#model = model;
    this.#looks = looks;
    this.#panel = candidatesPanel(
      { shape: (blob) => this.#shapes.get(blob) ?? null },
      {
        choose: (index) => this.#choose(index),
        point: (index) => {
          this.#pointed = index;
          this.#paint();
        },
      },
      signal,
    );
    this.#frame = frameOf(this.#panel.element, (action) => this.#act(action), signal);
    const { root, marks } = this.#frame;
    el.append(root);
    const events = {
      drawing: (box: Extract<Said, { type: "box" }> | null) => {
        this.#drawing = box;
        this.#paint();
      },
      said: (one: Said) => this.#turn(said(this.#work, one)),
    };
    watchHand(marks, () => this.#view && { view: this.#view, tool: this.#tool }, events, signal);
    root.addEventListener("keydown", (event) => this.#key(event), { signal });
    followTheme(root, () => looks.theme, signal);
    const sized = new ResizeObserver(() => this.#layOut());
    sized.observe(root);
    signal.addEventListener("abort", () => sized.disconnect(), { once: true });
    this.#layOut();
  }

  /** Takes what the model has loaded. */
  async begin(reply: Reply): Promise<void> {
    if (reply.type === "failed") return this.fail(reply.why);
    if (reply.type !== "loaded") return;
    const { width, height } = reply.frame;
    this.#image = { width, height };
    this.#photo = await createImageBitmap(new Blob([reply.photo])).catch(() => null);
    if (this.#photo === null) return this.fail(t("The browser cannot show this picture."));
    this.#status = t("{model}, in this page: no kernel", { model: reply.model });
    this.#layOut();
  }

  /** Says what went wrong; nothing that was made is lost. */
  fail(why: string): void {
    this.#status = why;
    this.#failed = true;
    this.#show();
  }

  #act(action: Action): void {
    if (action === "undo") this.#turn(undone(this.#work));
    else if (action === "clear") this.#turn(cleared(this.#work));
    else if (action === "save") void this.#save();
    else {
      this.#tool = action;
      this.#show();
    }
  }

  #key(event: KeyboardEvent): void {
    const index = CHOICES.indexOf(event.code);
    const action = KEYS[event.code];
    if (event.metaKey || event.altKey || (event.ctrlKey && action !== "undo")) return;
    if (index >= 0) this.#choose(index);
    else if (action !== undefined) this.#act(action);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #choose(index: number): void {
    const key = keyOf(this.#work.prompts);
    if (this.#answers.get(key)?.candidates[index] === undefined) return;
    this.#choices.set(key, index);
    this.#show();
  }

  #turn(work: Work): void {
    this.#work = work;
    this.#show();
    void this.#ask();
  }

  /** Asks about what is said now, one question after the other; what was said meanwhile comes next. */
  async #ask(): Promise<void> {
    if (this.#asking || this.#image === null) return;
    this.#asking = true;
    while (this.#owed()) {
      const { prompts } = this.#work;
      const known = { answers: this.#answers, choices: this.#choices };
      this.#show();
      const reply = await this.#model.ask({ type: "ask", prompts, before: before(known, prompts) });
      if (reply.type === "failed") {
        this.#asking = false;
        return this.fail(reply.why);
      }
      if (reply.type === "answer") this.#learn(keyOf(prompts), reply.answer);
    }
    this.#asking = false;
    this.#show();
  }

  #owed(): boolean {
    const { prompts } = this.#work;
    return prompts.length > 0 && !this.#answers.has(keyOf(prompts));
  }

  #learn(key: string, answer: Answer): void {
    this.#answers.set(key, answer);
    for (const [i, { blob }] of answer.candidates.entries()) {
      const mask = answer.masks[i];
      if (mask !== undefined) this.#shapes.set(blob, shapeOf(blob, mask));
    }
  }

  /** The answer to what is said now, or until that comes to the most of it; and which of its candidates counts. */
  #current(): { readonly key: string; readonly answer: Answer; readonly chosen: number } | null {
    const known = { answers: this.#answers, choices: this.#choices };
    const { prompts } = this.#work;
    const key = this.#owed() ? before(known, prompts)?.key : keyOf(prompts);
    const answer = key === undefined ? undefined : this.#answers.get(key);
    if (key === undefined || answer === undefined) return null;
    return { key, answer, chosen: chosenOf(known, key) };
  }

  async #save(): Promise<void> {
    const now = this.#current();
    const mask = now?.answer.masks[now.chosen];
    if (mask === undefined || this.#owed()) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await pngOf(mask));
    link.download = `${this.#looks.name}-mask.png`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  #layOut(): void {
    if (this.#frame.root.clientWidth === 0) return;
    const view = this.#frame.layOut(this.#image, this.#looks.height);
    this.#view = this.#image && view;
    const context = this.#frame.photo.getContext("2d");
    if (context !== null) paintPhoto(context, view, this.#photo);
    this.#show();
  }

  #show(): void {
    const now = this.#current();
    const owed = this.#owed();
    const { root } = this.#frame;
    this.#frame.show({
      tool: this.#tool,
      enabled: {
        undo: this.#work.past.length > 0,
        clear: this.#work.prompts.length > 0,
        save: now !== null && !owed,
      },
      status: this.#status,
      failed: this.#failed,
      busy: owed,
      photo: this.#photo !== null,
      said: t("The photo with its masks"),
    });
    const image = this.#image ?? { width: 0, height: 0 };
    this.#panel.update({
      answer: now && shownOf(now.key, now.answer),
      waiting: owed,
      chosen: now?.chosen ?? null,
      truth: [],
      photo: this.#photo,
      pixels: image.width * image.height,
      color: COLOR,
      ratio: window.devicePixelRatio || 1,
      layout: root.dataset.layout ?? "",
    });
    this.#paint();
    if (!owed) root.dataset.answered = keyOf(this.#work.prompts); // what is on the screen, for who waits
  }

  #paint(): void {
    const context = this.#frame.marks.getContext("2d");
    const view = this.#view;
    if (context === null || view === null) return;
    const now = this.#current();
    const index = this.#pointed ?? now?.chosen ?? 0;
    const shape = now && this.#shapes.get(now.answer.candidates[index]?.blob ?? "");
    const stroke = this.#pointed === null || this.#pointed === now?.chosen ? "chosen" : "preview";
    paintFill(this.#frame.overlay.getContext("2d"), view, shape);
    paintLines({ context, view }, shape ? [lineOf(shape, view, stroke)] : []);
    for (const prompt of this.#work.prompts) paintPrompt({ context, view }, prompt);
    if (this.#drawing !== null) paintBox({ context, view }, this.#drawing, true);
  }
}

/** The mask's hue over the photo, whose light stays. */
function paintFill(
  context: CanvasRenderingContext2D | null,
  view: Viewport,
  shape: Shape | null | undefined,
): void {
  context?.clearRect(0, 0, view.device.width, view.device.height);
  if (context === null || !shape) return;
  context.fillStyle = css(COLOR, HUE);
  context.fill(inDevice(view, shape.lines(grainOf(view)).path), "evenodd");
}

function paintPrompt(stage: Parameters<typeof paintPoint>[0], prompt: Prompt): void {
  if (prompt.type === "box") paintBox(stage, prompt, false);
  else paintPoint(stage, prompt);
}

function lineOf(shape: Shape, view: Viewport, stroke: Line["stroke"]): Line {
  const { path, bold, specks } = shape.lines(grainOf(view));
  return { path: bold, specks, whole: path, veil: VEIL, color: COLOR, stroke };
}

/** An answer as the cards take it. */
function shownOf(key: string, { candidates, best }: Answer): Shown {
  const none = { object: "", of: [], seconds: 0, threshold: 0, model: "" };
  return { type: "answer", id: key, candidates, best, ...none };
}
