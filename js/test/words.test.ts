import { expect, test } from "vitest";
import { dictionaryOf, filled, t } from "../src/words/words";

test("the first language that there is a dictionary for counts, and English is one", () => {
  expect(dictionaryOf(["fr-FR", "ko-KR", "en"])).toBe(dictionaryOf(["ko"]));
  expect(dictionaryOf(["en-GB", "ko"])).toEqual({});
  expect(dictionaryOf(["fr"])).toEqual({});
  expect(dictionaryOf([])).toEqual({});
});

test("values come to their places, and a name without one stays", () => {
  expect(filled("{n} of {all}", { n: 2 })).toBe("2 of {all}");
  expect(t("A sentence that nobody has translated: {n}", { n: 3 })).toBe(
    "A sentence that nobody has translated: 3",
  );
});
