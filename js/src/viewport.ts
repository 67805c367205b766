// Which window of the picture a person sees, and where it lies on the screen: image pixels <-> CSS pixels <->
// device pixels. The only place of the page that converts them; nothing here draws or listens.

/** A width and a height; the unit is said where it is used. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A place; x right, y down; in image pixels unless said otherwise, pixel centres at .5. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * The canvas is a window of the enlarged picture: a scale per axis and an offset say it all.
 *
 * Both are whole device pixels, so that a picture that is panned moves as one piece.
 */
export interface Viewport {
  readonly image: Size; // image pixels
  readonly css: Size; // of the canvas, CSS pixels; may be fractions, so that device pixels are whole
  readonly device: Size; // of the canvas, device pixels, whole numbers
  readonly ratio: number; // device pixels per CSS pixel
  readonly whole: Size; // device pixels that the whole picture would take: scale
  readonly left: number; // device pixels of the picture that lie left of the canvas: offset
  readonly top: number;
}

/** What a person looks at: `zoom` 1 is all of the image, else a part of 1/zoom of each side, from (x, y) on. */
export interface Sight extends Place {
  readonly zoom: number; // at least 1
}

/** The whole picture. */
export const FIT: Sight = { zoom: 1, x: 0, y: 0 };

/** CSS pixels that a pixel of the image may take at most. */
const NEAREST = 32;

/** The largest canvas of the image's shape inside `room` (CSS pixels), at least one device pixel. */
export function contain(image: Size, room: Size, ratio: number): Viewport {
  const scale = Math.min(room.width / image.width, room.height / image.height);
  const device = {
    width: Math.max(1, Math.round(image.width * scale * ratio)),
    height: Math.max(1, Math.round(image.height * scale * ratio)),
  };
  const css = { width: device.width / ratio, height: device.height / ratio };
  return { image, css, device, ratio, whole: device, left: 0, top: 0 };
}

/** The same canvas, showing what `sight` says as far as the limits allow. */
export function look(view: Viewport, sight: Sight): Viewport {
  const { image, device } = view;
  const { zoom, x, y } = limited(view, sight);
  const whole = {
    width: Math.round(device.width * zoom),
    height: Math.round(device.height * zoom),
  };
  const offset = (from: number, of: number, long: number, seen: number): number =>
    Math.min(long - seen, Math.max(0, Math.round((from * long) / of)));
  return {
    ...view,
    whole,
    left: offset(x, image.width, whole.width, device.width),
    top: offset(y, image.height, whole.height, device.height),
  };
}

/** The nearest sight that is neither farther out than the whole picture, nor too near, nor off the image. */
export function limited(view: Viewport, { zoom, x, y }: Sight): Sight {
  const { image } = view;
  const within = Math.min(nearest(view), Math.max(1, zoom));
  const from = (place: number, side: number): number =>
    Math.min(side - side / within, Math.max(0, place));
  return { zoom: within, x: from(x, image.width), y: from(y, image.height) };
}

/** The largest zoom there is. */
export function nearest({ image, css }: Viewport): number {
  return Math.max(1, (NEAREST * image.width) / css.width);
}

/**
 * The place (image pixels) that a sight has at a place on the canvas (CSS pixels), before it is brought to whole
 * device pixels: what is zoomed step by step would else add up the roundings, each enlarged by the next steps.
 */
export function placeIn({ image, css }: Viewport, { zoom, x, y }: Sight, place: Place): Place {
  return {
    x: x + (place.x * image.width) / (css.width * zoom),
    y: y + (place.y * image.height) / (css.height * zoom),
  };
}

/** `factor` times nearer; the place (image pixels) stays where it is on the screen. */
export function zoomed(view: Viewport, sight: Sight, factor: number, at: Place): Sight {
  const { zoom } = limited(view, { ...sight, zoom: sight.zoom * factor });
  const kept = sight.zoom / zoom;
  return limited(view, {
    zoom,
    x: at.x - (at.x - sight.x) * kept,
    y: at.y - (at.y - sight.y) * kept,
  });
}

/** The picture moved so that what is at `from` comes to `to` (image pixels). */
export function panned(view: Viewport, sight: Sight, from: Place, to: Place): Sight {
  return limited(view, { ...sight, x: sight.x + from.x - to.x, y: sight.y + from.y - to.y });
}

/** The place in the middle of the canvas, image pixels. */
export function middle(view: Viewport): Place {
  return toImage(view, { x: view.css.width / 2, y: view.css.height / 2 });
}

/** Device pixels per image pixel, along x and along y. */
export function scaleOf({ image, whole }: Viewport): Place {
  return { x: whole.width / image.width, y: whole.height / image.height };
}

/** Image pixels that are one device pixel wide. */
export function grainOf(view: Viewport): number {
  return 1 / scaleOf(view).x;
}

/** CSS pixels from the canvas's corner -> image pixels, not clamped. */
export function toImage(view: Viewport, place: Place): Place {
  return {
    x: ((place.x * view.ratio + view.left) * view.image.width) / view.whole.width,
    y: ((place.y * view.ratio + view.top) * view.image.height) / view.whole.height,
  };
}

/** Image pixels -> CSS pixels from the canvas's corner. */
export function toScreen(view: Viewport, place: Place): Place {
  const { x, y } = toDevice(view, place);
  return { x: x / view.ratio, y: y / view.ratio };
}

/** Image pixels -> device pixels from the canvas's corner. */
export function toDevice(view: Viewport, place: Place): Place {
  return {
    x: (place.x * view.whole.width) / view.image.width - view.left,
    y: (place.y * view.whole.height) / view.image.height - view.top,
  };
}

/** The nearest place that lies on the image, edges included. */
export function clamp(image: Size, place: Place): Place {
  return {
    x: Math.min(image.width, Math.max(0, place.x)),
    y: Math.min(image.height, Math.max(0, place.y)),
  };
}

/**
 * For one axis: the first device pixel whose centre lies at or after each image pixel's edge.
 *
 * Of the picture enlarged to `whole` device pixels, `count` are seen from number `start` on. Device pixel d
 * of these shows image pixel floor((start + d + 0.5) * image / whole); so image pixel i owns those from
 * `edges[i]` up to, not including, `edges[i + 1]`: none when it lies outside, or the image is larger.
 */
export function edges(image: number, whole: number, start = 0, count = whole): Uint32Array {
  const first = new Uint32Array(image + 1);
  let next = 0;
  for (let d = 0; d < count; d++) {
    const pixel = Math.floor(((start + d + 0.5) * image) / whole);
    while (next <= pixel) first[next++] = d;
  }
  while (next <= image) first[next++] = count;
  return first;
}

/** Whether the same window is seen in the same size, whatever object says so. */
export function sameView(one: Viewport, other: Viewport | null): boolean {
  if (other === null || one.left !== other.left || one.top !== other.top) return false;
  const keys = ({ image, device, whole }: Viewport): string =>
    [image, device, whole].map(({ width, height }) => `${width} ${height}`).join();
  return keys(one) === keys(other);
}
