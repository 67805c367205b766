// The elements of a page without a kernel, and how they share the room. It places things; what they show is theirs.
import { h, icon, setAttribute, setText, withKeys } from "../ui/dom";
import { ICONS } from "../ui/icons";
import { roomOf } from "../ui/room";
import type { Size, Viewport } from "../viewport";
import { LANGUAGE, t } from "../words/words";

export type Tool = "point" | "negative" | "box";
export type Action = Tool | "undo" | "clear" | "save";

export interface FrameState {
  readonly tool: Tool;
  readonly enabled: { readonly [action in "undo" | "clear" | "save"]: boolean };
  readonly status: string;
  readonly failed: boolean;
  readonly busy: boolean;
  readonly photo: boolean; // it can be seen
  readonly said: string; // what is on the photo, for those who do not see it
}

export interface Frame {
  readonly root: HTMLElement;
  readonly photo: HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement; // the mask's hue
  readonly marks: HTMLCanvasElement; // outlines and prompts; what is clicked
  /** Fits everything to the room; returns where the picture lies. */
  layOut(image: Size | null, height: number): Viewport;
  show(state: FrameState): void;
}

const PADDING = 6; // of the root, CSS pixels, both sides
const EMPTY: Size = { width: 3, height: 2 };
const TOOLS: ReadonlySet<Action> = new Set<Action>(["point", "negative", "box"]);
const BUTTONS: readonly (readonly [Action, keyof typeof ICONS, string, string])[] = [
  ["point", "point", t("Add what I click"), "P"],
  ["negative", "negative", t("Take away what I click"), t("right-click, Alt-click or X")],
  ["box", "box", t("Draw a box"), t("B, or drag at any time")],
  ["undo", "undo", t("Undo"), "Z"],
  ["clear", "clear", t("Clear all prompts"), "Esc"],
];
const DOWNLOAD = `<path d="M8 2.6v7M5.2 7 8 9.800 10.8 7M3 12.8h10"/>`;

export function frameOf(
  panel: HTMLElement,
  act: (action: Action) => void,
  signal: AbortSignal,
): Frame {
  const buttons = new Map<Action, HTMLButtonElement>();
  const button = (action: Action, attributes: { [name: string]: string }): HTMLButtonElement => {
    const made = h("button", { type: "button", "data-action": action, ...attributes });
    made.addEventListener("click", () => act(action), { signal });
    buttons.set(action, made);
    return made;
  };
  const tools = h("div", { class: "sam-tools" });
  for (const [action, picture, name, keys] of BUTTONS) {
    if (action === "undo") tools.append(h("span", { class: "sam-gap" }));
    const one = button(action, {
      class: "sam-tool",
      "aria-label": name,
      title: `${name} (${keys})`,
    });
    one.append(icon(ICONS[picture]));
    tools.append(one);
  }
  const save = button("save", {
    class: "sam-accept",
    title: t("Save the chosen mask as a PNG, as large as the photo (S)"),
  });
  save.append(icon(DOWNLOAD), h("span", {}, t("Save mask")));
  const status = h("span", { class: "sam-alone-status", role: "status" });
  const toolbar = h(
    "div",
    { class: "sam-toolbar", role: "toolbar", "aria-label": t("Segmentation tools") },
    ...[tools, save, h("span", { class: "sam-space" }), status],
  );
  const photo = h("canvas", { class: "sam-canvas sam-photo", "aria-hidden": "true" });
  const overlay = h("canvas", { class: "sam-canvas sam-overlay", "aria-hidden": "true" });
  const marks = h("canvas", { class: "sam-canvas sam-marks", role: "img" });
  const picture = h("div", { class: "sam-picture" }, photo, overlay, marks);
  const veil = h("div", { class: "sam-veil" }, t("Waiting for the picture"));
  const stage = h("div", { class: "sam-stage" }, picture, veil);
  /** A button that is disabled loses the focus, and the keys with it: the whole takes it. */
  const disable = (one: HTMLButtonElement, disabled: boolean): void => {
    if (disabled && one.matches(":focus")) root.focus({ preventScroll: true });
    one.disabled = disabled;
  };
  const body = h("div", { class: "sam-body" }, stage, h("div", { class: "sam-panel" }, panel));
  const hint = h("p", { class: "sam-alone-hint" });
  hint.append(
    ...withKeys(t("Click: this · right-click or Alt-click: not this · drag: a box · [[Z]] undoes")),
  );
  const card = h("div", { class: "sam-frame" }, toolbar, body, hint);
  const root = h(
    "div",
    {
      class: "sam-widget sam-alone",
      tabindex: 0,
      role: "application",
      lang: LANGUAGE,
      "aria-label": t("Segment Anything: click in the photo to get masks"),
    },
    card,
  );
  return {
    root,
    photo,
    overlay,
    marks,
    layOut(image, height) {
      const ratio = window.devicePixelRatio || 1;
      const room = { width: root.clientWidth - PADDING, height };
      const { view, beside, panel: wide, frame, wish } = roomOf(image ?? EMPTY, room, ratio);
      setAttribute(root, "data-layout", beside ? "wide" : "narrow");
      root.style.setProperty("--sam-wish", `${wish}px`);
      root.style.setProperty("--sam-panel", `${wide}px`);
      card.style.maxWidth = `${frame}px`;
      picture.style.width = `${view.css.width}px`;
      picture.style.height = `${view.css.height}px`;
      for (const canvas of [photo, overlay, marks]) {
        canvas.width = view.device.width;
        canvas.height = view.device.height;
      }
      return view;
    },
    show({ tool, enabled, status: words, failed, busy, photo: seen, said }) {
      setAttribute(root, "data-mode", tool);
      setAttribute(root, "aria-busy", busy ? "true" : null);
      setAttribute(marks, "aria-label", said);
      marks.style.touchAction = tool === "box" ? "none" : "pan-y pinch-zoom";
      setText(status, words);
      setAttribute(status, "data-failed", failed);
      setAttribute(veil, "data-empty", failed);
      veil.hidden = seen;
      for (const [action, one] of buttons) {
        if (TOOLS.has(action))
          setAttribute(one, "aria-pressed", action === tool ? "true" : "false");
        else disable(one, !enabled[action as keyof typeof enabled]);
      }
    },
  };
}
