import { expect, test } from "vitest";
import golden from "../../tests/golden/masks.json";
import { areaIn, areaOf, decode, isOn, type Mask, spansOf } from "../src/masks";
import { enclosed, type Loop, outline, sorted, sparse, square } from "../src/outline";

/** Rows of `#` and `.`, painted from spans. */
function rowsOf(mask: Mask): string[] {
  const { rows, ends } = spansOf(mask);
  const cells = Array.from({ length: mask.height }, () => Array(mask.width).fill("."));
  for (let row = 0; row < rows.length - 1; row++) {
    for (let i = rows[row] ?? 0; i < (rows[row + 1] ?? 0); i += 2) {
      cells[mask.y0 + row]?.fill("#", ends[i], ends[i + 1]);
    }
  }
  return cells.map((row) => row.join(""));
}

/** Twice the signed area inside a closed line, by the shoelace rule. */
function twice(loop: Loop): number {
  let sum = 0;
  for (let i = 0; i < loop.length; i += 2) {
    const j = (i + 2) % loop.length;
    sum += (loop[i] ?? 0) * (loop[j + 1] ?? 0) - (loop[j] ?? 0) * (loop[i + 1] ?? 0);
  }
  return sum;
}

test.each(golden)("golden mask: $name", (one) => {
  const mask = decode(Uint8Array.from(one.bytes));
  expect([mask.width, mask.height]).toEqual([one.width, one.height]);
  expect(rowsOf(mask)).toEqual(one.rows);
  expect(areaOf(mask)).toBe(one.rows.join("").replaceAll(".", "").length);
});

test.each(golden)("a place is on the mask exactly where its pixel is: $name", (one) => {
  const mask = decode(Uint8Array.from(one.bytes));
  const spans = spansOf(mask);
  const lines = Array.from({ length: mask.height }, (_, y) =>
    Array.from({ length: mask.width }, (_, x) =>
      isOn(mask, spans, { x: x + 0.9, y }) ? "#" : ".",
    ),
  );
  expect(lines.map((line) => line.join(""))).toEqual(one.rows);
  for (const [x, y] of [
    [-0.1, 0],
    [0, -0.1],
    [mask.width, 0],
    [0, mask.height],
  ] as const) {
    expect(isOn(mask, spans, { x, y })).toBe(false);
  }
});

test.each(golden)("what of it lies in a window: $name", (one) => {
  const mask = decode(Uint8Array.from(one.bytes));
  const { width, height } = one;
  const windows = [
    { x0: 0, y0: 0, x1: width, y1: height },
    { x0: 1.2, y0: 0.7, x1: width - 0.4, y1: height - 1.6 },
    { x0: -3, y0: -3, x1: 2.5, y1: height + 9 },
  ];
  for (const window of windows) {
    let area = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const inside =
          x + 0.5 >= window.x0 &&
          x + 0.5 <= window.x1 &&
          y + 0.5 >= window.y0 &&
          y + 0.5 <= window.y1;
        if (inside && one.rows[y]?.[x] === "#") area += 1;
      }
    }
    expect(areaIn(mask, spansOf(mask), window)).toBe(area);
  }
});

test.each(golden)("the outline goes round every pixel of: $name", (one) => {
  const mask = decode(Uint8Array.from(one.bytes));
  const loops = outline(mask);
  // Every pixel edge between on and off lies on the line, save the halves that corners lose.
  const on = (x: number, y: number): boolean => one.rows[y]?.[x] === "#";
  for (let y = 0; y < one.height; y++) {
    for (let x = 0; x < one.width; x++) {
      expect(inside(loops, x + 0.5, y + 0.5), `${x} ${y}`).toBe(on(x, y));
    }
  }
});

/** By the even-odd rule: how often a ray to the right crosses the lines. */
function inside(loops: readonly Loop[], x: number, y: number): boolean {
  let odd = false;
  for (const loop of loops) {
    for (let i = 0; i < loop.length; i += 2) {
      const j = (i + 2) % loop.length;
      const [ax = 0, ay = 0, bx = 0, by = 0] = [loop[i], loop[i + 1], loop[j], loop[j + 1]];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
    }
  }
  return odd;
}

function maskOf(rows: readonly string[]): Mask {
  const runs: number[] = [];
  let value = ".";
  let run = 0;
  for (const cell of rows.join("")) {
    if (cell !== value) {
      runs.push(run);
      run = 0;
      value = cell;
    }
    run += 1;
  }
  runs.push(run);
  const [width, height] = [rows[0]?.length ?? 0, rows.length];
  return { width, height, x0: 0, y0: 0, x1: width, y1: height, runs: Uint32Array.from(runs) };
}

test("a hole has a line of its own, walked the other way", () => {
  const loops = outline(maskOf(["#####", "#...#", "#...#", "#####"]));
  expect(loops).toHaveLength(2);
  expect(loops.map((loop) => Math.sign(twice(loop))).sort()).toEqual([-1, 1]);
});

test("pixels that touch at a corner are two things", () => {
  expect(outline(maskOf(["#.", ".#"]))).toHaveLength(2);
});

