// The three answers side by side: a picture of what each would give, its key, name, predicted IoU and bar.
// Shows what it is given and says what was pointed at or chosen; it decides nothing.
import { overlapOf } from "../dispute";
import { type Answer, CANDIDATES } from "../document";
import type { Gallery } from "../gallery";
import { css, type Rgb } from "../paint";
import type { Agreement } from "../protocol";
import { heard } from "../words/heard";
import { t } from "../words/words";
import { h, icon, setAttribute, setText } from "./dom";
import { explained, shareOf } from "./numbers";
import { drawThumbnail } from "./thumbnail";
import { told } from "./truth";

export interface CandidatesState {
  readonly answer: Answer | null; // the one to show, perhaps out of date
  readonly waiting: boolean; // the model is at work
  readonly chosen: number | null;
  readonly truth: readonly Agreement[]; // how each agrees with the ground truth, where there is one
  readonly photo: ImageBitmap | null;
  readonly pixels: number; // of the image
  readonly color: Rgb;
  readonly ratio: number;
  readonly layout: string;
}

export interface CandidatesEvents {
  choose(index: number): void;
  point(index: number | null): void;
}

/** What the kernel calls the one that leads clearly (`naming.py`); the others are alternatives. */
const BEST = "best";
/** "alternative", as it may break on a narrow card. */
const LONG = "alter\u00adna\u00adtive"; // English alone breaks so
const EMPTY_NAMES = [t("whole"), t("part"), t("subpart")] as const;

/** A cup on its saucer from above: what a whole, a part and a subpart are, said without words. */
function lesson(filled: number): SVGSVGElement {
  const on = (i: number): string => (i === filled ? "sam-lesson-on" : "sam-lesson-off");
  const drawing = icon(
    `<circle class="${on(0)}" cx="19" cy="16" r="13.5"/>` +
      `<path class="${filled === 0 ? "sam-lesson-with" : on(1)}" d="M27.6 11.6l5-2.6a2 2 0 0 1 1.9 3.5l-5.4 2.9a8.6 8.6 0 1 1-1.5-3.8Z" transform="translate(-2 1)"/>` +
      `<circle class="${filled <= 1 ? "sam-lesson-with" : on(2)}" cx="18" cy="17" r="5.6"/>`,
  );
  drawing.setAttribute("viewBox", "0 0 38 32");
  drawing.setAttribute("class", "sam-lesson");
  return drawing;
}

interface Card {
  readonly button: HTMLButtonElement;
  readonly canvas: HTMLCanvasElement;
  readonly name: HTMLElement;
  readonly score: HTMLElement;
  readonly bar: HTMLElement;
  readonly fine: HTMLElement;
  readonly truth: HTMLElement;
  drawn: string;
  of: string; // the answer that what follows is of
  alike: number | null; // the earlier candidate that this one hardly differs from
}

export function candidatesPanel(
  gallery: Pick<Gallery, "shape">,
  events: CandidatesEvents,
  signal: AbortSignal,
): { element: HTMLElement; update(state: CandidatesState): void } {
  const cards = Array.from({ length: CANDIDATES }, (_, i) => card(i, events, signal));
  const teach = h("p", { class: "sam-teach" });
  teach.textContent = t(
    "One click, three answers: the whole thing, a part of it, a part of the part.",
  );
  const list = h("div", {
    class: "sam-candidates",
    role: "group",
    "aria-label": t("Candidate masks"),
  });
  list.append(...cards.map(({ button }) => button), teach);
  return {
    element: list,
    update(state) {
      const { answer, waiting } = state;
      const look = answer === null ? (waiting ? "waiting" : "empty") : waiting ? "stale" : "answer";
      setAttribute(list, "data-look", look);
      setAttribute(list, "aria-busy", waiting ? "true" : null);
      teach.hidden = look !== "empty";
      for (const [i, one] of cards.entries()) updateCard(one, i, state, gallery);
    },
  };
}

function card(index: number, events: CandidatesEvents, signal: AbortSignal): Card {
  const canvas = h("canvas", { class: "sam-thumb-canvas" });
  const key = h("span", { class: "sam-key", "aria-hidden": "true", "data-cap": index + 1 });
  setText(key, String(index + 1));
  const thumb = h("span", { class: "sam-thumb" }, canvas, lesson(index), key);
  const name = h("span", { class: "sam-name" });
  const score = h("span", { class: "sam-score" });
  const bar = h("span", { class: "sam-bar" }, h("span"));
  const fine = h("span", { class: "sam-fine" });
  const truth = h("span", { class: "sam-true", hidden: true });
  const words = h("span", { class: "sam-words" });
  words.append(h("span", { class: "sam-head" }, name, score), bar, fine, truth);
  const button = h("button", {
    type: "button",
    class: "sam-candidate",
    "data-index": index,
    "aria-keyshortcuts": index + 1,
    "aria-pressed": "false",
  });
  button.append(thumb, words);
  button.addEventListener("click", () => events.choose(index), { signal });
  button.addEventListener("pointerenter", () => events.point(index), { signal });
  button.addEventListener("pointerleave", () => events.point(null), { signal });
  button.addEventListener("focus", () => events.point(index), { signal });
  button.addEventListener("blur", () => events.point(null), { signal });
  return { button, canvas, name, score, bar, fine, truth, drawn: "", of: "", alike: null };
}

