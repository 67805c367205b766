import { describe, expect, test } from "vitest";
import {
  clamp,
  contain,
  edges,
  FIT,
  limited,
  look,
  middle,
  nearest,
  panned,
  placeIn,
  type Sight,
  toImage,
  toScreen,
  zoomed,
} from "../src/viewport";

const CASES = [
  { image: { width: 600, height: 400 }, room: { width: 646, height: 480 }, ratio: 1 },
  { image: { width: 600, height: 400 }, room: { width: 333.5, height: 480 }, ratio: 2 },
  { image: { width: 3000, height: 20 }, room: { width: 500, height: 300 }, ratio: 1.25 },
  { image: { width: 37, height: 1024 }, room: { width: 800, height: 480 }, ratio: 3 },
  { image: { width: 1, height: 1 }, room: { width: 240, height: 80 }, ratio: 1.5 },
];

test.each(CASES)("to the screen and back is where we were: %o", ({ image, room, ratio }) => {
  const view = contain(image, room, ratio);
  for (const [x, y] of [
    [0, 0],
    [image.width, image.height],
    [image.width / 3, image.height / 7],
  ] as const) {
    const back = toImage(view, toScreen(view, { x, y }));
    expect(back.x).toBeCloseTo(x, 9);
    expect(back.y).toBeCloseTo(y, 9);
  }
});

test.each(CASES)(
  "the canvas fits the room, in whole device pixels: %o",
  ({ image, room, ratio }) => {
    const { css, device } = contain(image, room, ratio);
    expect(Number.isInteger(device.width) && Number.isInteger(device.height)).toBe(true);
    expect(device.width).toBeGreaterThan(0);
    expect(device.height).toBeGreaterThan(0);
    expect(css.width * ratio).toBeCloseTo(device.width, 9);
    expect(css.width).toBeLessThanOrEqual(room.width + 1 / ratio);
    expect(css.height).toBeLessThanOrEqual(room.height + 1 / ratio);
  },
);

test.each([
  [600, 646],
  [600, 1292],
  [600, 333],
  [2000, 313],
  [1, 240],
  [7, 7],
  [3, 1],
])("device pixels show the image pixel under their centre: %i on %i", (image, device) => {
  const first = edges(image, device);
  expect(first).toHaveLength(image + 1);
  for (let d = 0; d < device; d++) {
    const pixel = Math.floor(((d + 0.5) * image) / device);
    expect(first[pixel]).toBeLessThanOrEqual(d);
    expect(first[pixel + 1]).toBeGreaterThan(d);
  }
  expect(first[0]).toBe(0);
  expect(first[image]).toBe(device);
});

test("places off the image are brought to its edge", () => {
  expect(clamp({ width: 10, height: 5 }, { x: -3, y: 9 })).toEqual({ x: 0, y: 5 });
  expect(clamp({ width: 10, height: 5 }, { x: 4.5, y: 0.5 })).toEqual({ x: 4.5, y: 0.5 });
});

/** What a painter of every pixel would show: the same formula, each device pixel on its own. */
const shownBy = (image: number, whole: number, start: number, count: number): number[] =>
  Array.from({ length: count }, (_, d) => Math.floor(((start + d + 0.5) * image) / whole));

test.each([
  [600, 646, 0, 646],
  [600, 2238, 937, 674],
  [600, 19200, 18526, 674],
  [4000, 900, 100, 500],
  [1, 240, 17, 30],
  [37, 37, 5, 1],
])(
  "a window of the picture shows the same pixels: %i on %i from %i",
  (image, whole, start, count) => {
    const first = edges(image, whole, start, count);
    const seen = shownBy(image, whole, start, count);
    for (let pixel = 0; pixel < image; pixel++) {
      const owned = seen.flatMap((each, d) => (each === pixel ? [d] : []));
      expect((first[pixel + 1] ?? 0) - (first[pixel] ?? 0)).toBe(owned.length);
      if (owned.length > 0) expect(first[pixel]).toBe(owned[0]);
    }
    expect(first[image]).toBe(count);
  },
);

const SIGHTS: Sight[] = [FIT, { zoom: 3, x: 10, y: 4 }, { zoom: 1e9, x: 1e9, y: -5 }];

describe.each(CASES)("looking nearer: %o", ({ image, room, ratio }) => {
  const fit = contain(image, room, ratio);

  test.each(SIGHTS)("the canvas stays as large, and is full of picture: %o", (sight) => {
    const { device, css, whole, left, top } = look(fit, sight);
    expect([device, css]).toEqual([fit.device, fit.css]);
    for (const number of [whole.width, whole.height, left, top]) {
      expect(Number.isInteger(number)).toBe(true);
    }
    expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
    expect(left + device.width).toBeLessThanOrEqual(whole.width);
    expect(top + device.height).toBeLessThanOrEqual(whole.height);
  });

  test.each(SIGHTS)("to the screen and back, and the limits: %o", (sight) => {
    const view = look(fit, sight);
    const back = toImage(view, toScreen(view, { x: image.width / 3, y: image.height / 7 }));
    expect(back.x).toBeCloseTo(image.width / 3, 6);
    expect(back.y).toBeCloseTo(image.height / 7, 6);
    const { zoom } = limited(fit, sight);
    expect(zoom).toBeGreaterThanOrEqual(1);
    if (zoom > 1) expect((fit.css.width * zoom) / image.width).toBeLessThanOrEqual(32.0001);
    expect(limited(fit, { ...sight, zoom: 0.1 })).toEqual(FIT);
  });

  test("what is under the cursor stays there, to a device pixel", () => {
    let sight = FIT;
    const cursor = { x: fit.css.width * 0.3, y: fit.css.height * 0.6 };
    const at = toImage(fit, cursor);
    for (const factor of [1.1, 1.1, 1.1, 1.1, 1.4, 1.4, 3, 0.5, 7, 0.9, 1.3, 1.3, 1.3]) {
      const view = look(fit, sight);
      sight = zoomed(view, sight, factor, placeIn(view, sight, cursor)); // each step anew
      const now = toScreen(look(fit, sight), at);
      expect(Math.abs(now.x - cursor.x) * ratio).toBeLessThanOrEqual(1.001);
      expect(Math.abs(now.y - cursor.y) * ratio).toBeLessThanOrEqual(1.001);
    }
    expect(zoomed(look(fit, sight), sight, 1e-9, at)).toEqual(FIT);
    expect(zoomed(fit, FIT, 1e9, at).zoom).toBe(nearest(fit));
  });
});

test("the hand holds what it grabbed, until the picture ends", () => {
  const fit = contain({ width: 600, height: 400 }, { width: 600, height: 400 }, 2);
  const sight = { zoom: 4, x: 100, y: 100 };
  const view = look(fit, sight);
  const grabbed = toImage(view, { x: 300, y: 200 });
  const moved = panned(view, sight, grabbed, toImage(view, { x: 260, y: 230 }));
  expect(moved).toEqual({ zoom: 4, x: 110, y: 92.5 });
  expect(toScreen(look(fit, moved), grabbed)).toEqual({ x: 260, y: 230 });
  expect(panned(view, sight, { x: 0, y: 0 }, { x: 999, y: -999 })).toEqual({
    zoom: 4,
    x: 0,
    y: 300,
  });
  expect(middle(view)).toEqual({ x: 175, y: 150 });
});
