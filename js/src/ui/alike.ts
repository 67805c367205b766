// Things like an example beside the photo: how far it is, from which score on one is taken, the likest as small pictures
// to accept or refuse, and what the clicks so far have given. Shows what it is given; it decides nothing.
import type { Like } from "../alike/likes";
import { css, type Rgb } from "../paint";
import type { Likened } from "../protocol";
import { t } from "../words/words";
import { OWN as OWN_KEYS, spelled } from "./bindings";
import { h, icon, keyed, setAttribute, setText } from "./dom";
import { ICONS } from "./icons";
import { shareOf } from "./numbers";
import { drawThumbnail } from "./thumbnail";

export interface AlikeState {
  readonly on: boolean;
  readonly aside: boolean; // an object is open: nothing of it shows
  readonly running: boolean;
  readonly said: Likened;
  readonly least: number; // the score from which on one is taken
  readonly free: readonly Like[]; // those that are no objects yet, the likest first
  readonly taken: number; // of these, with that score
  readonly atOnce: number; // objects that one press makes at most
  readonly next: number | null; // the one that a key answers
  readonly photo: ImageBitmap | null;
  readonly ratio: number; // device pixels of one of CSS
  readonly color: Rgb;
  readonly pixels: number; // of the image
}

export interface AlikeEvents {
  cut(least: number): void;
  accept(index: number): void;
  refuse(index: number): void;
  acceptAll(): void;
  back(): void;
  stop(): void;
}

export interface AlikePanel {
  readonly element: HTMLElement;
  update(state: AlikeState): void;
}

/** Positions of the slider, and proposals that are pictured. */
const STEPS = 100;
const PICTURED = 6;

export function alikePanel(events: AlikeEvents, signal: AbortSignal): AlikePanel {
  const small = (action: string, picture: keyof typeof ICONS, name: string): HTMLButtonElement => {
    const one = h("button", { type: "button", class: "sam-small", "data-action": action });
    setAttribute(one, "aria-label", spelled(name, OWN_KEYS));
    keyed(one, name);
    one.append(icon(ICONS[picture]));
    return one;
  };
  const count = h("span", { class: "sam-every-count" });
  const stop = small("alike-stop", "clear", t("Look no further"));
  const head = h("div", { class: "sam-every-head" }, h("h3", {}, t("Alike")), count, stop);
  const bar = h(
    "div",
    { class: "sam-every-bar", role: "progressbar", "aria-label": t("Alike") },
    h("span"),
  );
  const far = h("p", { class: "sam-every-far" });
  const value = h("span", { class: "sam-every-value" });
  const input = h("input", {
    type: "range",
    min: 0,
    max: STEPS,
    step: 1,
    "data-filter": "score",
    "aria-label": t("Score"),
  });
  const words = h(
    "span",
    { class: "sam-every-words" },
    h("span", { class: "sam-every-lost" }, t("Score")),
    value,
  );
  const title = t("How like the examples it is, times the predicted IoU; grey ones lie below");
  const row = h("label", { class: "sam-every-row", title }, words, input);
  const all = h("button", { type: "button", class: "sam-every-all", "data-action": "alike-all" });
  const list = h("ol", { class: "sam-alike-list", "aria-label": t("The likest") });
  const cards = Array.from({ length: PICTURED }, () => cardOf(events, small, signal));
  list.append(...cards.map(({ element }) => element));
  const back = h("button", { type: "button", class: "sam-link", "data-action": "alike-back" });
  const given = h("span", {});
  const foot = h("p", { class: "sam-every-far sam-alike-foot" }, given, back);
  const element = h(
    "section",
    { class: "sam-every sam-alike", "aria-label": t("Alike"), hidden: true },
    ...[head, bar, far, row, all, list, foot],
  );
  stop.addEventListener("click", () => events.stop(), { signal });
  all.addEventListener("click", () => events.acceptAll(), { signal });
  back.addEventListener("click", () => events.back(), { signal });
  input.addEventListener("input", () => events.cut(Number(input.value) / STEPS), { signal });
  input.addEventListener("keydown", (event) => OWN.test(event.code) && event.stopPropagation(), {
    signal,
  });
  return {
    element,
    update(state) {
      element.hidden = !state.on;
      if (!state.on) return;
      const { running, said, least, free, taken } = state;
      setAttribute(element, "data-aside", state.aside);
      setText(count, t("{shown} of {all}", { shown: taken, all: free.length }));
      const name = running ? t("Look no further") : t("Close what is alike");
      setAttribute(stop, "aria-label", name);
      keyed(stop, `${name} ([[Esc]])`);
      const { done, total, what, why } = said.reach;
      bar.hidden = !running;
      setAttribute(bar, "aria-valuenow", total === 0 ? 0 : Math.round((100 * done) / total));
      bar.style.setProperty("--sam-progress", String(total === 0 ? 0 : done / total));
      setText(far, farOf(state, why));
      setAttribute(far, "data-what", what);
      const at = String(Math.round(least * STEPS));
      if (input.value !== at) input.value = at;
      setText(value, `≥ ${least.toFixed(2)}`);
      setAttribute(input, "aria-valuetext", value.textContent);
      const many = Math.min(taken, state.atOnce);
      setText(all, many === 0 ? t("Accept all") : t("Accept all {n}", { n: many }));
      all.disabled = many === 0 || state.aside;
      for (const [i, card] of cards.entries()) card.show(free[i] ?? null, state);
      setText(
        given,
        t("objects: {objects} · clicks: {clicks}", { objects: said.objects, clicks: said.clicks }),
      );
      setText(back, t("{n} refused: bring one back", { n: said.refused }));
      back.hidden = said.refused === 0;
    },
  };
}

