import { expect, test } from "vitest";
import { clamp, contain, edges, toImage, toScreen } from "../src/viewport";

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