test.each(golden)("seen one by one, pixels keep their corners: $name", (one) => {
  const mask = decode(Uint8Array.from(one.bytes));
  const loops = outline(mask, square);
  const enclosed = loops.reduce((sum, loop) => sum + twice(loop) / 2, 0);
  expect(enclosed).toBe(areaOf(mask));
  for (const loop of loops) expect(loop.every((place) => Number.isInteger(place))).toBe(true);
});

test("a straight side is one piece, whatever its length", () => {
  const [loop] = outline(maskOf(Array(50).fill("#".repeat(80))));
  expect(loop?.length).toBeLessThan(2 * 80); // of 260 edges: only round the corners is there anything to tell
});

test.each([
  ["too short", new Uint8Array(20)],
  ["not whole numbers", new Uint8Array(26)],
  ["a box outside its image", new Uint8Array(Uint32Array.of(2, 2, 0, 0, 3, 1, 3).buffer)],
  ["runs that leave the box", new Uint8Array(Uint32Array.of(2, 2, 0, 0, 2, 1, 0, 3).buffer)],
])("bytes that are no mask are refused: %s", (_, bytes) => {
  expect(() => decode(bytes)).toThrow(RangeError);
});

test("bytes are read where they lie, aligned or not", () => {
  const numbers = Uint32Array.of(3, 1, 1, 0, 2, 1, 0, 1);
  const shifted = new Uint8Array(numbers.byteLength + 3);
  shifted.set(new Uint8Array(numbers.buffer), 3);
  expect(rowsOf(decode(shifted.subarray(3)))).toEqual([".#."]);
});

/** A mask that is on where `on` says. */
function drawn(width: number, height: number, on: (x: number, y: number) => boolean): Mask {
  const row = (y: number): string =>
    Array.from({ length: width }, (_, x) => (on(x, y) ? "#" : ".")).join("");
  return maskOf(Array.from({ length: height }, (_, y) => row(y)));
}

/** How far a line turns in all, in whole turns: 1 for whatever is convex. */
function turns(loop: Loop): number {
  const count = loop.length / 2;
  const heading = (i: number): number => {
    const [a, b] = [2 * (i % count), 2 * ((i + 1) % count)];
    return Math.atan2((loop[b + 1] ?? 0) - (loop[a + 1] ?? 0), (loop[b] ?? 0) - (loop[a] ?? 0));
  };
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const turn = heading(i + 1) - heading(i);
    sum += Math.abs(turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI)));
  }
  return sum / (2 * Math.PI);
}

test("a disc's line is nearly round, where its pixels' corners would turn twenty times", () => {
  const disc = drawn(60, 60, (x, y) => Math.hypot(x - 29.5, y - 29.5) < 25);
  const [line] = outline(disc);
  const [stairs] = outline(disc, square);
  if (line === undefined || stairs === undefined) throw new Error("no line");
  expect(turns(stairs)).toBeGreaterThan(20);
  expect(turns(line)).toBeLessThan(1.8);
  for (let i = 0; i < line.length; i += 2) {
    expect(Math.hypot((line[i] ?? 0) - 30, (line[i + 1] ?? 0) - 30)).toBeCloseTo(25, 0);
  }
  expect(line.length).toBeLessThan(stairs.length * 2);
});

test("pixel centres stay on their side of a ragged line", () => {
  let seed = 7;
  const random = (): number => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  for (const share of [0.15, 0.5, 0.8]) {
    const cells = Array.from({ length: 24 * 18 }, () => random() < share);
    const on = (x: number, y: number): boolean => cells[y * 24 + x] ?? false;
    const loops = outline(drawn(24, 18, on));
    for (let y = 0; y < 18; y++) {
      for (let x = 0; x < 24; x++) {
        expect(inside(loops, x + 0.5, y + 0.5), `${x} ${y}`).toBe(on(x, y));
      }
    }
  }
});

test("from afar a line has fewer places, none far from those that are left out", () => {
  const disc = drawn(400, 400, (x, y) => Math.hypot(x - 200, y - 200) < 180);
  const [near] = outline(disc);
  if (near === undefined) throw new Error("a disc has an edge");
  const far = sparse(near, 8);
  expect(far.length).toBeLessThan(near.length / 2);
  expect(Math.abs(enclosed(far) / enclosed(near) - 1)).toBeLessThan(0.002);
  const [dot] = outline(drawn(9, 9, (x, y) => x === 4 && y === 4));
  expect(dot && sparse(dot, 8)).toEqual(dot); // it stays to be seen
});

test("islands and holes of a few pixels are specks, but never the only thing", () => {
  const on = (x: number, y: number): boolean =>
    (Math.hypot(x - 20, y - 20) < 15 && !(x === 20 && y === 20)) || (x > 50 && x < 53 && y === 30);
  const { bold, specks } = sorted(outline(drawn(60, 40, on)));
  expect(bold).toHaveLength(1);
  expect(specks).toHaveLength(2);
  expect(specks.every((loop) => enclosed(loop) < 3)).toBe(true);
  expect(sorted(outline(drawn(9, 9, (x, y) => x === 4 && y === 4))).bold).toHaveLength(1);
});
