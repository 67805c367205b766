// Where one view of the picture looks: what is kept of it from frame to frame, and how it moves. No elements here.
import {
  FIT,
  limited,
  look,
  middle,
  nearest,
  type Place,
  panned,
  type Sight,
  type Viewport,
  zoomed,
} from "./viewport";

/** One press of a zoom key, and how far one of an arrow goes, in windows. */
const NEARER = 1.5;
const STEP = 0.2;
const FAR = 0.8;

export class Gaze {
  readonly #moved: () => void;
  #sight: Sight = FIT;
  #image: string | null = null; // the picture that it belongs to
  #view: Viewport;

  /** `moved` is called when another part of the picture is to be seen. */
  constructor(view: Viewport, moved: () => void) {
    this.#view = view;
    this.#moved = moved;
  }

  get view(): Viewport {
    return this.#view;
  }

  get sight(): Sight {
    return this.#sight;
  }

  /** The largest zoom there is now. */
  get most(): number {
    return nearest(this.#view);
  }

  /** Takes the room that there is now (`fit` shows the whole picture); another picture is seen whole. */
  settle(fit: Viewport, image: string | null): Viewport {
    this.#sight = image === this.#image ? limited(fit, this.#sight) : FIT;
    this.#image = image;
    this.#view = look(fit, this.#sight);
    return this.#view;
  }

  /** At once, not with the next frame: the next event's place is in image pixels too. */
  look(sight: Sight): void {
    this.#sight = limited(this.#view, sight);
    this.#view = look(this.#view, this.#sight);
    this.#moved();
  }

  /** One step nearer or farther; what is at the place, or in the middle, stays there. */
  zoom(way: "in" | "out" | "fit", at: Place | null): void {
    const factor = way === "in" ? NEARER : 1 / NEARER;
    if (way === "fit") this.look(FIT);
    else this.look(zoomed(this.#view, this.#sight, factor, at ?? middle(this.#view)));
  }

  /** The same zoom, with this place of the image in the middle. */
  centre({ x, y }: Place): void {
    const { zoom } = this.#sight;
    const { width, height } = this.#view.image;
    this.look({ zoom, x: x - width / zoom / 2, y: y - height / zoom / 2 });
  }

  /** So many steps to the right and down; far ones are almost a window. */
  pan(x: number, y: number, far: boolean): void {
    const { width, height } = this.#view.image;
    const step = (far ? FAR : STEP) / this.#sight.zoom;
    const to = { x: -x * step * width, y: -y * step * height };
    this.look(panned(this.#view, this.#sight, { x: 0, y: 0 }, to));
  }
}
