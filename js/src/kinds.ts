// The kinds of prompt, one table: how each is painted, where it has its centre. A new kind is an entry here, beside what
// the kernel says of it; nobody else asks of which kind a prompt is. And the tools, another: what each does.
import type { Prompt } from "./document";
import {
  paintBox,
  paintGivenMask,
  paintPoint,
  paintRing,
  paintScribble,
  paintWindow,
} from "./marks";
import type { Stage } from "./paint";
import type { Box } from "./parts";
import { box } from "./tools/box";
import { brush } from "./tools/brush";
import { middleOf } from "./tools/line";
import { penned, point, tap } from "./tools/point";
import { scribble } from "./tools/scribble";
import { type Draft, ERASER, type PromptDraft, type Tool } from "./tools/tool";
import type { Place } from "./viewport";
import { t } from "./words/words";

/** What a mask's bytes come to: its outline, and a place well inside. */
export interface Known {
  readonly path: Path2D;
  readonly label: Place | null;
}

/** Finds a mask by its blob; null while its bytes are on their way. */
export type Find = (blob: string) => Known | null;
type Locate = (blob: string) => Pick<Known, "label"> | null;

type Tag = Prompt["type"];
type Of<T extends Tag> = Extract<PromptDraft, { readonly type: T }>;

interface Kind<P> {
  paint(stage: Stage, prompt: P, find: Find, drawing: boolean): void;
  readonly pointed?: (stage: Stage, prompt: P) => void; // over it, while it is pointed at
  centre(prompt: P, find: Locate): Place;
  readonly bounds?: (prompt: P) => Box; // what its mask should stay within
}

/** From the lowest on the picture to the uppermost. */
const KINDS: { readonly [T in Tag]: Kind<Of<T>> } = {
  mask: {
    paint: (stage, { blob }, find) => paintGivenMask(stage, find(blob)?.path ?? null),
    centre: ({ blob, width, height }, find) => find(blob)?.label ?? { x: width / 2, y: height / 2 },
  },
  box: {
    paint: (stage, prompt, _, drawing) => paintBox(stage, prompt, drawing),
    pointed: (stage, { x0, y0, x1, y1 }) => {
      for (const x of [x0, x1]) for (const y of [y0, y1]) paintRing(stage, { x, y });
    },
    centre: ({ x0, y0, x1, y1 }) => ({ x: (x0 + x1) / 2, y: (y0 + y1) / 2 }),
    bounds: (prompt) => prompt,
  },
  stroke: {
    paint: (stage, prompt, _, drawing) => paintScribble(stage, prompt, drawing),
    pointed: (stage, { path }) => paintRing(stage, middleOf(path)),
    centre: ({ path }) => middleOf(path),
  },
  window: {
    paint: (stage, prompt) => paintWindow(stage, prompt),
    centre: ({ x0, y0, x1, y1 }) => ({ x: (x0 + x1) / 2, y: (y0 + y1) / 2 }),
  },
  point: {
    paint: (stage, prompt) => paintPoint(stage, prompt),
    pointed: (stage, place) => paintRing(stage, place),
    centre: ({ x, y }) => ({ x, y }),
  },
};

const UPWARD = Object.keys(KINDS) as readonly Tag[];

/** A draft's kind: TypeScript cannot see that an entry and what it is asked about are of the same one. */
function kindOf(draft: PromptDraft): Kind<PromptDraft> {
  return KINDS[draft.type] as Kind<PromptDraft>;
}

/** Paints prompts, and the one that is being drawn among its kind. */
export function paintPrompts(
  stage: Stage,
  prompts: readonly Prompt[],
  draft: Draft | null,
  find: Find,
): void {
  for (const tag of UPWARD) {
    for (const prompt of prompts) {
      if (prompt.type === tag) kindOf(prompt).paint(stage, prompt, find, false);
    }
    if (draft?.type === tag)
      kindOf(draft as PromptDraft).paint(stage, draft as PromptDraft, find, true);
  }
}

/** Paints what says that a prompt's mark is pointed at. */
export function paintPointed(stage: Stage, prompt: Prompt): void {
  kindOf(prompt).pointed?.(stage, prompt);
}

