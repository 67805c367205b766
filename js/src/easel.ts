// Decides what lies on the canvases for a scene and a way of looking at it, and repaints only what changed.
// Between the painters, which know no document, and the view, which knows no canvas.

import { blendOf } from "./blend";
import type { Dye } from "./coloring";
import { type Change, isChange } from "./corrections";
import { type Answer, chosenOf, type Finished, masksOf, type Scene } from "./document";
import type { Gallery, Shape } from "./gallery";
import { paintDispute, paintErrors } from "./hatching";
import { type Find, paintPointed, paintPrompts } from "./kinds";
import { type Disc, paintDisc, paintNext } from "./marks";
import { areaOf, isOn } from "./masks";
import { type Fill, type Moved, Overlay } from "./overlay";
import {
  colorOf,
  type Line,
  paintLines,
  paintNumbered,
  paintPhoto,
  paintTag,
  type Rgb,
  type Stroke,
  showsSquares,
  type Tag,
} from "./paint";
import { between, isEmpty, overlap, type Part, partOf, wholeOf } from "./parts";
import { placesOf } from "./tags";
import type { Tile } from "./tiles";
import type { Draft } from "./tools/tool";
import { grainOf, type Place, type Viewport } from "./viewport";

/** How the person looks at the document, in one view. */
export interface Look {
  readonly opacity: number; // of the open object's fill, 0 to 1
  readonly hidden: boolean; // nothing but the photo
  readonly hovered: number | null; // a candidate that is pointed at
  readonly strong: ReadonlySet<string | null>; // accepted objects whose outlines stand out: selected, pointed at
  readonly unseen: ReadonlySet<string>;
  readonly dye: Dye; // the colour of each object // accepted objects that are hidden
  readonly draft: Draft | null; // what is being drawn
  readonly disc: Disc | null; // what the brush would paint
  readonly moved: string | null; // the prompt in whose place the draft is
  readonly pointed: string | null; // a prompt that is pointed at
  readonly instead: Shape | null; // is shown in the place of the open object's mask
  readonly dispute: readonly Shape[] | null; // what one, two... of the candidates have
  readonly errors: { readonly missed: Shape; readonly wrong: Shape } | null; // beside the truth
  readonly next: (Place & { readonly positive: boolean }) | null; // the suggested click
  readonly ghosts: readonly Ghost[]; // what is shown and not in the document, from the lowest up
}

/** A mask that is none of the document's: drawn over the accepted objects, under the open one. */
export interface Ghost {
  readonly shape: Shape;
  readonly color: Rgb;
  readonly opacity: number; // of its fill, 0 to 1
  readonly stroke: Stroke | null; // of its outline
}

/** What stands on the canvases now. */
export interface Drawn {
  readonly photo: ImageBitmap | null;
  readonly answer: string | null; // id of the answer whose mask is painted
}

/** The canvases, from the bottom up. */
export interface Canvases {
  readonly photo: HTMLCanvasElement;
  readonly layer: HTMLCanvasElement; // what another widget lends
  readonly overlay: HTMLCanvasElement; // mask fills and nothing else
  readonly found: HTMLCanvasElement; // what everything mode has found; its own painter's
  readonly alike: HTMLCanvasElement; // what is proposed as like an example; so is this
  readonly numbered: HTMLCanvasElement; // the accepted objects' outlines and numbers
  readonly marks: HTMLCanvasElement; // what is in the hand: the open object's outline, prompts, the draft
}

/** An accepted object's fill beside the open one's: seen, but not in the way. */
const ACCEPTED = 0.7;
/** CSS pixels that a line or a number, which may stand beside it, may reach beyond its mask. */
const REACH = 34;

/** Image pixels of a mask's box: a larger one has no outline while a hand draws on it. */
const TRACED = 4e6;

/** An object whose mask is shown. */
interface Shown {
  readonly id: string;
  readonly shape: Shape;
  readonly color: Rgb;
  readonly area: number; // image pixels
  readonly number: number; // in the list beside the photo, from 1; 0 for the open one
  readonly place: Place | null; // its number's, image pixels; null where there is no room for it
}

export class Easel {
  readonly #photo: CanvasRenderingContext2D;
  readonly #numbered: CanvasRenderingContext2D;
  readonly #marks: CanvasRenderingContext2D;
  readonly #overlay: Overlay;
  readonly #gallery: Gallery;
  #before: Frame | null = null;

  constructor(canvases: Canvases, gallery: Gallery) {
    this.#photo = contextOf(canvases.photo);
    this.#overlay = new Overlay(contextOf(canvases.overlay));
    this.#numbered = contextOf(canvases.numbered);
    this.#marks = contextOf(canvases.marks);
    this.#gallery = gallery;
  }

