// An embedding and tokens become four masks and their predicted IoU (paper, Appendix A), as
// sam_widget/models/mask_decoder.py has it.
import { add, gelu, LayerNorm, MLP, type Weights } from "./layers";
import type { Matrix } from "./matrix";
import { type Scene, TwoWayTransformer } from "./transformer";

/** Masks that the decoder draws: the single-mask token's, then the three candidates. */
export const MASKS = 4;
const OWN = 1 + MASKS; // tokens: the IoU's and those of masks
const EPSILON = 1e-6;

export interface Decoded {
  readonly logits: readonly Float32Array[]; // of each mask, (4 grid)^2
  readonly iou: Float32Array; // of each mask
}

export class MaskDecoder {
  readonly #transformer: TwoWayTransformer;
  readonly #own: readonly Float32Array[];
  readonly #upscaling: Upscaling;
  readonly #kernels: readonly MLP[];
  readonly #iou: MLP;

  constructor(weights: Weights, name: string, grid: number) {
    this.#transformer = new TwoWayTransformer(weights, `${name}.transformer`);
    this.#own = [
      weights.vector(`${name}.iou_token.weight`),
      weights.vector(`${name}.mask_tokens.weight`),
    ];
    this.#upscaling = new Upscaling(weights, `${name}.output_upscaling`, grid);
    const mlp = (of: string): MLP =>
      new MLP(
        weights,
        [0, 1, 2].map((i) => `${of}.layers.${i}`),
      );
    this.#kernels = Array.from({ length: MASKS }, (_, i) =>
      mlp(`${name}.output_hypernetworks_mlps.${i}`),
    );
    this.#iou = mlp(`${name}.iou_prediction_head`);
  }

  /** A matrix for so many tokens of prompts, the decoder's own before them; and the rows that are the prompts'. */
  tokens(pixels: Matrix, prompts: number): { all: Matrix; prompts: Matrix } {
    const all = pixels.heap.matrix(OWN + prompts, pixels.columns);
    let at = 0;
    for (const own of this.#own) {
      all.data.set(own, at);
      at += own.length;
    }
    return { all, prompts: all.from(OWN, prompts) };
  }

  /** Decodes; the pixels are used up. Skips are the encoder's finer maps, as pixels. */
  of(scene: Scene, skips: readonly Matrix[]): Decoded {
    const tokens = this.#transformer.of(scene, OWN);
    const iou = this.#iou.of(tokens.from(0, 1)).data.slice();
    const pixels = this.#upscaling.of(scene.pixels, skips);
    const { heap } = pixels;
    const kernels = heap.matrix(pixels.columns, MASKS);
    for (const [mask, mlp] of this.#kernels.entries()) {
      const kernel = mlp.of(tokens.from(1 + mask, 1)).data;
      const { data } = kernels;
      for (let c = 0; c < kernels.rows; c++) data[c * MASKS + mask] = kernel[c] as number;
    }
    const { data } = heap.product(pixels, kernels, heap.matrix(pixels.rows, MASKS));
    const logits = Array.from({ length: MASKS }, (_, mask) => {
      const plane = new Float32Array(pixels.rows);
      for (let i = 0; i < plane.length; i++) plane[i] = data[i * MASKS + mask] as number;
      return plane;
    });
    return { logits, iou };
  }
}

/** To four times the size and an eighth of the width; finer maps of the encoder join in. */
class Upscaling {
  readonly #grid: number;
  readonly #up: readonly [Doubling, Doubling];
  readonly #norm: LayerNorm;

  constructor(weights: Weights, name: string, grid: number) {
    this.#grid = grid;
    this.#up = [new Doubling(weights, `${name}.0`), new Doubling(weights, `${name}.3`)];
    this.#norm = new LayerNorm(weights, `${name}.1`, EPSILON);
  }

  of(pixels: Matrix, [skip1, skip2]: readonly Matrix[]): Matrix {
    const [first, second] = this.#up;
    const half = first.of(pixels, this.#grid);
    if (skip1 !== undefined) add(half, skip1);
    const whole = second.of(gelu(this.#norm.of(half)), 2 * this.#grid);
    if (skip2 !== undefined) add(whole, skip2);
    return gelu(whole);
  }
}

/** A transposed convolution of 2 x 2 with stride 2: each pixel becomes four, which do not overlap. */
class Doubling {
  readonly #rows: readonly Matrix[]; // for the upper and the lower row of the four: (in, 2 out)
  readonly #bias: Float32Array;

  constructor(weights: Weights, name: string) {
    const { shape, data } = weights.tensor(`${name}.weight`); // (in, out, 2, 2)
    const [inside = 1, out = 1] = shape;
    this.#rows = [0, 1].map((below) =>
      weights.laid(data, inside, 2 * out, (row, column) => {
        const [right, channel] = [Math.floor(column / out), column % out];
        return ((row * out + channel) * 2 + below) * 2 + right;
      }),
    );
    this.#bias = weights.vector(`${name}.bias`);
  }

  /** (side * side, in) -> (4 side * side, out). */
  of(x: Matrix, side: number): Matrix {
    const made = x.heap.room(4 * x.rows, this.#bias.length).fill(this.#bias);
    const lines = made.as(2 * made.columns); // two pixels beside each other in a row
    for (let y = 0; y < side; y++) {
      for (const [below, weight] of this.#rows.entries()) {
        x.heap.product(x.from(y * side, side), weight, lines.from((2 * y + below) * side, side));
      }
    }
    return made;
  }
}
