// Which colour each find has, so that those that touch can be told apart: of the palette's, safe for colour-blind eyes,
// the one that is least in use around it. Once it has one it keeps it, whatever sliders do. Nothing is drawn here.
import { PALETTE } from "../palette";
import type { Box } from "../parts";

export interface Dyed {
  readonly index: number;
  readonly box: Box;
}

export class Dyes {
  #of = new Map<number, number>();

  /** The place in the palette of each, in order. */
  of(finds: readonly Dyed[]): number[] {
    const old = finds.filter(({ index }) => this.#of.has(index));
    for (const one of finds) {
      if (this.#of.has(one.index)) continue;
      this.#of.set(one.index, this.#rarest(one, old));
      old.push(one);
    }
    return finds.map(({ index }) => this.#of.get(index) ?? 0);
  }

  forget(): void {
    this.#of = new Map();
  }

  /** The colour that the fewest neighbours have; of equal ones the next in the palette. */
  #rarest({ index, box }: Dyed, others: readonly Dyed[]): number {
    const used = PALETTE.map(() => 0);
    for (const other of others) {
      const color = this.#of.get(other.index);
      if (color !== undefined) used[color] = (used[color] ?? 0) + (touches(box, other.box) ? 1 : 0);
    }
    const least = Math.min(...used);
    const order = PALETTE.map((_, i) => (i + index) % PALETTE.length);
    return order.find((color) => used[color] === least) ?? 0;
  }
}

function touches(a: Box, b: Box): boolean {
  return a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1;
}