  draw(scene: Scene, view: Viewport, look: Look): Drawn {
    const before = this.#before;
    const moved = before === null ? "anew" : movedFrom(before.view, view);
    const photo = this.#gallery.photo(scene.image?.source ?? null);
    const tiles = this.#gallery.tiles.look(scene.image, view);
    if (photo !== before?.photo || moved !== "still" || tiles !== before?.tiles)
      paintPhoto(this.#photo, view, photo, tiles);
    const bare = look.hidden || photo === null;
    const placed = moved === "anew" ? [] : (before?.accepted ?? []);
    const accepted = bare ? [] : numbered(view, this.#accepted(scene, look), placed);
    const tried = changeIn(look.draft);
    const open = bare ? null : this.#open(scene, tried, look);
    const ghosts = bare ? [] : look.ghosts;
    const quiet = look.opacity * ACCEPTED;
    this.#overlay.paint(
      view,
      moved,
      [
        ...accepted.map((one) => fillOf(one, blendOf(quiet).hue)),
        ...ghosts.flatMap((one) => (one.opacity > 0 ? fillOf(one, blendOf(one.opacity).hue) : [])),
      ],
      open && fillOf(open, blendOf(look.opacity).hue),
    );
    const still = before !== null && moved === "still" && before.quiet === quiet;
    const part = still ? changed(view, accepted, before.accepted) : wholeOf(view);
    if (!isEmpty(part)) {
      const seen = accepted.filter((one) => overlap(part, partWith(view, one)));
      const lines = seen.map((one) => lineOf(view, one, "accepted", quiet));
      const tags = seen.flatMap((one) => tagOf(one, one.place));
      paintNumbered({ context: this.#numbered, view }, lines, tags, part);
    }
    const strong = accepted.filter(({ id }) => look.strong.has(id));
    const lines = [
      ...ghosts.flatMap((one) =>
        one.stroke === null ? [] : lineOf(view, one, one.stroke, one.opacity),
      ),
      ...strong.map((one) => lineOf(view, one, "chosen")),
      ...(open && (tried === null || isTraced(open.shape))
        ? [lineOf(view, open, "chosen", look.opacity)]
        : []),
      ...(open ? this.#preview(scene, view, look) : []),
    ];
    const stage = { context: this.#marks, view };
    const find: Find = (blob) => {
      const shape = this.#gallery.shape(blob);
      return shape && { path: pathOn(view, shape), label: shape.label };
    };
    paintLines(stage, lines);
    // Those that stand out show their numbers, and over all others.
    for (const tag of strong.flatMap((one) => tagOf(one, one.place ?? one.shape.label)))
      paintTag(stage, tag);
    if (!bare && look.dispute !== null)
      paintDispute(
        stage,
        look.dispute.map((shape) => pathOn(view, shape)),
      );
    if (!bare && look.errors !== null) {
      const { missed, wrong } = look.errors;
      paintErrors(stage, pathOn(view, missed), pathOn(view, wrong));
    }
    if (!bare && look.next !== null) paintNext(stage, look.next);
    if (!bare) {
      const still = scene.prompts.filter(({ id }) => id !== look.moved);
      paintPrompts(stage, still, look.draft, find);
      for (const one of still) if (one.id === look.pointed) paintPointed(stage, one);
    }
    if (look.disc !== null) paintDisc(stage, look.disc);
    if (scene !== before?.scene) this.#gallery.keep(masksOf(scene));
    this.#before = { scene, view, photo, tiles, accepted, quiet };
    const own = open !== null && open.shape !== look.instead;
    return { photo, answer: own ? (scene.answer?.id ?? null) : null };
  }

  /** The accepted object that is seen at a place (image pixels), the uppermost of several. */
  objectAt(place: Place): string | null {
    const here = this.#before?.accepted.findLast(({ shape }) =>
      isOn(shape.mask, shape.spans, place),
    );
    return here?.id ?? null;
  }

  /** The accepted objects whose masks are there and not hidden. */
  #accepted(scene: Scene, { unseen, dye }: Look): Shown[] {
    return scene.accepted.flatMap(({ object, finished, number }) => {
      const seen = finished !== null && !unseen.has(object.id);
      const shape = seen ? this.finished(scene, finished) : null;
      return shape === null ? [] : shownOf(object.id, shape, dye(object), number);
    });
  }

  /** The last mask stays until the next comes: most answers are there before an eye could see a gap. */
  #open(scene: Scene, change: Change | null, { instead, dye }: Look): Shown | null {
    const { open, finished, image, objects } = scene;
    const color = open ? dye(open) : objects.length; // of the one that a stroke is about to open
    if (change !== null && image !== null) {
      const tried = this.#gallery.tried(finished, change, image);
      return tried && shownOf(open?.id ?? "", tried, color, 0);
    }
    const shape = instead ?? (finished && this.finished(scene, finished));
    return open && shape && shownOf(open.id, shape, dye(open), 0);
  }

  /** The mask of an object as it is shown. */
  finished({ image }: Scene, finished: Finished): Shape | null {
    return image && this.#gallery.finished(finished, image);
  }

  /** The candidate that is pointed at and not chosen. */
  #preview({ open, answer }: Scene, view: Viewport, { hovered, dye }: Look): Line[] {
    if (open === null || answer === null || hovered === null) return [];
    const shape = hovered === chosenOf(open, answer) ? null : this.#shape(answer, hovered);
    const color = colorOf(dye(open));
    return shape === null ? [] : [lineOf(view, { shape, color }, "preview")];
  }

  #shape(answer: Answer, index: number): Shape | null {
    const candidate = answer.candidates[index];
    return candidate === undefined ? null : this.#gallery.shape(candidate.blob);
  }
}

