// The part of the panel that a ground truth brings: how the mask agrees with it, the IoU against clicks beside the
// simulated annotator's, what the colours mean. Shows what it is given; it compares nothing.
import type { Agreement } from "../protocol";
import { t } from "../words/words";
import { h, icon, keyed, setAttribute, setText } from "./dom";
import { ICONS } from "./icons";

export interface TruthState {
  readonly taught: boolean;
  readonly on: boolean; // errors are shown on the photo
  readonly shown: Agreement | null;
  readonly course: readonly (number | null)[]; // IoU after each click
  readonly race: readonly number[]; // the annotator's
  readonly alive: boolean; // whether the annotator can click now
}

export interface TruthEvents {
  turn(): void;
  annotate(): void;
}

const WIDE = 220; // of the plot, its own units
const TALL = 66;
const EDGE = { left: 22, right: 8, top: 6, bottom: 14 };
const LEAST = 5; // clicks that the plot has room for

export function truthPanel(
  events: TruthEvents,
  signal: AbortSignal,
): { element: HTMLElement; update(state: TruthState): void } {
  const numbers = h("output", { class: "sam-truth-numbers" });
  const name = t("Show what is missed and what is wrong");
  const turn = h("button", {
    type: "button",
    class: "sam-small",
    "data-action": "errors",
    "aria-label": name,
  });
  keyed(turn, `${name} ([[G]])`);
  turn.append(icon(ICONS.errors));
  const legend = h("div", { class: "sam-legend" });
  legend.append(
    h("span", {}, h("i", { class: "sam-missed" }), t("missed")),
    h("span", {}, h("i", { class: "sam-wrong" }), t("wrong")),
  );
  const head = h("div", { class: "sam-truth-head" });
  head.append(h("strong", {}, t("Truth")), legend);
  const plot = h("div", { class: "sam-plot", role: "img", title: t("IoU against clicks") });
  const annotate = h("button", {
    type: "button",
    class: "sam-annotate",
    "data-action": "annotate",
    "aria-label": t("Let the annotator click"),
    title: t(
      "A simulated annotator, who knows the truth, clicks in the middle of the larger error",
    ),
  });
  annotate.append(h("span", {}, t("let it click")));
  const element = h("section", {
    class: "sam-truth",
    "aria-label": t("Ground truth"),
    hidden: true,
  });
  const row = h("div", { class: "sam-truth-head" }, numbers, turn);
  const curves = h("div", { class: "sam-legend sam-curves" });
  curves.append(
    h("span", {}, h("i", { class: "sam-course" }), t("you")),
    h("span", {}, h("i", { class: "sam-race" }), t("annotator")),
    annotate,
  );
  element.append(head, row, plot, curves);
  turn.addEventListener("click", () => events.turn(), { signal });
  annotate.addEventListener("click", () => alive && events.annotate(), { signal });
  let alive = false;
  let drawn = "";
  return {
    element,
    update(state) {
      element.hidden = !state.taught;
      if (!state.taught) return;
      setAttribute(turn, "aria-pressed", state.on ? "true" : "false");
      const { shown } = state;
      setText(numbers, shown === null ? t("click, to see how well it agrees") : brief(shown));
      setAttribute(numbers, "title", shown === null ? null : told(shown));
      legend.hidden = !state.on || state.shown === null;
      alive = state.alive;
      // Not `disabled`: a button that has the focus would lose it, and the widget its keys.
      setAttribute(annotate, "aria-disabled", alive ? null : "true");
      const now = JSON.stringify([state.course, state.race]);
      if (now === drawn) return;
      drawn = now;
      plot.hidden = state.course.length === 0;
      plot.innerHTML = plotOf(state.course, state.race);
      setAttribute(plot, "aria-label", spoken(state.course, state.race));
    },
  };
}

/** `IoU 0.87 · Dice 0.93 · boundary F 0.71`. */
export function told({ iou, dice, boundary }: Agreement): string {
  return t("IoU {iou} · Dice {dice} · boundary F {boundary}", {
    iou: iou.toFixed(2),
    dice: dice.toFixed(2),
    boundary: boundary.toFixed(2),
  });
}

/** The same, as it fits in the panel. */
function brief({ iou, dice, boundary }: Agreement): string {
  return `IoU ${iou.toFixed(2)} · Dice ${dice.toFixed(2)} · F\u00a0${boundary.toFixed(2)}`;
}

function spoken(course: TruthState["course"], race: readonly number[]): string {
  const listed = (values: readonly (number | null)[]): string =>
    values.map((value) => value?.toFixed(2) ?? "–").join(", ");
  const own = t("IoU after each click: {values}", { values: listed(course) });
  return race.length === 0 ? own : `${own}; ${t("annotator: {values}", { values: listed(race) })}`;
}

/** The two curves, as SVG; numbers and our own words alone go in. */
export function plotOf(course: TruthState["course"], race: readonly number[]): string {
  const most = Math.max(LEAST, course.length, race.length);
  const x = (click: number): number =>
    EDGE.left + ((WIDE - EDGE.left - EDGE.right) * (click - 1)) / (most - 1);
  const y = (iou: number): number => TALL - EDGE.bottom - (TALL - EDGE.top - EDGE.bottom) * iou;
  const points = (values: readonly (number | null)[]): readonly (readonly [number, number])[] =>
    values.flatMap((iou, i) => (iou === null ? [] : [[x(i + 1), y(iou)] as const]));
  const curve = (values: readonly (number | null)[], kind: string): string => {
    const at = points(values).map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`);
    const dots = at.map((place) => {
      const [cx, cy] = place.split(",");
      return `<circle class="${kind}" cx="${cx}" cy="${cy}" r="2.6"/>`;
    });
    return `<polyline class="${kind}" points="${at.join(" ")}"/>${dots.join("")}`;
  };
  const grid = [0, 0.5, 1].map(
    (iou) =>
      `<path class="sam-grid" d="M${EDGE.left} ${y(iou)}H${WIDE - EDGE.right}"/>` +
      `<text x="${EDGE.left - 5}" y="${y(iou) + 3}" text-anchor="end">${iou}</text>`,
  );
  const ticks = Array.from({ length: most }, (_, i) => i + 1)
    .filter((click) => most <= 10 || click === 1 || click % 5 === 0)
    .map((click) => `<text x="${x(click)}" y="${TALL - 3}" text-anchor="middle">${click}</text>`);
  return (
    `<svg viewBox="0 0 ${WIDE} ${TALL}" aria-hidden="true">${grid.join("")}${ticks.join("")}` +
    `${curve(race, "sam-race")}${curve(course, "sam-course")}</svg>`
  );
}
