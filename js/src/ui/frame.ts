// The elements of a view and how they share the room. It places things; what they show is theirs to say.
import type { Canvases } from "../easel";
import type { Cursor } from "../holds";
import { MODES, type Mode, wayOf } from "../kinds";
import type { Contact } from "../store";
import { type Place, type Size, toScreen, type Viewport } from "../viewport";
import { LANGUAGE, t } from "../words/words";
import { h, setAttribute, setText } from "./dom";
import { roomOf } from "./room";

const PADDING = 6; // of the root, CSS pixels, both sides
const EMPTY: Size = { width: 3, height: 2 };

export interface Frame {
  readonly root: HTMLElement;
  readonly stage: HTMLElement;
  readonly canvases: Canvases;
  /** Fits everything to the room; returns where the picture lies now. */
  layOut(image: Size | null, height: number): Viewport;
  show(state: FrameState): void;
}

export interface FrameState {
  readonly mode: Mode; // what the next press does: the pointer's shape
  readonly waiting: Place | null; // where the prompt is whose answer is awaited
  readonly cross: Place | null; // where the crosshair is, image pixels
  readonly view: Viewport;
  readonly photo: boolean; // it can be seen
  readonly empty: boolean; // the widget has no picture
  readonly contact: Contact;
  readonly said: string; // what the photo shows, for those who do not see it
  readonly over: boolean; // the pointer is on what a click selects
  readonly light: string | null; // a CSS filter of the photo
  readonly cursor: Cursor | null; // it is on a prompt's mark: what a press does to that
  readonly still: string | null; // the address of a picture to show in the photo's place
}

export function frameOf(parts: {
  readonly toolbar: HTMLElement;
  readonly notice: HTMLElement;
  readonly cleaning: HTMLElement;
  readonly near: readonly HTMLElement[]; // what lies on a photo that is seen from near
  readonly panel: readonly HTMLElement[];
  readonly help: HTMLElement;
  readonly film: HTMLElement; // of many photos
  readonly footer: HTMLElement;
  readonly speech: HTMLElement;
}): Frame {
  const canvas = (name: string): HTMLCanvasElement =>
    h("canvas", { class: `sam-canvas ${name}`, "aria-hidden": "true" });
  const canvases: Canvases = {
    photo: canvas("sam-photo"),
    layer: canvas("sam-layer"),
    overlay: canvas("sam-overlay"),
    found: canvas("sam-found"),
    alike: canvas("sam-found sam-found-alike"),
    numbered: canvas("sam-numbered"),
    marks: h("canvas", { class: "sam-canvas sam-marks", role: "img" }), // the uppermost speaks for all
  };
  const pulse = h("span", { class: "sam-pulse", hidden: true });
  const cross = h("span", { class: "sam-cross", "aria-hidden": "true", hidden: true });
  const veil = h("div", { class: "sam-veil" });
  const still = h("img", { class: "sam-still", alt: t("The photo with its masks"), hidden: true });
  const picture = h(
    "div",
    { class: "sam-picture" },
    ...Object.values(canvases),
    still,
    pulse,
    cross,
  );
  picture.append(...parts.near);
  const stage = h("div", { class: "sam-stage" }, picture, veil);
  const body = h(
    "div",
    { class: "sam-body" },
    stage,
    h("div", { class: "sam-panel" }, ...parts.panel),
    parts.help,
  );
  const card = h("div", { class: "sam-frame" }, parts.toolbar, parts.notice);
  card.append(parts.cleaning, body, parts.film, parts.footer);
  card.append(parts.speech);
  const root = h(
    "div",
    {
      class: "sam-widget",
      tabindex: 0,
      role: "application",
      lang: LANGUAGE,
      "aria-label": t("Segment Anything: click in the photo to get masks"),
      "data-lm-suppress-shortcuts": "true",
      "data-version": "-1",
      "data-painted": "0",
    },
    card,
  );
  let last: Viewport | null = null;
  return {
    root,
    stage,
    canvases,
    layOut(image, height) {
      // A notebook takes cells that are out of sight off the page: nothing to fit then.
      if (root.clientWidth === 0 && last !== null) return last;
      const ratio = window.devicePixelRatio || 1;
      const width = root.clientWidth - PADDING;
      const { view, beside, panel, frame, wish } = roomOf(image ?? EMPTY, { width, height }, ratio);
      setAttribute(root, "data-layout", beside ? "wide" : "narrow");
      root.style.setProperty("--sam-wish", `${wish}px`);
      root.style.setProperty("--sam-panel", `${panel}px`);
      card.style.maxWidth = `${frame}px`; // a width would keep a row of widgets from growing narrow
      picture.style.width = `${view.css.width}px`;
      picture.style.height = `${view.css.height}px`;
      for (const one of Object.values(canvases)) {
        if (one.width === view.device.width && one.height === view.device.height) continue;
        one.width = view.device.width;
        one.height = view.device.height;
      }
      last = view;
      return view;
    },
    show(state) {
      const { mode, waiting, cross: crossed, view, photo: seen, empty, contact, said } = state;
      const kept = state.still;
      setAttribute(canvases.marks, "aria-label", said);
      setAttribute(root, "data-over", state.over);
      setAttribute(root, "data-hold", state.cursor);
      canvases.photo.style.filter = state.light ?? "";
      setAttribute(root, "data-mode", mode);
      canvases.marks.style.touchAction = wayOf(MODES[mode].kind).action;
      setAttribute(root, "data-contact", contact);
      setText(
        veil,
        empty
          ? t('No picture yet. In Python: SamWidget("photo.jpg")')
          : t("Waiting for the picture"),
      );
      setAttribute(veil, "data-empty", empty);
      veil.hidden = seen || kept !== null;
      still.hidden = kept === null;
      setAttribute(still, "src", kept);
      cross.hidden = crossed === null;
      if (crossed !== null) {
        const { x, y } = toScreen(view, crossed);
        cross.style.setProperty("--sam-x", `${x}px`);
        cross.style.setProperty("--sam-y", `${y}px`);
      }
      pulse.hidden = waiting === null;
      if (waiting === null) return;
      const at = toScreen(view, waiting);
      pulse.style.transform = `translate(${at.x}px, ${at.y}px)`;
    },
  };
}
