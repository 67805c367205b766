// The line in words when something went wrong: a rejected step, a model that cannot run, a kernel that is gone.
import type { Status } from "../protocol";
import type { Store } from "../store";
import { heard } from "../words/heard";
import { t } from "../words/words";
import { h, icon } from "./dom";
import { ICONS } from "./icons";

const GONE = t("The kernel has stopped or restarted. Run the cell again.");
const SAVED = t("No kernel: this is what was saved. Run the cell to go on.");
const SILENT = t("The kernel does not answer; it may be busy. What you do is kept.");

/** What must be said in words now, if anything. */
export function wordsOf({ contact, error, status }: Store): string | null {
  if (contact === "gone") return GONE;
  if (contact === "saved") return SAVED;
  if (error !== null) return heard(error);
  if (status?.what === "error") return failureOf(status);
  return contact === "silent" ? SILENT : null;
}

/** Why the model cannot run. */
export function failureOf(status: Status | null): string {
  return status?.text ? heard(status.text) : t("The model cannot run.");
}

/** What a person can do about it. */
export interface Ways {
  readonly dismiss: boolean;
  readonly retry: boolean;
}

export function notice(
  dismiss: () => void,
  retry: () => void,
  signal: AbortSignal,
): { element: HTMLElement; update(text: string | null, ways: Ways): void } {
  const words = h("span", { class: "sam-error-words" });
  const again = h("button", { type: "button", class: "sam-retry", "data-action": "retry" });
  again.textContent = t("Try again");
  again.addEventListener("click", retry, { signal });
  const close = h("button", {
    type: "button",
    class: "sam-tool",
    "aria-label": t("Dismiss this message"),
    title: t("Dismiss"),
  });
  close.append(icon(ICONS.clear));
  close.addEventListener("click", dismiss, { signal });
  const element = h("div", { class: "sam-error", role: "alert", hidden: true });
  element.append(icon(ICONS.error), words, again, close);
  return {
    element,
    update(text, ways) {
      if (words.textContent !== (text ?? "")) words.replaceChildren(...breakable(text ?? ""));
      element.hidden = text === null;
      again.hidden = !ways.retry;
      close.hidden = !ways.dismiss;
    },
  };
}

/** Text whose addresses and paths may break after a slash, though not within `https://`. */
function breakable(text: string): Node[] {
  const parts = text.split(/(?<=[^/:]\/)(?=[^/])/).map((part) => document.createTextNode(part));
  return parts.flatMap((part, i) => (i === 0 ? [part] : [h("wbr"), part]));
}