function updateCard(
  one: Card,
  index: number,
  state: CandidatesState,
  gallery: Pick<Gallery, "shape">,
): void {
  const { button, canvas, name, score, bar, fine } = one;
  const candidate = state.answer?.candidates[index] ?? null;
  const truth = candidate === null ? undefined : state.truth[index];
  one.truth.hidden = truth === undefined;
  const said = truth === undefined ? [] : short(truth);
  if (one.truth.textContent !== said.join(""))
    one.truth.replaceChildren(...said.map((part) => h("span", {}, part)));
  setAttribute(one.truth, "title", truth === undefined ? null : told(truth));
  const possible = candidate !== null || state.waiting; // of an answer that is to come, too
  setAttribute(button, "aria-pressed", possible && state.chosen === index ? "true" : "false");
  button.disabled = !possible;
  button.hidden = state.answer !== null && candidate === null;
  if (candidate === null) {
    setText(name, EMPTY_NAMES[index] ?? "");
    setText(score, "");
    fine.replaceChildren();
    setAttribute(
      button,
      "aria-label",
      t("Candidate {n}, {name}: none yet", { n: index + 1, name: EMPTY_NAMES[index] ?? "" }),
    );
    setAttribute(button, "title", null);
    one.drawn = "";
    return;
  }
  const iou = candidate.score.toFixed(2);
  const stability = candidate.stability.toFixed(2);
  const share = shareOf(candidate.area, state.pixels);
  // Where one leads clearly the others are estimated otherwise: their numbers would say another order.
  const ranked = isRanked(state.answer, index);
  const called = heard(candidate.name);
  if (one.of !== state.answer?.id) {
    const alike = alikeOf(state.answer, index, gallery);
    one.of = alike === undefined ? "" : (state.answer?.id ?? "");
    one.alike = alike ?? null;
  }
  const like = one.alike === null ? "" : ` ≈\u2009${one.alike + 1}`;
  setText(name, called.replace("alternative", LONG) + like);
  setText(score, ranked ? iou : "");
  const stable = t("stable {stability}", { stability });
  if (fine.textContent !== `${stable}${share}`) {
    fine.replaceChildren(h("span", {}, stable), h("span", {}, share));
  }
  setAttribute(
    button,
    "aria-label",
    t("Candidate {n}: {name}, predicted IoU {iou}, stability {stability}, {share} of the picture", {
      n: index + 1,
      name: called,
      iou,
      stability,
      share,
    }) + (truth === undefined ? "" : `; ${t("beside the truth: {told}", { told: told(truth) })}`),
  );
  const words = [explained(candidate, state.pixels)];
  if (one.alike !== null) words.push(t("Much like candidate {n}", { n: one.alike + 1 }));
  setAttribute(button, "title", words.join("\n"));
  bar.style.setProperty(
    "--sam-value",
    ranked ? String(Math.min(1, Math.max(0, candidate.score))) : "0",
  );
  button.style.setProperty("--sam-color", css(state.color));
  const shape = gallery.shape(candidate.blob);
  if (shape === null || state.photo === null) return;
  const drawn = [candidate.blob, state.color, state.ratio, state.layout, canvas.clientWidth].join();
  if (drawn === one.drawn) return;
  one.drawn = drawn;
  drawThumbnail(canvas, state.photo, shape, state.color, state.ratio);
}

/** IoU, Dice and boundary F, as they fit on the narrowest card. */
function short({ iou, dice, boundary }: Agreement): string[] {
  const two = (value: number): string => value.toFixed(2).replace(/^0/, "");
  return [`IoU ${two(iou)}`, `D ${two(dice)}`, `F ${two(boundary)}`];
}

/** From this overlap on two masks say the same, to an eye. */
const ALIKE = 0.85;

/** The first of the earlier candidates that one hardly differs from, null for none; undefined: not known yet. */
export function alikeOf(
  answer: Answer | null,
  index: number,
  gallery: Pick<Gallery, "shape">,
): number | null | undefined {
  const candidates = answer?.candidates ?? [];
  const mine = candidates[index];
  for (const [i, other] of candidates.slice(0, index).entries()) {
    if (mine === undefined || !near(mine.area, other.area)) continue;
    const [one, two] = [gallery.shape(mine.blob), gallery.shape(other.blob)];
    if (one === null || two === null) return undefined;
    if (overlapOf(one.mask, two.mask) >= ALIKE) return i;
  }
  return null;
}

/** Whether two areas are such that the masks can overlap so far at all. */
function near(one: number, other: number): boolean {
  return Math.min(one, other) >= ALIKE * Math.max(one, other);
}

/** Whether a candidate's predicted IoU agrees with its place: it leads, or another than the best was asked for. */
function isRanked(answer: Answer | null, index: number): boolean {
  const best = answer?.candidates[answer.best];
  return answer?.best === index || best?.name !== BEST;
}
