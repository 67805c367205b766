// A free line under a pointer: its points in image pixels, few enough to be sent, the same on both ends.
import type { Edit, Scene } from "../document";
import type { Place, Size } from "../viewport";
import type { Draft, Gesture } from "./tool";

/** As the kernel has it (document/corrections.py). */
const MOST_POINTS = 2000;
/** Image pixels of a step that says nothing new, beside half a percent of the line's width. */
const STEP = 0.4;
/** Places are told in sixteenths of a pixel: short in JSON, and exact. */
const PARTS = 16;

export class Line {
  readonly #path: number[] = [];
  readonly #width: number;
  readonly #beyond: number;

  /** A line of some width that may leave the image by so many pixels. */
  constructor(width: number, beyond: number) {
    this.#width = width;
    this.#beyond = beyond;
  }

  /** x, y, x, y, ... */
  get path(): number[] {
    return [...this.#path];
  }

  put({ x, y }: Place, image: Size | null): void {
    if (image === null) return;
    const path = this.#path;
    const near = (at: number, side: number): number =>
      Math.round(Math.min(side + this.#beyond, Math.max(-this.#beyond, at)) * PARTS) / PARTS;
    const [left, top] = [near(x, image.width), near(y, image.height)];
    const apart = Math.hypot(left - (path.at(-2) ?? left), top - (path.at(-1) ?? top));
    if (path.length > 0 && apart < STEP + this.#width / 200) return;
    if (path.length >= 2 * MOST_POINTS) thin(path);
    path.push(left, top);
  }
}

/** The gesture of a free line: `drawn` says what a path is, `done` what comes of it; nothing is seen without a picture. */
export function lining<D extends Draft>(
  line: Line,
  at: Place,
  scene: () => Scene,
  drawn: (path: number[]) => D,
  done: (scene: Scene, drawn: D) => Edit | null,
): Gesture {
  const seen = (): D | null => (scene().image === null ? null : drawn(line.path));
  line.put(at, scene().image);
  return {
    press: seen,
    move(to) {
      line.put(to, scene().image);
      return seen();
    },
    release(to) {
      line.put(to, scene().image);
      return done(scene(), drawn(line.path));
    },
  };
}

/** Leaves every other point, so that a line that is too long goes on. */
function thin(path: number[]): void {
  for (let i = 0; i < path.length / 2; i += 2) {
    path[i] = path[2 * i] ?? 0;
    path[i + 1] = path[2 * i + 1] ?? 0;
  }
  path.length /= 2;
}

/** The point in the middle of a line, where its mark stands. */
export function middleOf(path: readonly number[]): Place {
  const at = 2 * Math.floor(path.length / 4);
  return { x: path[at] ?? 0, y: path[at + 1] ?? 0 };
}
