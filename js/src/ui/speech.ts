// What is said to those who hear the page: the last thing that was done, and what came of it. Never seen.
import { h, setText } from "./dom";

export function speech(): { element: HTMLElement; say(words: string | null): void } {
  const element = h("div", { class: "sam-speech", role: "status", "aria-live": "polite" });
  return {
    element,
    /** Null: nothing new, and the last word stands. */
    say(words) {
      if (words !== null) setText(element, words);
    },
  };
}
