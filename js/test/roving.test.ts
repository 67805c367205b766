import { expect, test } from "vitest";
import { stepOf } from "../src/ui/roving";

test("arrows go round a row of buttons, Home and End to its ends, other keys nowhere", () => {
  expect(stepOf("ArrowRight", 0, 3)).toBe(1);
  expect(stepOf("ArrowRight", 2, 3)).toBe(0);
  expect(stepOf("ArrowLeft", 0, 3)).toBe(2);
  expect(stepOf("Home", 2, 3)).toBe(0);
  expect(stepOf("End", 0, 3)).toBe(2);
  expect(stepOf("ArrowDown", 0, 3)).toBeNull();
  expect(stepOf("Home", 0, 0)).toBeNull();
});
