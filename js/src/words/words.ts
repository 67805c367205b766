// What the page says, in the reader's language: the English sentence is its own key. No sentence stands here, and
// nothing is drawn.
import { KOREAN } from "./ko";

/** English sentence -> the same in another language; `{name}` stands where a value comes. */
export type Dictionary = { readonly [english: string]: string };

/** By the first part of a language's tag; English needs none. */
const DICTIONARIES: { readonly [language: string]: Dictionary } = { ko: KOREAN };

/** The dictionary of the first language that there is one for; of English, which is always there, an empty one. */
export function dictionaryOf(languages: readonly string[]): Dictionary {
  for (const tag of languages) {
    const language = tag.toLowerCase().split("-")[0] ?? "";
    if (language === "en") return {};
    const found = DICTIONARIES[language];
    if (found !== undefined) return found;
  }
  return {};
}

const own = dictionaryOf(typeof navigator === "undefined" ? [] : navigator.languages);

/** The sentence in the browser's language, with the values in their places. */
export function t(
  english: string,
  values: { readonly [name: string]: string | number } = {},
): string {
  return filled(own[english] ?? english, values);
}

/** A sentence with values for its `{names}`. */
export function filled(
  sentence: string,
  values: { readonly [name: string]: string | number },
): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
