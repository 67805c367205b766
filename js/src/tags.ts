// Which of the accepted objects' numbers have room on the photo, and where: none covers a small object, none another
// number. The larger object goes first. Rectangles of the whole enlarged picture, in device pixels; nothing is drawn.
import type { Box } from "./parts";
import { type Place, scaleOf, type Viewport } from "./viewport";

/** An object that would like to wear its number. */
export interface Bearer {
  readonly box: Box; // of its mask, image pixels
  readonly area: number; // of its mask, image pixels
  readonly label: Place | null; // well inside it
  readonly text: string;
}

/** A number's height, and how much wider it is with each digit; CSS pixels. */
const HEIGHT = 16;
const DIGIT = 6;
/** Between a small object and the number beside it, and between two numbers. */
const GAP = 2;
const APART = 4;
/** What a number may hide of an object, as a share. */
const HIDDEN = 0.25;

/** A number's size in CSS pixels. */
export function sizeOf(text: string): { readonly width: number; readonly height: number } {
  return { width: HEIGHT + DIGIT * (text.length - 1), height: HEIGHT };
}

/** Where each bearer's number stands (its middle, image pixels), in their order; null where it has no room. */
export function placesOf(view: Viewport, bearers: readonly Bearer[]): (Place | null)[] {
  const scale = scaleOf(view);
  const wearers = bearers.map((bearer, i) => wearerOf(view, bearer, i));
  const most = Math.max(0, ...wearers.map(({ side }) => side.x * side.y));
  // Of a larger one no number can hide too much.
  const small = wearers.map(({ box }) => box).filter((box) => areaOf(box) * HIDDEN < most);
  const [objects, numbers] = [new Crowd(view, small), new Crowd(view, [])];
  const free = (tag: Box): boolean =>
    !numbers.some(tag, (other) => shared(tag, other) > 0) &&
    !objects.some(tag, (other) => shared(tag, other) > HIDDEN * areaOf(other));
  const places: (Place | null)[] = bearers.map(() => null);
  for (const { number, tries } of wearers.sort((a, b) => b.area - a.area)) {
    const found = tries.find(free);
    if (found === undefined) continue;
    numbers.add(widened(found, APART * view.ratio));
    const { x, y } = middleOf(found);
    places[number] = { x: x / scale.x, y: y / scale.y };
  }
  return places;
}

/** A bearer on the enlarged picture. */
interface Wearer {
  readonly number: number; // in the list
  readonly area: number;
  readonly box: Box;
  readonly side: Place; // its number's
  readonly tries: readonly Box[]; // where its number may stand, the best first
}

function wearerOf(view: Viewport, { box, area, label, text }: Bearer, number: number): Wearer {
  const { x, y } = scaleOf(view);
  const { width, height } = sizeOf(text);
  const side = { x: width * view.ratio, y: height * view.ratio };
  const there = { x0: box.x0 * x, y0: box.y0 * y, x1: box.x1 * x, y1: box.y1 * y };
  const one = { number, area: area * x * y, box: there, side };
  if (label === null) return { ...one, tries: [] };
  const picture = { x0: 0, y0: 0, x1: view.whole.width, y1: view.whole.height };
  if (one.area * HIDDEN >= side.x * side.y) {
    const at = {
      x: inside(label.x * x, side.x, picture.x1),
      y: inside(label.y * y, side.y, picture.y1),
    };
    return { ...one, tries: [around(at, side)] };
  }
  const tries = besides(there, side, GAP * view.ratio);
  return { ...one, tries: tries.filter((tag) => within(tag, picture)) };
}

/** The middle of a side so long, moved as far as it must to lie between 0 and `end`. */
function inside(middle: number, side: number, end: number): number {
  return Math.max(side / 2, Math.min(end - side / 2, middle));
}

function middleOf({ x0, y0, x1, y1 }: Box): Place {
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
}

function around({ x, y }: Place, side: Place): Box {
  return { x0: x - side.x / 2, y0: y - side.y / 2, x1: x + side.x / 2, y1: y + side.y / 2 };
}

function widened({ x0, y0, x1, y1 }: Box, by: number): Box {
  return { x0: x0 - by, y0: y0 - by, x1: x1 + by, y1: y1 + by };
}

/** Above, at the right, below, at the left. */
function besides(box: Box, side: Place, gap: number): Box[] {
  const { x0, y0, x1, y1 } = box;
  const { x, y } = middleOf(box);
  const [across, down] = [side.x / 2 + gap, side.y / 2 + gap];
  return [
    around({ x, y: y0 - down }, side),
    around({ x: x1 + across, y }, side),
    around({ x, y: y1 + down }, side),
    around({ x: x0 - across, y }, side),
  ];
}

function within(inner: Box, outer: Box): boolean {
  const across = inner.x0 >= outer.x0 && inner.x1 <= outer.x1;
  return across && inner.y0 >= outer.y0 && inner.y1 <= outer.y1;
}

function areaOf({ x0, y0, x1, y1 }: Box): number {
  return (x1 - x0) * (y1 - y0);
}

/** The area that two have in common. */
function shared(a: Box, b: Box): number {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Rectangles, found by where they are: hundreds of numbers ask at every step of a zoom. */
class Crowd {
  readonly #side: number;
  readonly #cells = new Map<string, Box[]>();

  constructor({ ratio }: Viewport, boxes: readonly Box[]) {
    this.#side = 64 * ratio;
    for (const box of boxes) this.add(box);
  }

  add(box: Box): void {
    for (const cell of this.#of(box)) {
      const there = this.#cells.get(cell);
      if (there === undefined) this.#cells.set(cell, [box]);
      else there.push(box);
    }
  }

  some(near: Box, test: (box: Box) => boolean): boolean {
    return this.#of(near).some((cell) => this.#cells.get(cell)?.some(test) ?? false);
  }

  #of({ x0, y0, x1, y1 }: Box): string[] {
    const cells: string[] = [];
    for (let x = Math.floor(x0 / this.#side); x * this.#side < x1; x++) {
      for (let y = Math.floor(y0 / this.#side); y * this.#side < y1; y++) cells.push(`${x} ${y}`);
    }
    return cells;
  }
}
