// The pill at the right of the toolbar: which model, and how it is; said aloud when it changes.
import type { Status } from "../protocol";
import type { Contact } from "../store";
import { heard } from "../words/heard";
import { t } from "../words/words";
import { h, icon, setAttribute, setText } from "./dom";
import { ICONS } from "./icons";

const WORDS = {
  waiting: t("connecting"),
  loading: t("loading"),
  downloading: t("downloading"),
  encoding: t("reading"),
  ready: t("ready"),
  error: t("error"),
  silent: t("no answer"),
  gone: t("disconnected"),
  saved: t("no kernel"),
};
const PICTURES = {
  waiting: "busy",
  loading: "busy",
  encoding: "busy",
  ready: "ready",
  error: "error",
  silent: "error",
  gone: "broken",
  saved: "broken",
} as const;

export function statusPill(): {
  element: HTMLElement;
  update(status: Status | null, contact: Contact): void;
} {
  const pictures = h("span", { class: "sam-status-picture" });
  const model = h("span", { class: "sam-status-model" });
  const words = h("span", { class: "sam-status-words" });
  const more = h("span", { class: "sam-status-more" }); // where there is room
  // Readers hear of the download once, not of each percent; who wants to know asks the bar.
  const share = h("span", { class: "sam-status-share", "aria-hidden": "true" });
  const bar = h("span", {
    class: "sam-status-bar",
    role: "progressbar",
    "aria-label": t("Download"),
    hidden: true,
  });
  const element = h("div", { class: "sam-status", role: "status", "aria-live": "polite" });
  element.append(pictures, model, words, more, share, bar);
  let shown = "";
  return {
    element,
    update(status, contact) {
      const what = contact === "open" ? (status?.what ?? "loading") : contact;
      setAttribute(element, "data-what", what);
      if (shown !== PICTURES[what]) {
        shown = PICTURES[what];
        pictures.replaceChildren(icon(ICONS[PICTURES[what]]));
      }
      setText(model, shortOf(status?.model ?? ""));
      const progress = contact === "open" ? (status?.progress ?? null) : null;
      const percent = progress === null ? null : Math.floor(progress * 100);
      // Only a download knows how far it is.
      setText(words, WORDS[what === "loading" && percent !== null ? "downloading" : what]);
      setText(more, what === "encoding" ? t("the photo") : "");
      setText(share, percent === null ? "" : `${percent}%`);
      setAttribute(element, "title", status?.text ? heard(status.text) : null);
      bar.hidden = percent === null;
      setAttribute(bar, "aria-valuenow", percent);
      bar.style.setProperty("--sam-progress", String(progress ?? 0));
    },
  };
}

/** A model's own name: of a path or a hub's id the last part. */
export function shortOf(model: string): string {
  return model.split(/[\\/]/).findLast((part) => part !== "") ?? "";
}
