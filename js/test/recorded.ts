// Not a test of vitest: what the page's decoder says to questions that Python has written, for
// tests/widget/test_page_decoder.py to compare. `RECORDED` is the file's address, put in when this is bundled.
import { drawn } from "../src/decoder/drawing";
import { Heap } from "../src/decoder/matrix";
import { type Prediction, type Prompts, Segmenter } from "../src/decoder/segmenter";
import { read } from "../src/decoder/tensors";
import { spansOf } from "../src/masks";

declare const RECORDED: string;

interface Recorded {
  readonly decoder: string; // base64
  readonly photo: string;
  readonly questions: readonly (Omit<Prompts, "logits"> & { readonly fed: boolean })[];
}

const bytes = (base64: string): ArrayBuffer =>
  Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)).buffer;

const { default: recorded } = (await import(RECORDED, { with: { type: "json" } })) as {
  default: Recorded;
};
const answers = [false, true].map((plain) => {
  const segmenter = new Segmenter(read(bytes(recorded.decoder)), new Heap(plain));
  const frame = segmenter.show(read(bytes(recorded.photo)));
  let last: Prediction | null = null;
  const said = recorded.questions.map(({ points, box, fed }) => {
    const logits = fed ? (last?.logits[last.best] ?? null) : null;
    const answer = segmenter.predict({ points, box, logits });
    last = answer;
    const masks = answer.logits.map((each) => drawn(each, frame));
    return {
      ...answer,
      logits: answer.logits.map((each) => Array.from(each)),
      masks: masks.map((mask) => {
        const { rows, ends } = spansOf(mask);
        return { y0: mask.y0, rows: Array.from(rows), ends: Array.from(ends) };
      }),
    };
  });
  return { accelerated: segmenter.accelerated, said };
});
console.log(JSON.stringify(answers));
