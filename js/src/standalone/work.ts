// What a person has said of the photo, and what was answered: frozen values and pure functions. No screen, no model.
import type { Mask } from "../masks";
import type { Candidate } from "../protocol";

/** A prompt; image pixels. */
export type Prompt =
  | {
      readonly id: string;
      readonly type: "point";
      readonly x: number;
      readonly y: number;
      readonly positive: boolean;
    }
  | {
      readonly id: string;
      readonly type: "box";
      readonly x0: number;
      readonly y0: number;
      readonly x1: number;
      readonly y1: number;
    };

export type Said =
  | Omit<Extract<Prompt, { type: "point" }>, "id">
  | Omit<Extract<Prompt, { type: "box" }>, "id">;

export interface Work {
  readonly prompts: readonly Prompt[];
  readonly past: readonly (readonly Prompt[])[]; // for undo, the last at the end
  readonly count: number; // of prompts ever made: their ids
}

export const NOTHING: Work = { prompts: [], past: [], count: 0 };

/** One more prompt; a box takes the place of the one before. */
export function said(work: Work, one: Said): Work {
  const { prompts, past, count } = work;
  const kept = one.type === "box" ? prompts.filter(({ type }) => type !== "box") : prompts;
  const prompt = { ...one, id: String(count) } as Prompt;
  return { prompts: [...kept, prompt], past: [...past, prompts], count: count + 1 };
}

export function cleared(work: Work): Work {
  if (work.prompts.length === 0) return work;
  return { ...work, prompts: [], past: [...work.past, work.prompts] };
}

export function undone(work: Work): Work {
  const before = work.past.at(-1);
  return before === undefined ? work : { ...work, prompts: before, past: work.past.slice(0, -1) };
}

/** What an answer is of. */
export function keyOf(prompts: readonly Prompt[]): string {
  return prompts.map(({ id }) => id).join(" ");
}

/** What was answered to some prompts. */
export interface Answer {
  readonly of: readonly Prompt[];
  readonly candidates: readonly Candidate[];
  readonly masks: readonly Mask[]; // of each candidate
  readonly best: number;
}

/** Answers by what they are of, and which candidate was chosen where somebody did. */
export interface Known {
  readonly answers: ReadonlyMap<string, Answer>;
  readonly choices: ReadonlyMap<string, number>;
}

/** Which candidate of an answer counts. */
export function chosenOf({ answers, choices }: Known, key: string): number {
  return choices.get(key) ?? answers.get(key)?.best ?? 0;
}

/**
 * Whose logits go in with the next question: of the answer to most of these prompts, but not all, as
 * `sam_widget/segment/answers/logits.py` has it (paper, appendix A).
 */
export function before(
  known: Known,
  prompts: readonly Prompt[],
): { readonly key: string; readonly index: number } | null {
  const ids = new Set(prompts.map(({ id }) => id));
  let most: { key: string; size: number } | null = null;
  for (const [key, { of }] of known.answers) {
    const within = of.length < ids.size && of.every(({ id }) => ids.has(id));
    if (within && of.length > (most?.size ?? 0)) most = { key, size: of.length };
  }
  return most && { key: most.key, index: chosenOf(known, most.key) };
}
