// The fake kernel's everything mode: blobs round the spots of a grid, told a few at a time. For looking; never shipped.
import { newId } from "../src/document";
import type { Candidate, FromPage, Reach, Sieve, Spot, Surveyed } from "../src/protocol";
import { ellipse } from "./ellipse";

export interface Ground {
  readonly width: number;
  readonly height: number;
  readonly spots: number; // of the grid, along its longer side
  readonly pace: number; // ms between two tellings
}

const OWN: Sieve = { predicted_iou: 0.6, stability: 0.8, area: 0, overlap: 0.7 };
const AT_ONCE = 6;

export class FakeSurvey {
  readonly #ground: Ground;
  readonly #say: (message: Surveyed, blobs: ReadonlyMap<string, Uint8Array>) => void;
  readonly blobs = new Map<string, Uint8Array>();
  #name = "";
  #spots: Spot[] = [];
  #grid: (readonly [number, number])[] = [];
  #what: Reach["what"] = "done";
  #sieve = OWN;

  constructor(
    ground: Ground,
    say: (message: Surveyed, blobs: ReadonlyMap<string, Uint8Array>) => void,
  ) {
    this.#ground = ground;
    this.#say = say;
  }

  receive(message: FromPage): void {
    if (message.type === "seek") this.#begin();
    if (message.type === "more" && this.#name !== "") this.#tell(0);
    if (message.type === "sift") {
      this.#sieve = message.sieve;
      const by = { client: message.client, seq: message.seq };
      this.#say({ ...this.#message(this.#spots.length), by }, this.blobs);
    }
    if (message.type !== "stop") return;
    this.#what = "stopped";
    if (message.close) this.#name = "";
    this.#tell(this.#spots.length);
  }

  /** What is known of the spot at a place. */
  at(x: number, y: number): Spot | null {
    return this.#spots.find((spot) => spot.x === x && spot.y === y) ?? null;
  }

  #begin(): void {
    const { width, height, spots } = this.#ground;
    const cell = Math.max(width, height) / spots;
    const [across, down] = [Math.round(width / cell), Math.round(height / cell)];
    const all = Array.from({ length: across * down }, (_, i) => i);
    const far = (i: number): number => (i * 0.6180339887) % 1; // spread over the photo
    all.sort((a, b) => far(a) - far(b));
    this.#grid = all.map((i) => {
      return [((i % across) + 0.5) * cell, (Math.floor(i / across) + 0.5) * cell] as const;
    });
    this.#name = newId();
    this.#spots = [];
    this.#what = "running";
    this.#sieve = OWN;
    this.#tell(0);
    this.#step(this.#name);
  }

  #step(name: string): void {
    setTimeout(() => {
      if (name !== this.#name || this.#what !== "running") return;
      const begin = this.#spots.length;
      for (const place of this.#grid.slice(begin, begin + AT_ONCE)) this.#look(place);
      if (this.#spots.length === this.#grid.length) this.#what = "done";
      this.#tell(begin);
      this.#step(name);
    }, this.#ground.pace);
  }

  #look([x, y]: readonly [number, number]): void {
    const { width, height, spots } = this.#ground;
    const cell = Math.max(width, height) / spots;
    const i = this.#spots.length;
    const chance = (n: number): number => ((i * 7919 + n * 104729) % 1000) / 1000;
    const base = cell * (0.34 + 0.3 * chance(1)) * (i % 17 === 0 ? 3 : 1);
    const candidates = [2.4, 1, 0.5].map((scale, n): Candidate => {
      const [rx, ry] = [base * scale, base * scale * (0.6 + 0.4 * chance(2))];
      const { bytes, area } = ellipse(width, height, [x, y, rx, ry, 3 * chance(3)], []);
      const blob = newId();
      this.blobs.set(blob, bytes);
      const score = Math.fround([0.5 + 0.3 * chance(4), 0.7 + 0.28 * chance(5), 0.55][n] ?? 0);
      const stability = Math.fround(0.75 + 0.24 * chance(6 + n));
      return { name: ["whole", "part", "subpart"][n] ?? "", blob, score, stability, area };
    });
    this.#spots.push({ x, y, candidates, best: 1 });
  }

  #tell(begin: number): void {
    this.#say(this.#message(begin), this.blobs);
  }

  #message(first: number): Surveyed {
    const spots = this.#name === "" ? [] : this.#spots.slice(first);
    const reach = { done: this.#spots.length, total: this.#grid.length, what: this.#what, why: "" };
    const blobs = spots.flatMap(({ candidates }) => candidates.map(({ blob }) => blob));
    const common = { to: null, survey: this.#name, first, spots, reach, by: null, blobs };
    return { type: "surveyed", ...common, sieve: this.#sieve };
  }
}
