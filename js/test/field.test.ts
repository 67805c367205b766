import { expect, test } from "vitest";
import golden from "../../tests/golden/cuts.json";
import { disputed, overlapOf } from "../src/dispute";
import { Field } from "../src/field";
import { areaOf, fromRows, type Mask, spansOf } from "../src/masks";

/** Rows of `#` and `.`. */
function rowsOf(mask: Mask): string[] {
  const { rows, ends } = spansOf(mask);
  return Array.from({ length: mask.height }, (_, y) => {
    const cells = Array(mask.width).fill(".");
    const row = y - mask.y0;
    if (row < 0 || row >= rows.length - 1) return cells.join("");
    for (let i = rows[row] ?? 0; i < (rows[row + 1] ?? 0); i += 2) {
      cells.fill("#", ends[i], ends[i + 1]);
    }
    return cells.join("");
  });
}

function maskOf(rows: readonly string[]): Mask {
  const pieces = rows.map((row) => {
    const ends: number[] = [];
    for (let x = 0; x <= row.length; x++) {
      if ((row[x] === "#") !== (ends.length % 2 === 1)) ends.push(x);
    }
    return ends;
  });
  return fromRows({ width: rows[0]?.length ?? 0, height: rows.length }, pieces);
}

const told = { type: "logits", to: "me", object: "o", of: [], choice: 0, blobs: [] } as const;

test.each(golden)("cut as the kernel cuts: $image", ({ image, logits, grid, cuts }) => {
  const bytes = new Uint8Array(Int16Array.from(grid).buffer);
  const field = new Field(image, { ...told, ...logits }, bytes);
  for (const [at, rows] of Object.entries(cuts)) {
    expect(rowsOf(field.cut(Number(at))), at).toEqual(rows);
  }
});

test("a large image is cut in steps of pixels that cover all of it", () => {
  const grid = new Int16Array(64).fill(100);
  const logits = { samples: 8, side: 8, width: 8, height: 8, step: 0.01 };
  const image = { width: 3001, height: 1999 };
  const field = new Field(image, { ...told, ...logits }, new Uint8Array(grid.buffer));
  expect(areaOf(field.cut(0.9))).toBe(3001 * 1999);
  expect(areaOf(field.cut(1.1))).toBe(0);
});

test("rows make the mask that they say, whatever is empty in them", () => {
  for (const rows of [
    ["....", ".##.", "....", "#..#", "####", "#..."],
    ["....", "...."],
    ["####"],
    ["#", "#", ".", "#"],
  ]) {
    expect(rowsOf(maskOf(rows))).toEqual(rows);
  }
});

test("what is disputed is told by how many hold it", () => {
  const masks = [
    ["######", "######", "......"],
    ["..####", ".#####", "#....."],
    ["....##", "#.#.##", "......"],
  ].map(maskOf);
  const [one, two] = disputed(masks).map(rowsOf);
  expect(one).toEqual(["##....", "......", "#....."]);
  expect(two).toEqual(["..##..", "##.#..", "......"]);
  expect(disputed([masks[0] as Mask, masks[0] as Mask]).map(areaOf)).toEqual([0]);
});

test("how far two masks agree is their intersection over union", () => {
  const [one, other] = [maskOf(["####", "...."]), maskOf(["..##", "##.."])];
  expect(overlapOf(one, other)).toBeCloseTo(2 / 6);
  expect(overlapOf(one, one)).toBe(1);
  expect(overlapOf(maskOf(["."]), maskOf(["."]))).toBe(1);
});
