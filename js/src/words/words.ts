// What the page says, in the reader's language: the English sentence is its own key. No sentence stands here, and
// nothing is drawn. A language more: a dictionary like ko.ts, and a line below.
import { KOREAN } from "./ko";

/** English sentence -> the same in another language; `{name}` stands where a value comes. */
export type Dictionary = { readonly [english: string]: string };

/** By the first part of a language's tag; English needs none. */
export const DICTIONARIES: { readonly [language: string]: Dictionary } = { en: {}, ko: KOREAN };

/**
 * The first of these that there is a dictionary for, else English. The browser's, not the page's `lang`: hosts say
 * "en" there whatever they speak.
 */
export function languageOf(languages: readonly string[]): string {
  const known = languages.map((tag) => tag.toLowerCase().split("-")[0] ?? "");
  return known.find((language) => Object.hasOwn(DICTIONARIES, language)) ?? "en";
}

/** What the page speaks, as `lang` says it. */
export const LANGUAGE = languageOf(typeof navigator === "undefined" ? [] : navigator.languages);

const own = DICTIONARIES[LANGUAGE] ?? {};

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
