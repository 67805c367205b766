// Everything mode beside the photo: how far it is, the filters as sliders with what each drops, and what is said of the
// place under the pointer. Shows what it is given and says what was moved or pressed; it decides nothing.
import type { Fate, Filter } from "../everything/sieve";
import type { Reach, Sieve } from "../protocol";
import { t } from "../words/words";
import { h, icon, keyed, setAttribute, setText } from "./dom";
import { ICONS } from "./icons";

export interface EverythingState {
  readonly on: boolean;
  readonly aside: boolean; // an object is open: nothing of it shows
  readonly running: boolean;
  readonly reach: Reach;
  readonly sieve: Sieve;
  readonly shown: number; // masks that the filters let through
  readonly free: number; // of these that are no objects yet
  readonly all: number;
  readonly dropped: readonly Fate[];
  readonly pixels: number; // of the image
  readonly afar: boolean; // the model sees all of it made small
  readonly atOnce: number; // objects that one press makes at most
  readonly here: readonly string[]; // of the place under the pointer
}

export interface EverythingEvents {
  sift(sieve: Sieve): void;
  acceptAll(): void;
  stop(): void;
}

export interface EverythingPanel {
  readonly element: HTMLElement;
  update(state: EverythingState): void;
}

/** Positions of a slider, and the largest share of the photo that the smallest area may be. */
const STEPS = 100;
const LARGEST = 0.05;

interface Scale {
  readonly field: keyof Sieve & Filter;
  readonly name: string;
  readonly title: string;
  readonly sign: string;
  readonly read: (position: number, pixels: number) => number;
  readonly place: (value: number, pixels: number) => number;
  readonly say: (value: number) => string;
}

const SHARE = {
  read: (position: number): number => position / STEPS,
  place: (value: number): number => Math.round(value * STEPS),
  say: (value: number): string => value.toFixed(2),
};

const SCALES: readonly Scale[] = [
  {
    ...SHARE,
    field: "predicted_iou",
    name: t("Predicted IoU"),
    title: t("Masks that the model expects to fit no better are dropped"),
    sign: ">",
  },
  {
    ...SHARE,
    field: "stability",
    name: t("Stability"),
    title: t("Masks whose border moves more when it is cut a little higher or lower are dropped"),
    sign: "≥",
  },
  {
    field: "area",
    name: t("Smallest area"),
    title: t("Masks of fewer pixels are dropped"),
    sign: "≥",
    // fine where masks are small
    read: (position, pixels) => Math.round((position / STEPS) ** 3 * LARGEST * pixels),
    place: (value, pixels) => Math.round(Math.cbrt(value / (LARGEST * pixels)) * STEPS),
    say: (value) => t("{n} px", { n: value.toLocaleString("en") }),
  },
  {
    ...SHARE,
    field: "overlap",
    name: t("Overlap"),
    title: t("Of two masks whose boxes overlap more, the surer stays"),
    sign: "≤",
  },
];

