// The kinds of prompt, one table: how each is painted, where it has its centre, which tool makes one. A new kind is an
// entry here, beside what the kernel says of it; nobody else asks of which kind a prompt is.
import type { Prompt } from "./document";
import { paintBox, paintGivenMask, paintPoint, type Stage } from "./paint";
import type { Box } from "./parts";
import { box } from "./tools/box";
import { point, tap } from "./tools/point";
import type { Draft, Finger, Tool } from "./tools/tool";
import type { Place } from "./viewport";
import { t } from "./words/words";

/** What a mask's bytes come to: its outline, and a place well inside. */
export interface Known {
  readonly path: Path2D;
  readonly label: Place | null;
}

/** Finds a mask by its blob; null while its bytes are on their way. */
export type Find = (blob: string) => Known | null;

type Tag = Prompt["type"];
type Of<T extends Tag> = Extract<Draft, { readonly type: T }>;

interface Kind<P> {
  paint(stage: Stage, prompt: P, find: Find, drawing: boolean): void;
  centre(prompt: P, find: Find): Place;
  readonly tool: Tool | null; // null: made in Python alone
  readonly finger: Finger | null; // the same on a screen that is touched
  readonly bounds?: (prompt: P) => Box; // what its mask should stay within
}

/** A tap is a click; who drags a finger scrolls the page. */
const TAP: Finger = { tool: tap, action: "pan-x pan-y" };

/** From the lowest on the picture to the uppermost. */
const KINDS: { readonly [T in Tag]: Kind<Of<T>> } = {
  mask: {
    paint: (stage, { blob }, find) => paintGivenMask(stage, find(blob)?.path ?? null),
    centre: ({ blob, width, height }, find) => find(blob)?.label ?? { x: width / 2, y: height / 2 },
    tool: null,
    finger: null,
  },
  box: {
    paint: (stage, prompt, _, drawing) => paintBox(stage, prompt, drawing),
    centre: ({ x0, y0, x1, y1 }) => ({ x: (x0 + x1) / 2, y: (y0 + y1) / 2 }),
    bounds: (prompt) => prompt,
    tool: box,
    finger: { tool: box, action: "none" },
  },
  point: {
    paint: (stage, prompt) => paintPoint(stage, prompt),
    centre: ({ x, y }) => ({ x, y }),
    tool: point,
    finger: TAP,
  },
};

const UPWARD = Object.keys(KINDS) as readonly Tag[];

/** A draft's kind: TypeScript cannot see that an entry and what it is asked about are of the same one. */
function kindOf(draft: Draft): Kind<Draft> {
  return KINDS[draft.type] as Kind<Draft>;
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
    if (draft?.type === tag) kindOf(draft).paint(stage, draft, find, true);
  }
}

/** What a mask should stay within, by the prompts that it answers; null: anywhere. */
export function boundsOf(prompts: readonly Prompt[]): Box | null {
  for (const prompt of prompts) {
    const bounds = kindOf(prompt).bounds?.(prompt);
    if (bounds !== undefined) return bounds;
  }
  return null;
}

/** Where a prompt is, in image pixels. */
export function centreOf(prompt: Prompt, find: Find): Place {
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

export function toolOf(kind: ToolName): Tool {
  return KINDS[kind].tool ?? point;
}

export function fingerOf(kind: ToolName): Finger {
  return KINDS[kind].finger ?? TAP;
}
