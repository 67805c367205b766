import { expect, test } from "vitest";
import { type Mask, spansOf } from "../src/masks";
import { type Fill, Overlay } from "../src/overlay";
import { PALETTE } from "../src/palette";
import { contain, FIT, look, type Sight, type Size, type Viewport } from "../src/viewport";

const IMAGE: Size = { width: 60, height: 40 };

/** A canvas that keeps its pixels, and counts those that were put. */
function canvas({ device }: Viewport) {
  const pixels = new Uint32Array(device.width * device.height);
  const count = { put: 0 };
  const context = {
    createImageData: (width: number, height: number) => ({
      width,
      height,
      data: new Uint8ClampedArray(4 * width * height),
    }),
    putImageData({ width, height, data }: ImageData, x: number, y: number) {
      const given = new Uint32Array(data.buffer);
      count.put += given.length;
      for (let line = 0; line < height; line++) {
        const row = given.subarray(line * width, (line + 1) * width);
        pixels.set(row, (y + line) * device.width + x);
      }
    },
  };
  return { pixels, count, overlay: new Overlay(context as unknown as CanvasRenderingContext2D) };
}

/** A disc, cut off at the image's edges. */
function disc(x: number, y: number, radius: number, color: number, opacity = 0.5): Fill {
  const from = (place: number): number => Math.max(0, Math.floor(place - radius));
  const to = (place: number, side: number): number => Math.min(side, Math.ceil(place + radius));
  const [x0, y0, x1, y1] = [from(x), from(y), to(x, IMAGE.width), to(y, IMAGE.height)];
  const runs = [0];
  for (let row = y0; row < y1; row++) {
    for (let column = x0; column < x1; column++) {
      const on = Math.hypot(column + 0.5 - x, row + 0.5 - y) <= radius;
      if (on === (runs.length % 2 === 0)) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1;
      else runs.push(1);
    }
  }
  const mask: Mask = { ...IMAGE, x0, y0, x1, y1, runs: Uint32Array.from(runs) };
  return { mask, spans: spansOf(mask), color: PALETTE[color] ?? [0, 0, 0], opacity };
}

const FIRST = contain(IMAGE, { width: 150, height: 100 }, 1);
const seen = (sight: Sight): Viewport => look(FIRST, sight);
const UNDER = [disc(10, 10, 8, 0), disc(18, 12, 7, 1), disc(50, 30, 14, 2)];
const OVER = disc(16, 14, 6, 3);

test("the open object's fill takes the place of those below", () => {
  const { pixels, overlay } = canvas(FIRST);
  overlay.paint(FIRST, "anew", UNDER, OVER);
  const at = (x: number, y: number): number =>
    pixels[Math.floor(y * 2.5) * FIRST.device.width + Math.floor(x * 2.5)] ?? -1;
  const [r, g, b] = PALETTE[3] ?? [0, 0, 0];
  expect(at(16.5, 14.5)).toBe(((128 << 24) | (b << 16) | (g << 8) | r) >>> 0);
  expect(at(50.5, 30.5)).not.toBe(0);
  expect(at(35.5, 5.5)).toBe(0);
});

test("whatever is painted over what stands is as if it were painted on nothing", () => {
  const near = { zoom: 3, x: 5, y: 4 };
  const { pixels, overlay } = canvas(FIRST);
  const fewer = UNDER.slice(0, 2);
  const steps: [Viewport, "still" | "panned" | "anew", readonly Fill[], Fill | null][] = [
    [FIRST, "anew", UNDER, null],
    [FIRST, "still", UNDER, OVER],
    [FIRST, "still", UNDER, disc(45, 30, 9, 3)],
    [FIRST, "still", UNDER, disc(45, 30, 9, 3, 0.25)],
    [FIRST, "still", UNDER, null],
    [FIRST, "still", fewer, OVER],
    [seen(near), "anew", fewer, OVER],
    [seen({ ...near, x: 9 }), "panned", fewer, OVER],
    [seen({ ...near, x: 7, y: 1 }), "panned", fewer, OVER],
    [seen({ ...near, x: 8, y: 6 }), "panned", fewer, null],
    [seen({ ...near, x: 40, y: 26 }), "panned", UNDER, OVER],
    [seen({ ...near, x: 35, y: 20 }), "panned", UNDER, OVER],
    [FIRST, "anew", [], OVER],
    [seen(near), "anew", [], OVER],
    [seen({ ...near, x: 8, y: 6 }), "panned", [], OVER],
  ];
  for (const [i, [view, moved, under, over]] of steps.entries()) {
    overlay.paint(view, moved, under, over);
    const fresh = canvas(view);
    fresh.overlay.paint(view, "anew", under, over);
    const wrong = pixels.findIndex((value, at) => value !== fresh.pixels[at]);
    expect(wrong, `step ${i}`).toBe(-1);
  }
});

test("a click beside many objects touches no more pixels than its own masks", () => {
  const { count, overlay } = canvas(FIRST);
  const crowd = Array.from({ length: 500 }, (_, i) => disc(i % 60, (i * 7) % 40, 3, i % 7));
  overlay.paint(seen(FIT), "anew", crowd, OVER);
  count.put = 0;
  overlay.paint(seen(FIT), "still", [...crowd], OVER); // other lists of the same fills
  expect(count.put).toBe(0);
  overlay.paint(seen(FIT), "still", [...crowd], disc(20, 14, 6, 3));
  expect(count.put).toBeGreaterThan(0);
  expect(count.put).toBeLessThan((17 * 13 * 2.5 ** 2) | 0);
});
