// Decides what lies on the canvases for a document and a way of looking at it, and repaints only what changed.
// Between the painters, which know no document, and the view, which knows no canvas.
import {
  type Answer,
  acceptedOf,
  answerOf,
  blobsOf,
  chosenOf,
  type Document,
  type ObjectRecord,
  type Scene,
} from "./document";
import type { Gallery, Shape } from "./gallery";
import { type Find, paintPrompts } from "./kinds";
import {
  colorOf,
  type Fill,
  type Line,
  moveOverlay,
  paintLines,
  paintOverlay,
  paintPhoto,
  type Stroke,
  showsSquares,
  type Tag,
} from "./paint";
import type { Draft } from "./tools/tool";
import type { Viewport } from "./viewport";

/** How the person looks at the document, in one view. */
export interface Look {
  readonly opacity: number; // of the open object's fill, 0 to 1
  readonly hidden: boolean; // nothing but the photo
  readonly hovered: number | null; // a candidate that is pointed at
  readonly pointed: string | null; // an accepted object that is pointed at
  readonly draft: Draft | null; // what is being drawn
}

/** What stands on the canvases now. */
export interface Drawn {
  readonly photo: ImageBitmap | null;
  readonly answer: string | null; // id of the answer whose mask is painted
}

/** An accepted object's fill beside the open one's: seen, but not in the way. */
const ACCEPTED = 0.55;

export class Easel {
  readonly #contexts: readonly (CanvasRenderingContext2D | null)[];
  readonly #gallery: Gallery;
  #photo: ImageBitmap | null = null;
  #key = "";
  #view: Viewport | null = null;

  /** Canvases from the bottom up: photo, overlay, marks. */
  constructor(canvases: readonly HTMLCanvasElement[], gallery: Gallery) {
    this.#contexts = canvases.map((canvas) => canvas.getContext("2d"));
    this.#gallery = gallery;
  }

  draw(document: Document, scene: Scene, view: Viewport, look: Look): Drawn {
    const [onPhoto, onOverlay, onMarks] = this.#contexts;
    if (!onPhoto || !onOverlay || !onMarks) return { photo: null, answer: null };
    const { width, height } = view.device;
    const moved = this.#view === null ? "anew" : moveOf(this.#view, view);
    const photo = scene.image === null ? null : this.#gallery.photo(scene.image.source);
    if (photo !== this.#photo || moved !== "still") {
      if (photo === null) onPhoto.clearRect(0, 0, width, height);
      else paintPhoto(onPhoto, view, photo);
    }
    const masks = new Masks(this.#gallery, showsSquares(view));
    if (photo !== null && !look.hidden) this.#gather(masks, document, scene, look);
    if (masks.key !== this.#key || moved === "anew" || this.#view === null) {
      paintOverlay(onOverlay, view, masks.fills);
    } else if (moved === "panned") moveOverlay(onOverlay, view, masks.fills, this.#view);
    const stage = { context: onMarks, view };
    paintLines(stage, masks.lines, masks.tags);
    if (photo !== null && !look.hidden) paintPrompts(stage, scene.prompts, look.draft, masks.find);
    this.#gallery.keep(blobsOf(document));
    this.#photo = photo;
    this.#key = masks.key;
    this.#view = view;
    const shown = scene.answer !== null && masks.answers.has(scene.answer.id);
    return { photo, answer: shown ? (scene.answer?.id ?? null) : null };
  }

  #gather(masks: Masks, document: Document, scene: Scene, look: Look): void {
    for (const [i, object] of acceptedOf(scene).entries()) {
      const stroke = object.id === look.pointed ? "chosen" : "accepted";
      const answer = answerOf(document, object.id);
      masks.add(object, answer, look.opacity * ACCEPTED, stroke);
      masks.tag(object, answer, String(i + 1));
    }
    const { open } = scene;
    if (open === null) return;
    // The last mask stays until the next comes: most answers are there before an eye could see a gap.
    const answer = scene.answer ?? scene.stale;
    masks.add(open, answer, look.opacity, "chosen");
    if (answer === null || look.hovered === null || scene.answer === null) return;
    if (look.hovered !== chosenOf(open, answer)) masks.preview(open, answer, look.hovered);
  }
}

/** What has become of the view: nothing, the same picture moved, or all is to be drawn anew. */
function moveOf(before: Viewport, now: Viewport): "still" | "panned" | "anew" {
  const scale = ({ image, device, whole }: Viewport): string =>
    [image, device, whole].map(({ width, height }) => `${width} ${height}`).join();
  if (scale(before) !== scale(now)) return "anew";
  return before.left === now.left && before.top === now.top ? "still" : "panned";
}

/** Fills and lines of one frame, and a key that differs when the fills do. */
class Masks {
  readonly fills: Fill[] = [];
  readonly lines: Line[] = [];
  readonly tags: Tag[] = [];
  readonly answers = new Set<string>();
  readonly #gallery: Gallery;
  readonly #squares: boolean; // pixels are seen one by one
  readonly #keys: string[] = [];

  constructor(gallery: Gallery, squares: boolean) {
    this.#gallery = gallery;
    this.#squares = squares;
  }

  get key(): string {
    return this.#keys.join(" ");
  }

  add(object: ObjectRecord, answer: Answer | null, opacity: number, stroke: Stroke): void {
    const shape = answer && this.#shape(answer, chosenOf(object, answer));
    if (answer === null || shape === null) return;
    const color = colorOf(object.color);
    this.fills.push({ mask: shape.mask, spans: shape.spans, color, opacity });
    this.lines.push({ path: this.#outline(shape), color, stroke });
    this.answers.add(answer.id);
    this.#keys.push(`${shape.hash}/${object.color}/${opacity}`);
  }

  tag(object: ObjectRecord, answer: Answer | null, text: string): void {
    const place = answer && this.#shape(answer, chosenOf(object, answer))?.label;
    if (place) this.tags.push({ ...place, text, color: colorOf(object.color) });
  }

  preview(object: ObjectRecord, answer: Answer, index: number): void {
    const shape = this.#shape(answer, index);
    if (shape === null) return;
    const color = colorOf(object.color);
    this.lines.push({ path: this.#outline(shape), color, stroke: "preview" });
  }

  readonly find: Find = (blob) => {
    const shape = this.#gallery.shape(blob);
    return shape && { path: this.#outline(shape), label: shape.label };
  };

  #outline(shape: Shape): Path2D {
    return this.#squares ? shape.stairs : shape.path;
  }

  #shape(answer: Answer, index: number): Shape | null {
    const candidate = answer.candidates[index];
    return candidate === undefined ? null : this.#gallery.shape(candidate.blob);
  }
}
