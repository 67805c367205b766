// The strip of many photos: which is shown, how many are done, small pictures with their marks, and the row that judges.
// Shows what it is given and says what a hand asks for. Of the strip only what is seen, and a little round it, is there.
import type { Album, Slide } from "../protocol";
import { t } from "../words/words";
import { type Bindings, OWN, spelled } from "./bindings";
import { h, icon, setAttribute, setText } from "./dom";
import { ICONS } from "./icons";

type Verdict = "accept" | "fail" | "defer";

export interface FilmEvents {
  go(name: string): void;
  leaf(by: 1 | -1): void;
  judge(verdict: Verdict): void;
  note(note: string): void;
  review(reviewing: boolean, only: Album["only"]): void;
  moved(): void; // other places are seen
  leave(): void;
}

export interface FilmState {
  readonly album: Album;
  readonly slide: (place: number) => Slide | null;
  readonly thumb: (name: string) => string | null;
  readonly bindings: Bindings;
}

export interface Filmstrip {
  readonly element: HTMLElement;
  update(state: FilmState): void;
  enable(alive: boolean): void;
  /** The places that are seen, and a little round them. */
  seen(): { readonly first: number; readonly count: number };
  /** The hand writes a note. */
  write(): void;
}

/** CSS pixels from one photo to the next; places that are there beside those that are seen; the most of all. */
const PITCH = 70;
const ROUND = 3;
const MOST = 64;
const LONGEST_NOTE = 1000;

const VERDICTS: readonly (readonly [Verdict, string, string, string])[] = [
  ["accept", ICONS.accept, t("accept"), t("Accept this photo, and go on ([[Y]])")],
  ["fail", ICONS.clear, t("fail"), t("Fail this photo, and go on ([[I]])")],
  ["defer", ICONS.defer, t("defer"), t("Defer this photo, and go on ([[U]])")],
];
const FILTERS: readonly (readonly [Album["only"], string])[] = [
  ["", t("All photos")],
  ["open", t("Not done")],
  ["done", t("Done")],
  ["accept", t("Accepted photos")],
  ["fail", t("Failed")],
  ["defer", t("Deferred")],
];

