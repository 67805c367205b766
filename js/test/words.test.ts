/// <reference types="vite/client" />
import { expect, test } from "vitest";
import { heard, KERNEL } from "../src/words/heard";
import { DICTIONARIES, filled, languageOf, t } from "../src/words/words";

test("the first language that there is a dictionary for counts, and English is one", () => {
  expect(languageOf(["fr-FR", "ko-KR", "en"])).toBe("ko");
  expect(languageOf(["en-GB", "ko"])).toBe("en");
  expect(languageOf(["fr"])).toBe("en");
  expect(languageOf([])).toBe("en");
});

test("values come to their places, and a name without one stays", () => {
  expect(filled("{n} of {all}", { n: 2 })).toBe("2 of {all}");
  expect(t("A sentence that nobody has translated: {n}", { n: 3 })).toBe(
    "A sentence that nobody has translated: 3",
  );
});

test("the kernel's fixed sentences are known, whatever model they name; others stay as they came", () => {
  for (const said of ["Ready.", "Loading the model a/b.pth...", "The file {model} is broken."]) {
    expect(heard(said)).toBe(said);
  }
});

const SOURCE = import.meta.glob<string>("../src/**/*.ts", {
  query: "?raw",
  import: "default",
  eager: true,
});
const CALL = /(?<![\w.])t\(\s*("(?:[^"\\]|\\.)*"|'[^']*'|.)/g;

/** Every sentence that `t` is called with in the page's source, and those that the kernel says. */
function said(): Set<string> {
  const found = new Set(KERNEL);
  for (const [name, text] of Object.entries(SOURCE)) {
    if (name.includes("/words/")) continue;
    for (const [, first = ""] of text.matchAll(CALL)) {
      // Anything but a sentence as it stands could not be found here, nor by who translates.
      expect(first, `${name}: t(${first}`).toMatch(/^["'].+["']$/s);
      found.add(first.startsWith("'") ? first.slice(1, -1) : JSON.parse(first));
    }
  }
  return found;
}

const names = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).sort();
const keys = (sentence: string): string[] => (sentence.match(/\[\[.+?\]\]/g) ?? []).sort();

test.each(Object.keys(DICTIONARIES).filter((language) => language !== "en"))(
  "the dictionary %s has every sentence and no other, with the same values and keys",
  (language) => {
    const dictionary = DICTIONARIES[language] ?? {};
    const sentences = said();
    expect(sentences.size).toBeGreaterThan(50);
    expect([...sentences].filter((sentence) => !(sentence in dictionary))).toEqual([]);
    expect(Object.keys(dictionary).filter((sentence) => !sentences.has(sentence))).toEqual([]);
    for (const [english, other] of Object.entries(dictionary)) {
      expect(names(other), english).toEqual(names(english));
      expect(keys(other), english).toEqual(keys(english));
      expect(other.trim(), english).not.toBe("");
    }
  },
);