function shownOf(id: string, shape: Shape, color: number, number: number): Shown {
  return { id, shape, color: colorOf(color), area: areaOf(shape.mask), number, place: null };
}

/** Whether a mask is small enough to be outlined anew in each frame while a hand draws on it. */
function isTraced({ mask }: Shape): boolean {
  return (mask.x1 - mask.x0) * (mask.y1 - mask.y0) <= TRACED;
}

/** A draft that changes the mask itself, where it is one. */
function changeIn(draft: Draft | null): Change | null {
  return draft !== null && isChange(draft) ? draft : null;
}

/** What was drawn last, and of what. */
interface Frame {
  readonly scene: Scene;
  readonly view: Viewport;
  readonly photo: ImageBitmap | null;
  readonly tiles: readonly Tile[];
  readonly accepted: readonly Shown[];
  readonly quiet: number; // opacity of the accepted objects' fills
}

/** What has become of the view. */
function movedFrom(before: Viewport, now: Viewport): Moved {
  const scale = ({ image, device, whole }: Viewport): string =>
    [image, device, whole].map(({ width, height }) => `${width} ${height}`).join();
  if (scale(before) !== scale(now)) return "anew";
  return before.left === now.left && before.top === now.top ? "still" : "panned";
}

/** With the places of their numbers: those from before where all are the same, at the same scale. */
function numbered(view: Viewport, shown: readonly Shown[], before: readonly Shown[]): Shown[] {
  const still = shown.length === before.length && shown.every((one, i) => alike(one, before[i]));
  const places = still
    ? before.map(({ place }) => place)
    : placesOf(
        view,
        shown.map(({ shape: { mask, label }, area, number }) => {
          return { box: mask, area, label, text: String(number) };
        }),
      );
  return shown.map((one, i) => ({ ...one, place: places[i] ?? null }));
}

function alike(one: Shown, other: Shown | undefined): boolean {
  return one.shape === other?.shape && one.color === other.color && one.number === other.number;
}

/** Where the outlines and numbers of the two do not look the same. */
function changed(view: Viewport, some: readonly Shown[], others: readonly Shown[]): Part {
  const same = (one: Shown, other: Shown): boolean =>
    alike(one, other) && one.place?.x === other.place?.x && one.place?.y === other.place?.y;
  return between(some, others, same, (one) => partWith(view, one));
}

/** Where an object lies with its outline and its number. */
function partWith(view: Viewport, { shape }: Shown): Part {
  return partOf(view, shape.mask, REACH);
}

/** A shape and its color, whose ever it is. */
type Colored = Pick<Ghost, "shape" | "color">;

function fillOf({ shape, color }: Colored, opacity: number): Fill {
  return { mask: shape.mask, spans: shape.spans, color, opacity };
}

function lineOf(view: Viewport, { shape, color }: Colored, stroke: Stroke, opacity = 0): Line {
  const common = { color, stroke, veil: blendOf(opacity).veil };
  if (showsSquares(view))
    return { ...common, path: shape.stairs, specks: null, whole: shape.stairs };
  const { path, bold, specks } = shape.lines(grainOf(view));
  return { ...common, path: bold, specks, whole: path };
}

function tagOf({ color, number }: Shown, place: Place | null): Tag[] {
  return place === null ? [] : [{ ...place, text: String(number), color }];
}

/** The outline, with its corners where pixels are seen one by one. */
function pathOn(view: Viewport, shape: Shape): Path2D {
  return showsSquares(view) ? shape.stairs : shape.lines(grainOf(view)).path;
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser gives no canvas to draw on.");
  return context;
}