/** What a mask should stay within, by the prompts that it answers; null: anywhere, or in any of several places. */
export function boundsOf(prompts: readonly Prompt[]): Box | null {
  const [bounds = null, another] = prompts.flatMap((one) => kindOf(one).bounds?.(one) ?? []);
  return another === undefined ? bounds : null;
}

/** Where a prompt is, in image pixels. */
export function centreOf(prompt: Prompt, find: Locate): Place {
  return kindOf(prompt).centre(prompt, find);
}

/** What the next press does, as the toolbar names it: the kind, its sign, and a hint while it differs from a click's. */
export const MODES = {
  point: { kind: "point", negative: false, hint: null },
  negative: {
    kind: "point",
    negative: true,
    hint: t("Click what should not be in it · [[X]] back"),
  },
  box: {
    kind: "box",
    negative: false,
    hint: t("Drag from corner to corner · [[P]] back to points"),
  },
  stroke: {
    kind: "stroke",
    negative: false,
    hint: t("Draw a line along it · right-drag over what is not it · [[P]] back to points"),
  },
  brush: {
    kind: "brush",
    negative: false,
    hint: t("Paint what belongs to it · [[[]] [[]]] size · [[E]] erases"),
  },
  eraser: {
    kind: "brush",
    negative: true,
    hint: t("Rub out what does not belong to it · [[[]] [[]]] size · [[D]] paints"),
  },
} as const;

export type Mode = keyof typeof MODES;

/** The kinds that a press can make. */
export type ToolName = (typeof MODES)[Mode]["kind"];

/** The mode of a kind and a sign; a kind that knows no sign has one mode. */
export function modeOf(kind: ToolName, negative: boolean): Mode {
  const names = Object.keys(MODES) as Mode[];
  const own = names.filter((name) => MODES[name].kind === kind);
  return own.find((name) => MODES[name].negative === negative) ?? own[0] ?? "point";
}

/** What a tool has from the person whose hand it is in. */
export interface Grip {
  readonly width: number; // of the brush, image pixels
  readonly selected: string | null; // an accepted object
}

/** How one of the tools works. */
export interface Way {
  readonly tool: (grip: Grip) => Tool;
  readonly finger: (grip: Grip) => Tool; // the same on a screen that is touched
  readonly pen: (grip: Grip) => Tool;
  readonly action: "none" | "pan-x pan-y"; // CSS touch-action: the page scrolls, or the tool has it all
  readonly picks: boolean; // a click on an accepted object selects it
  readonly wide: boolean; // it draws with the brush's width, and shows it
}

const pixels = ({ width, selected }: Grip): Tool => brush(width, selected);

const WAYS: { readonly [kind in ToolName]: Way } = {
  point: {
    tool: () => point,
    finger: () => tap, // a tap is a click; who drags a finger scrolls the page
    pen: ({ width, selected }) => penned(width, selected),
    action: "pan-x pan-y",
    picks: true,
    wide: false,
  },
  box: {
    tool: () => box,
    finger: () => box,
    pen: () => box,
    action: "none",
    picks: true,
    wide: false,
  },
  stroke: {
    tool: ({ width }) => scribble(width),
    finger: ({ width }) => scribble(width),
    pen: ({ width }) => scribble(width),
    action: "none",
    picks: true,
    wide: true,
  },
  brush: {
    tool: pixels,
    finger: pixels,
    pen: pixels,
    action: "none",
    picks: false,
    wide: true,
  },
};

/** The tool that an event's pointer has; the other end of a pen erases, whatever is taken. */
export function toolOf(
  kind: ToolName,
  { pointerType, button }: Pick<PointerEvent, "pointerType" | "button">,
  grip: Grip,
): Tool {
  if (button === ERASER) return pixels(grip);
  const way = WAYS[kind];
  return (pointerType === "touch" ? way.finger : pointerType === "pen" ? way.pen : way.tool)(grip);
}

export function wayOf(kind: ToolName): Way {
  return WAYS[kind];
}