export function everythingPanel(events: EverythingEvents, signal: AbortSignal): EverythingPanel {
  let state: EverythingState | null = null;
  const count = h("span", { class: "sam-every-count" });
  const stop = h("button", {
    type: "button",
    class: "sam-small",
    "data-action": "everything-stop",
  });
  stop.append(icon(ICONS.clear));
  const head = h("div", { class: "sam-every-head" }, h("h3", {}, t("Everything")), count, stop);
  const bar = h(
    "div",
    { class: "sam-every-bar", role: "progressbar", "aria-label": t("Everything") },
    h("span"),
  );
  const far = h("p", { class: "sam-every-far" });
  const afar = h("p", { class: "sam-every-afar", hidden: true });
  setText(
    afar,
    t(
      "Seen whole and made small: small things are missed. Python’s find_everything looks through it in windows.",
    ),
  );
  const rows = SCALES.map((scale) => sliderOf(scale));
  const all = h("button", {
    type: "button",
    class: "sam-every-all",
    "data-action": "everything-all",
  });
  const here = h("ul", { class: "sam-every-here" });
  const element = h(
    "section",
    { class: "sam-every", "aria-label": t("Everything"), hidden: true },
    ...[head, bar, far, afar, ...rows.map(({ row }) => row), all, here],
  );
  stop.addEventListener("click", () => events.stop(), { signal });
  all.addEventListener("click", () => events.acceptAll(), { signal });
  for (const { input, scale } of rows) {
    input.addEventListener(
      "input",
      () => {
        if (state === null) return;
        const value = scale.read(Number(input.value), state.pixels);
        events.sift({ ...state.sieve, [scale.field]: value });
      },
      { signal },
    );
    // Arrows and digits are the slider's while it has the focus; Escape and the rest stay the widget's.
    input.addEventListener("keydown", (event) => OWN.test(event.code) && event.stopPropagation(), {
      signal,
    });
  }
  return {
    element,
    update(now) {
      state = now;
      element.hidden = !now.on;
      if (!now.on) return;
      setAttribute(element, "data-aside", now.aside);
      setText(count, t("{shown} of {all}", { shown: now.shown, all: now.all }));
      setAttribute(stop, "aria-label", now.running ? t("Look no further") : t("Close everything"));
      keyed(stop, `${now.running ? t("Look no further") : t("Close everything")} ([[Esc]])`);
      const { done, total, why, what } = now.reach;
      bar.hidden = !now.running;
      setAttribute(bar, "aria-valuenow", total === 0 ? 0 : Math.round((100 * done) / total));
      bar.style.setProperty("--sam-progress", String(total === 0 ? 0 : done / total));
      setText(far, farOf(now, done, total, why));
      setAttribute(far, "data-what", what);
      afar.hidden = !now.afar;
      for (const row of rows) row.update(now);
      const many = Math.min(now.free, now.atOnce);
      setText(all, wordsOf(many, now.free));
      all.disabled = many === 0 || now.aside;
      while (here.children.length > now.here.length) here.lastChild?.remove();
      while (here.children.length < now.here.length) here.append(h("li", {}));
      now.here.forEach((words, i) => {
        const line = here.children[i];
        if (line !== undefined) setText(line, words);
      });
      if (now.here.length === 0)
        here.replaceChildren(
          h("li", { class: "sam-every-hint" }, t("Point at a mask, or at where one is missing")),
        );
    },
  };
}

function wordsOf(many: number, free: number): string {
  if (many === 0) return t("Accept all");
  return many < free ? t("Accept the surest {n}", { n: many }) : t("Accept all {n}", { n: many });
}

const OWN = /^(Arrow|Home|End|Page)/;

/** How far it is, or why no further. */
function farOf(state: EverythingState, done: number, total: number, why: string): string {
  if (state.aside && !state.running)
    return t("What was found is back when this object is accepted");
  if (state.running) return t("{done} of {total} points", { done, total });
  if (why !== "") return why;
  return done < total ? t("Stopped at {done} of {total} points", { done, total }) : "";
}

function sliderOf(scale: Scale): {
  readonly scale: Scale;
  readonly row: HTMLElement;
  readonly input: HTMLInputElement;
  update(state: EverythingState): void;
} {
  const value = h("span", { class: "sam-every-value" });
  const lost = h("span", { class: "sam-every-lost" });
  const input = h("input", {
    type: "range",
    min: 0,
    max: STEPS,
    step: 1,
    "data-filter": scale.field,
    "aria-label": scale.name,
  });
  const words = h("span", { class: "sam-every-words" }, h("span", {}, scale.name), lost, value);
  const row = h("label", { class: "sam-every-row", title: scale.title }, words, input);
  return {
    scale,
    row,
    input,
    update({ sieve, pixels, dropped }) {
      const limit = sieve[scale.field];
      // Several places of the slider may mean the same: it stays where the hand has put it.
      const own = Number(input.value);
      const at = scale.read(own, pixels) === limit ? own : scale.place(limit, pixels);
      if (own !== at) input.value = String(at);
      input.style.setProperty("--sam-value", String(at / STEPS));
      const said = `${scale.sign} ${scale.say(limit)}`;
      setText(value, said);
      setAttribute(input, "aria-valuetext", said);
      const many = dropped.filter((fate) => fate.dropped === scale.field).length;
      setText(lost, many === 0 ? "" : `−${many}`);
    },
  };
}
