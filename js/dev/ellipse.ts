// The shape of the dev page's answers.
import type { AnyRecord } from "../src/protocol";

/** A turned ellipse with a wavy edge, bitten by the negative points; as run lengths. */
export function ellipse(
  width: number,
  height: number,
  [cx, cy, rx, ry, turn]: readonly [number, number, number, number, number],
  prompts: readonly AnyRecord[],
): { bytes: Uint8Array; area: number } {
  const bites = prompts.filter((one) => one.type === "point" && !one.positive);
  const on = (x: number, y: number): boolean => {
    const dx = (x - cx) * Math.cos(turn) + (y - cy) * Math.sin(turn);
    const dy = (y - cy) * Math.cos(turn) - (x - cx) * Math.sin(turn);
    const angle = Math.atan2(dy, dx);
    const wave = 1 + 0.02 * Math.sin(angle * 7);
    if ((dx / rx) ** 2 + (dy / ry) ** 2 > wave) return false;
    return !bites.some((bite) => bite.type === "point" && Math.hypot(x - bite.x, y - bite.y) < 34);
  };
  const reach = Math.max(rx, ry) * 1.1;
  const x0 = Math.max(0, Math.floor(cx - reach));
  const x1 = Math.min(width, Math.ceil(cx + reach));
  const y0 = Math.max(0, Math.floor(cy - reach));
  const y1 = Math.min(height, Math.ceil(cy + reach));
  const runs: number[] = [];
  let value = false;
  let run = 0;
  let area = 0;
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const now = on(x + 0.5, y + 0.5);
      if (now) area += 1;
      if (now !== value) {
        runs.push(run);
        run = 0;
        value = now;
      }
      run += 1;
    }
  }
  runs.push(run);
  return {
    bytes: new Uint8Array(Uint32Array.of(width, height, x0, y0, x1, y1, ...runs).buffer),
    area,
  };
}
