import { expect, test } from "vitest";
import { roomOf } from "../src/ui/room";

const LANDSCAPE = { width: 600, height: 400 };
const PORTRAIT = { width: 400, height: 600 };
const room = (image: { width: number; height: number }, width: number, height = 480) =>
  roomOf(image, { width, height }, 1);

test("photo, panel and border are as wide as the frame, and the frame is never wider than the cell", () => {
  for (const image of [LANDSCAPE, PORTRAIT, { width: 1, height: 9 }, { width: 9, height: 1 }]) {
    for (let width = 240; width < 1600; width += 17) {
      const { view, beside, panel, frame } = room(image, width);
      expect(frame).toBeLessThanOrEqual(width);
      expect(view.css.width + (beside ? panel : 0) + 2).toBeLessThanOrEqual(frame);
      expect(view.css.height).toBeLessThanOrEqual(480);
    }
  }
});

test("a portrait photo leaves its room to the panel, and little of the cell is bare", () => {
  const { view, panel, frame } = room(PORTRAIT, 854);
  expect(view.css).toEqual({ width: 320, height: 480 });
  expect(panel).toBe(340);
  expect(frame).toBe(662);
  expect(room(PORTRAIT, 600).frame).toBe(600);
  expect(room(LANDSCAPE, 854)).toMatchObject({ panel: 224, frame: 854 });
});

test("in a narrow cell the panel is under the photo, unless it makes the photo hardly smaller", () => {
  expect(room(LANDSCAPE, 600)).toMatchObject({ beside: false, frame: 600 });
  expect(room(LANDSCAPE, 600).view.css.width).toBe(598);
  expect(room(LANDSCAPE, 640).beside).toBe(true);
  expect(room(PORTRAIT, 540)).toMatchObject({ beside: true, frame: 540 });
  expect(room(PORTRAIT, 540).view.css.width).toBe(314);
  expect(room(PORTRAIT, 256)).toMatchObject({ beside: false, frame: 256 });
});

test("what the frame would like is said by the photo alone, whatever room there is", () => {
  for (const width of [0, 8, 300, 2000]) {
    expect(room(LANDSCAPE, width).wish).toBe(946);
    expect(room(PORTRAIT, width).wish).toBe(546);
  }
  expect(room({ width: 9000, height: 500 }, 800).wish).toBeLessThanOrEqual(1200);
});
