// Where the picture lies on the screen: image pixels <-> CSS pixels <-> device pixels.
// The only place of the page that converts them; nothing here draws or listens.

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

/** The canvas holds the picture and nothing else, so that a scale per axis says it all. */
export interface Viewport {
  readonly image: Size; // image pixels
  readonly css: Size; // CSS pixels; may be fractions, so that device pixels are whole
  readonly device: Size; // device pixels, whole numbers
  readonly ratio: number; // device pixels per CSS pixel
}

/** The largest canvas of the image's shape inside `room` (CSS pixels), at least one device pixel. */
export function contain(image: Size, room: Size, ratio: number): Viewport {
  const scale = Math.min(room.width / image.width, room.height / image.height);
  const device = {
    width: Math.max(1, Math.round(image.width * scale * ratio)),
    height: Math.max(1, Math.round(image.height * scale * ratio)),
  };
  const css = { width: device.width / ratio, height: device.height / ratio };
  return { image, css, device, ratio };
}

/** CSS pixels from the canvas's corner -> image pixels, not clamped. */
export function toImage(view: Viewport, place: Place): Place {
  return {
    x: (place.x * view.image.width) / view.css.width,
    y: (place.y * view.image.height) / view.css.height,
  };
}

/** Image pixels -> CSS pixels from the canvas's corner. */
export function toScreen(view: Viewport, place: Place): Place {
  return {
    x: (place.x * view.css.width) / view.image.width,
    y: (place.y * view.css.height) / view.image.height,
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
 * Device pixel d shows image pixel floor((d + 0.5) * image / device); so image pixel i owns the
 * device pixels from `edges[i]` up to, not including, `edges[i + 1]` (none when the image is larger).
 */
export function edges(image: number, device: number): Uint32Array {
  const first = new Uint32Array(image + 1);
  let next = 0;
  for (let d = 0; d < device; d++) {
    const pixel = Math.floor(((d + 0.5) * image) / device);
    while (next <= pixel) first[next++] = d;
  }
  while (next <= image) first[next++] = device;
  return first;
}
