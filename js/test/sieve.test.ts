import { expect, test } from "vitest";
import golden from "../../tests/golden/sieve.json";
import { fatesOf, type Measures } from "../src/everything/sieve";

type Row = [number, number, number, [number, number, number, number]];

function measures([predictedIou, stability, area, [x0, y0, x1, y1]]: Row): Measures {
  return { predictedIou, stability, area, box: { x0, y0, x1, y1 } };
}

test.each(golden)("golden fates: $name", ({ sieve, found, fates }) => {
  const told = fatesOf(sieve, (found as Row[]).map(measures));
  expect(told.map(({ dropped, by, share }) => [dropped, by, share])).toEqual(fates);
});
