// Questions of the page to answers of the model, logits kept by what they are of. Runs in a worker, or where there is
// none in the page itself; knows neither.
import { drawn } from "../decoder/drawing";
import { type Frame, type Prediction, Segmenter } from "../decoder/segmenter";
import { read } from "../decoder/tensors";
import { areaOf } from "../masks";
import { type Answer, keyOf, type Prompt } from "./work";

/** What the page asks. */
export type Question =
  | { readonly type: "load"; readonly decoder: ArrayBuffer; readonly photo: ArrayBuffer }
  | {
      readonly type: "ask";
      readonly prompts: readonly Prompt[];
      readonly before: { readonly key: string; readonly index: number } | null;
    };

/** What it hears. */
export type Reply =
  | {
      readonly type: "loaded";
      readonly frame: Frame;
      readonly photo: Uint8Array<ArrayBuffer>; // a picture file
      readonly model: string;
    }
  | { readonly type: "answer"; readonly answer: Answer }
  | { readonly type: "failed"; readonly why: string };

const KEPT = 64; // answers whose logits can go in with the next question

export class Answering {
  #segmenter: Segmenter | null = null;
  #frame: Frame | null = null;
  readonly #said = new Map<string, Prediction>();

  /** Answers; never throws. */
  hear(question: Question): Reply {
    try {
      return question.type === "load" ? this.#load(question) : this.#ask(question);
    } catch (error) {
      return { type: "failed", why: error instanceof Error ? error.message : String(error) };
    }
  }

  #load({ decoder, photo }: Extract<Question, { type: "load" }>): Reply {
    const [weights, picture] = [read(decoder), read(photo)];
    if (weights.notes.key !== picture.notes.key) {
      throw new RangeError("The photo was embedded by another model.");
    }
    this.#segmenter = new Segmenter(weights);
    this.#frame = this.#segmenter.show(picture);
    const model = weights.notes.model ?? "";
    return { type: "loaded", frame: this.#frame, photo: picture.bytes("photo"), model };
  }

  #ask({ prompts, before }: Extract<Question, { type: "ask" }>): Reply {
    if (this.#segmenter === null || this.#frame === null)
      throw new RangeError("There is no photo.");
    const frame = this.#frame;
    const box = prompts.findLast((one) => one.type === "box");
    const logits = before && (this.#said.get(before.key)?.logits[before.index] ?? null);
    const said = this.#segmenter.predict({
      points: prompts.filter((one) => one.type === "point"),
      box: box === undefined ? null : [box.x0, box.y0, box.x1, box.y1],
      logits,
    });
    const key = keyOf(prompts);
    this.#keep(key, said);
    const masks = said.logits.map((each) => drawn(each, frame));
    const candidates = masks.map((mask, i) => ({
      name: said.names[i] ?? "other",
      blob: `${key}/${i}`,
      score: said.scores[i] ?? 0,
      stability: said.stability[i] ?? 0,
      area: areaOf(mask),
    }));
    return { type: "answer", answer: { of: prompts, candidates, masks, best: said.best } };
  }

  #keep(key: string, said: Prediction): void {
    this.#said.delete(key);
    this.#said.set(key, said);
    const oldest = this.#said.keys().next();
    if (this.#said.size > KEPT && !oldest.done) this.#said.delete(oldest.value);
  }
}