export function filmstrip(events: FilmEvents, signal: AbortSignal): Filmstrip {
  const button = (action: string, drawing: string, name: string): HTMLButtonElement => {
    const made = h("button", { type: "button", class: "sam-tool", "data-action": action });
    setAttribute(made, "aria-label", name);
    made.append(icon(drawing));
    return made;
  };
  const previous = button("previous_photo", ICONS.previous, t("Previous photo"));
  const next = button("next_photo", ICONS.next, t("Next photo"));
  const review = button("review", ICONS.review, t("Review the photos"));
  const name = h("strong", { class: "sam-film-name" });
  const progress = h("span", { class: "sam-film-progress" });
  const only = h("select", { class: "sam-film-only", "aria-label": t("Which photos") });
  const options = FILTERS.map(([value]) => h("option", { value }));
  only.append(...options);
  const head = h("div", { class: "sam-film-head" }, previous, next, name, progress, only, review);

  const note = h("input", {
    class: "sam-film-note",
    type: "text",
    maxlength: LONGEST_NOTE,
    "aria-label": t("Note on this photo"),
    placeholder: t("Note"),
    autocomplete: "off",
  });
  const judges = VERDICTS.map(([verdict, drawing, word]) => {
    const made = h("button", { type: "button", class: "sam-verdict", "data-action": verdict });
    setAttribute(made, "data-action", `${verdict}_photo`);
    setAttribute(made, "data-verdict", verdict);
    const count = h("span", { class: "sam-verdict-count" });
    made.append(icon(drawing), h("span", {}, word), count);
    made.addEventListener("click", () => alive && events.judge(verdict), { signal });
    return { verdict, made, count };
  });
  const row = h("div", { class: "sam-film-review", role: "group", "aria-label": t("Review") });
  row.append(...judges.map(({ made }) => made), note);

  const inner = h("div", { class: "sam-film-inner" });
  const strip = h("div", {
    class: "sam-film-strip",
    role: "listbox",
    tabindex: 0,
    "aria-label": t("Photos"),
    "aria-orientation": "horizontal",
  });
  strip.append(inner);
  const bar = h("span", { class: "sam-film-bar", "aria-hidden": "true" });
  const element = h("section", { class: "sam-film", "aria-label": t("Photos"), hidden: true });
  setAttribute(element, "data-alive", true);
  element.append(bar, head, row, strip);

  const frames = new Map<number, Frame>(); // by place
  let alive = true;
  let state: FilmState | null = null;
  let shown: string | null = null; // the photo that was brought into sight last
  let noted: string | null = null; // the photo whose note the field holds

  const seen = (): { first: number; count: number } => {
    const all = state?.album.count ?? 0;
    const first = Math.max(0, Math.floor(strip.scrollLeft / PITCH) - ROUND);
    const wanted = Math.ceil(strip.clientWidth / PITCH) + 2 * ROUND;
    return { first: Math.min(first, all), count: Math.min(MOST, wanted, Math.max(0, all - first)) };
  };

  const layOut = ({ album, slide, thumb }: FilmState): void => {
    inner.style.width = `${album.count * PITCH}px`;
    const { first, count } = seen();
    for (const [place, frame] of frames) {
      if (place >= first && place < first + count) continue;
      frame.element.remove();
      frames.delete(place);
    }
    for (let place = first; place < first + count; place++) {
      let frame = frames.get(place);
      if (frame === undefined) {
        frame = frameOf(place);
        frames.set(place, frame);
        inner.append(frame.element);
      }
      const one = slide(place);
      frame.show(one, one && thumb(one.name), place === album.place);
    }
    setAttribute(strip, "aria-activedescendant", frames.get(album.place)?.element.id ?? null);
  };

  /** Brings the photo that is shown into sight, with its neighbours where there is room. */
  const reveal = (place: number): void => {
    const room = Math.max(0, (strip.clientWidth - PITCH) / 2);
    strip.scrollLeft = Math.max(0, place * PITCH - room);
  };

  const end = (): void => {
    if (alive) events.note(note.value.trim());
  };
  note.addEventListener(
    "keydown",
    (event) => {
      event.stopPropagation();
      if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
      event.preventDefault();
      if (event.key === "Escape") note.value = state?.album.note ?? "";
      events.leave(); // which ends it
    },
    { signal },
  );
  note.addEventListener("keyup", (event) => event.stopPropagation(), { signal });
  note.addEventListener("blur", end, { signal });
  only.addEventListener(
    "change",
    () => events.review(state?.album.reviewing ?? false, only.value as Album["only"]),
    { signal },
  );
  only.addEventListener("keydown", (event) => event.stopPropagation(), { signal });
  review.addEventListener(
    "click",
    () => alive && events.review(!state?.album.reviewing, state?.album.only ?? ""),
    { signal },
  );
  previous.addEventListener("click", () => alive && events.leaf(-1), { signal });
  next.addEventListener("click", () => alive && events.leaf(1), { signal });
  strip.addEventListener("scroll", () => events.moved(), { signal });
  strip.addEventListener(
    "click",
    (event) => {
      const frame = event.target instanceof Element ? event.target.closest("[data-photo]") : null;
      const photo = frame?.getAttribute("data-photo");
      if (alive && photo !== null && photo !== undefined) events.go(photo);
    },
    { signal },
  );
  strip.addEventListener(
    "keydown",
    (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key] as 1 | -1 | undefined;
      if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation(); // to the photo it means something else
      if (alive) events.leaf(by);
    },
    { signal },
  );
  const resized = new ResizeObserver(() => events.moved());
  resized.observe(strip);
  signal.addEventListener("abort", () => resized.disconnect(), { once: true });

  return {
    element,
    seen,
    enable(living) {
      alive = living;
      setAttribute(element, "data-alive", alive);
    },
    write() {
      note.focus({ preventScroll: true });
      note.select();
    },
    update(given) {
      const { album, bindings } = given;
      const { progress: of } = album;
      state = given;
      element.hidden = false;
      row.hidden = !album.reviewing;
      setText(name, album.name);
      setAttribute(name, "title", album.name);
      const count = { done: of.done, known: of.known };
      const more = t("{done} of {known} or more done", count);
      setText(progress, of.whole ? t("{done} of {known} done", count) : more);
      bar.style.setProperty("--sam-done", String(of.known === 0 ? 0 : of.done / of.known));
      titled(previous, t("Previous photo ([[,]])"), bindings);
      titled(next, t("Next photo ([[.]])"), bindings);
      titled(review, t("Review the photos ([[R]])"), bindings);
      titled(note, t("Note on this photo ([[M]])"), bindings);
      setAttribute(review, "aria-pressed", album.reviewing ? "true" : "false");
      const counts = { "": of.known, open: of.known - of.done, done: of.done };
      FILTERS.forEach(([value, word], i) => {
        const n = value in counts ? counts[value as "open"] : of[value as Verdict];
        const option = options[i];
        if (option !== undefined) setText(option, `${word} (${n})`);
      });
      if (only.value !== album.only) only.value = album.only;
      judges.forEach(({ verdict, made, count: number }, i) => {
        setAttribute(made, "aria-pressed", album.verdict === verdict ? "true" : "false");
        setText(number, String(of[verdict]));
        titled(made, VERDICTS[i]?.[3] ?? "", bindings);
      });
      if (noted !== album.name || !note.matches(":focus")) note.value = album.note;
      noted = album.name;
      layOut(given);
      if (shown !== album.name && strip.clientWidth > 0) {
        shown = album.name;
        if (album.place >= 0) reveal(album.place);
        layOut(given);
      }
    },
  };
}

