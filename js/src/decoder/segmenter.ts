// A model in use: a stored embedding and prompts become three candidates, as sam_widget/segment/segmenter.py makes them:
// the same order, names, stability and leader. No picture's size in here but as a frame.
import { Weights } from "./layers";
import { type Decoded, MaskDecoder } from "./mask-decoder";
import { Heap, type Matrix } from "./matrix";
import { CLEAR, namesByNesting } from "./naming";
import { PromptEncoder, type Spot } from "./prompt-encoder";
import type { Tensors } from "./tensors";

/** How the picture lies in the model's square input; image pixels, as `sam_widget/geometry.py` has it. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly side: number;
}

/** What is said about one thing, in image pixels, the first pixel's centre being (0.5, 0.5). */
export interface Prompts {
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly positive: boolean;
  }[];
  readonly box: readonly [number, number, number, number] | null; // x0, y0, x1, y1
  readonly logits: Float32Array | null; // of an answer before, to be refined
}

/** Three candidates, the logits on the decoder's grid. */
export interface Prediction {
  readonly logits: readonly Float32Array[];
  readonly scores: readonly number[]; // predicted IoU, 0..1
  readonly stability: readonly number[];
  readonly names: readonly string[];
  readonly best: number;
}

const OFFSET = 1; // of a logit: where stability is measured

/** (width, height) of the picture inside the square; halves go up, as in SAM. */
export function resized({ width, height, side }: Frame): { width: number; height: number } {
  const scale = side / Math.max(width, height);
  const long = (pixels: number): number => Math.max(1, Math.floor(pixels * scale + 0.5));
  return { width: long(width), height: long(height) };
}

export class Segmenter {
  readonly accelerated: boolean;
  readonly #heap: Heap;
  readonly #encoder: PromptEncoder;
  readonly #decoder: MaskDecoder;
  readonly #positions: Matrix;
  readonly #grid: number;
  readonly #side: number;
  readonly #counts: number; // how much stability counts in who leads
  #image: { embedding: Matrix; skips: readonly Matrix[]; frame: Frame } | null = null;
  #loaded: number; // the heap's mark before the image

  /** `file`: a decoder as `sam_widget/segment/portable.py` writes it. */
  constructor(file: Tensors, heap = new Heap()) {
    this.#heap = heap;
    this.accelerated = heap.accelerated;
    this.#side = Number(file.notes.side);
    this.#grid = this.#side / Number(file.notes.stride);
    this.#counts = Number(file.notes.stability_counts);
    const weights = new Weights(heap, file);
    const size = { side: this.#side, grid: this.#grid };
    this.#encoder = new PromptEncoder(weights, "prompt_encoder", size);
    this.#decoder = new MaskDecoder(weights, "mask_decoder", this.#grid);
    this.#positions = this.#encoder.positions(heap);
    this.#loaded = heap.mark();
  }

  /** Takes a photo's embedding, and forgets the one before. Throws where it is another model's. */
  show(photo: Tensors): Frame {
    this.#heap.release(this.#loaded);
    const { width, height, side } = photo.notes;
    const frame = { width: Number(width), height: Number(height), side: Number(side) };
    const maps = ["embedding", "skip.0", "skip.1"].filter((name) => photo.names().includes(name));
    const [embedding, ...skips] = maps.map((name) => this.#pixels(photo, name));
    if (
      embedding === undefined ||
      frame.side !== this.#side ||
      embedding.rows !== this.#grid ** 2
    ) {
      throw new RangeError("The photo was embedded by another model.");
    }
    this.#image = { embedding, skips, frame };
    return frame;
  }

  /** Answers one prompt. */
  predict(prompts: Prompts): Prediction {
    const { points, box, logits } = prompts;
    const ambiguous = points.length === 1 && box === null && logits === null;
    const said = this.decode(prompts);
    const order = ambiguous ? byArea(said.logits) : [0, ...byIou(said.iou).slice(0, 2)];
    const masks = order.map((i) => said.logits[i] as Float32Array);
    const scores = order.map((i) => Math.min(1, Math.max(0, said.iou[i] as number)));
    const stability = masks.map((mask) => stabilityOf(mask));
    const worth = scores.map((score, i) => score * (stability[i] as number) ** this.#counts);
    return {
      logits: masks,
      scores,
      stability,
      names: ambiguous ? namesByNesting(masks) : CLEAR,
      best: ambiguous ? worth.indexOf(Math.max(...worth)) : 0,
    };
  }

  /** All that the decoder says. */
  decode({ points, box, logits }: Prompts): Decoded {
    if (this.#image === null) throw new RangeError("There is no photo yet.");
    const { embedding, skips, frame } = this.#image;
    const heap = this.#heap;
    const mark = heap.mark();
    const inside = resized(frame);
    const place = (x: number, y: number): { x: number; y: number } => ({
      x: Math.fround((x * inside.width) / frame.width - 0.5),
      y: Math.fround((y * inside.height) / frame.height - 0.5),
    });
    const spots: Spot[] = points.map(({ x, y, positive }) => ({
      ...place(x, y),
      kind: positive ? 1 : 0,
    }));
    // The official encoder pads points without a box so, and its weights expect it.
    if (box === null && points.length > 0) spots.push({ x: 0, y: 0, kind: -1 });
    if (box !== null) {
      spots.push({ ...place(box[0], box[1]), kind: 2 }, { ...place(box[2], box[3]), kind: 3 });
    }
    const pixels = heap.room(embedding.rows, embedding.columns);
    pixels.data.set(embedding.data);
    this.#encoder.dense(logits, pixels);
    const tokens = this.#decoder.tokens(pixels, spots.length);
    this.#encoder.sparse(spots, tokens.prompts);
    const scene = { tokens: tokens.all, pixels, positions: this.#positions };
    const said = this.#decoder.of(scene, skips);
    heap.release(mark);
    return said;
  }

  /** A map (1, C, H, W) of a file as pixels (H * W, C). */
  #pixels(photo: Tensors, name: string): Matrix {
    const { shape, data } = photo.floats(name);
    const channels = shape[1] ?? 1;
    const made = this.#heap.matrix(data.length / channels, channels);
    const into = made.data;
    for (let c = 0, at = 0; c < channels; c++) {
      for (let pixel = 0; pixel < made.rows; pixel++)
        into[pixel * channels + c] = data[at++] as number;
    }
    return made;
  }
}

/** The three candidates, the largest first. */
function byArea(logits: readonly Float32Array[]): readonly number[] {
  const areas = logits.map((mask) => above(mask, 0));
  return [1, 2, 3].sort((one, other) => (areas[other] as number) - (areas[one] as number));
}

/** The three candidates, the one of the highest predicted IoU first. */
function byIou(iou: Float32Array): readonly number[] {
  return [1, 2, 3].sort((one, other) => (iou[other] as number) - (iou[one] as number));
}

/** IoU of a mask cut one logit higher and one lower. */
function stabilityOf(logits: Float32Array): number {
  return above(logits, OFFSET) / Math.max(1, above(logits, -OFFSET));
}

function above(logits: Float32Array, level: number): number {
  let count = 0;
  for (const value of logits) if (value > level) count += 1;
  return count;
}