const OWN = /^(Arrow|Home|End|Page)/;

function farOf({ aside, running, free, said }: AlikeState, why: string): string {
  if (aside && !running) return t("What is proposed is back when this object is accepted");
  if (running)
    return t("{done} clicks, {total} at most", { done: said.reach.done, total: said.reach.total });
  if (why !== "") return why;
  return free.length === 0 ? t("Nothing more here is like it") : "";
}

/** One of the likest: its picture, its score, and the two answers. */
function cardOf(
  events: AlikeEvents,
  small: (action: string, picture: keyof typeof ICONS, name: string) => HTMLButtonElement,
  signal: AbortSignal,
): { readonly element: HTMLElement; show(like: Like | null, state: AlikeState): void } {
  const canvas = h("canvas", { class: "sam-alike-picture", "aria-hidden": "true" });
  const score = h("span", { class: "sam-fine" });
  const yes = small("alike-accept", "accept", t("One more: accept it ([[Enter]])"));
  const no = small("alike-refuse", "clear", t("None: refuse it ([[Delete]])"));
  const element = h("li", {}, canvas, h("span", { class: "sam-alike-answers" }, no, score, yes));
  let shown: Like | null = null;
  let drawn = "";
  yes.addEventListener("click", () => shown && events.accept(shown.index), { signal });
  no.addEventListener("click", () => shown && events.refuse(shown.index), { signal });
  return {
    element,
    show(like, state) {
      shown = like;
      element.hidden = like === null;
      if (like === null) return;
      setText(score, like.score.toFixed(2));
      setAttribute(element, "data-next", like.index === state.next);
      setAttribute(element, "data-faint", like.score < state.least);
      const words = t("score {score}, likeness {likeness}, predicted IoU {iou}, {share}", {
        score: like.score.toFixed(2),
        likeness: like.likeness.toFixed(2),
        iou: like.predicted_iou.toFixed(2),
        share: shareOf(like.area, state.pixels),
      });
      setAttribute(element, "title", words);
      setAttribute(element, "aria-label", words);
      for (const one of [yes, no]) one.disabled = state.aside;
      const key = `${like.blob} ${state.ratio} ${css(state.color)} ${canvas.clientWidth}`;
      if (key === drawn || state.photo === null) return;
      drawn = canvas.clientWidth > 0 ? key : "";
      drawThumbnail(canvas, state.photo, like.shape, state.color, state.ratio);
    },
  };
}