function titled(element: Element, text: string, bindings: Bindings = OWN): void {
  setAttribute(element, "title", spelled(text, bindings));
}

interface Frame {
  readonly element: HTMLElement;
  show(slide: Slide | null, thumb: string | null, current: boolean): void;
}

let made = 0; // several views of a page: an id each

/** One small photo and its marks. */
function frameOf(place: number): Frame {
  const image = h("img", { class: "sam-slide-image", alt: "", hidden: true, draggable: "false" });
  const mark = h("span", { class: "sam-slide-mark", hidden: true });
  const objects = h("span", { class: "sam-slide-objects", hidden: true });
  const element = h("div", { class: "sam-slide", role: "option", id: `sam-slide-${++made}` });
  element.style.left = `${place * PITCH}px`;
  element.append(image, objects, mark);
  let drawn = "";
  return {
    element,
    show(slide, thumb, current) {
      setAttribute(element, "aria-selected", current ? "true" : "false");
      image.hidden = thumb === null;
      setAttribute(image, "src", thumb);
      setAttribute(element, "data-photo", slide?.name ?? null);
      const what = slide === null ? "" : markOf(slide);
      setAttribute(element, "data-mark", what || null);
      mark.hidden = what === "";
      if (what !== drawn) mark.replaceChildren(...(what === "" ? [] : [icon(MARKS[what])]));
      drawn = what;
      objects.hidden = slide === null || slide.objects === 0;
      setText(objects, String(slide?.objects ?? ""));
      const words = slide === null ? t("Photo {n}", { n: place + 1 }) : wordsOf(slide);
      setAttribute(element, "aria-label", words);
      setAttribute(element, "title", words);
    },
  };
}

type Mark = "busy" | "broken" | "done" | Verdict;

const MARKS: { readonly [mark in Mark]: string } = {
  busy: ICONS.taken,
  broken: ICONS.error,
  done: ICONS.ready,
  accept: ICONS.accept,
  fail: ICONS.clear,
  defer: ICONS.defer,
};

/** The mark that counts most. */
export function markOf(slide: Slide): Mark | "" {
  if (slide.broken) return "broken";
  if (slide.busy !== "") return "busy";
  return slide.verdict || (slide.done ? "done" : "");
}

function wordsOf(slide: Slide): string {
  const said = [slide.name];
  if (slide.objects === 1) said.push(t("1 object"));
  if (slide.objects > 1) said.push(t("{n} objects", { n: slide.objects }));
  const mark = markOf(slide);
  if (mark === "busy") said.push(t("open elsewhere: {who}", { who: slide.busy }));
  else if (mark !== "") said.push(SAID[mark]);
  if (slide.note !== "") said.push(slide.note);
  return said.join(", ");
}

const SAID: { readonly [mark in Exclude<Mark, "busy">]: string } = {
  broken: t("it cannot be read"),
  done: t("done"),
  accept: t("accepted"),
  fail: t("failed"),
  defer: t("deferred"),
};
