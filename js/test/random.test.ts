// Dice at the page's store and link: hands that do anything, and a wire that loses, doubles, delays and mixes up what
// the kernel says. At rest page and kernel agree, and undoing all leads back to the start. `RANDOM_GAMES=5000 npx vitest
// run test/random.test.ts` plays longer. The way to the kernel is the Python tests' (tests/simulation).
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeKernel } from "../dev/kernel";
import { type Edit, newId, sceneOf } from "../src/document";
import { Link } from "../src/link";
import type { FromPage, Status } from "../src/protocol";
import { Store } from "../src/store";
import * as acts from "../src/tools/acts";
import { boxEdit } from "../src/tools/box";
import { strokeEdit } from "../src/tools/brush";
import { scribbleEdit } from "../src/tools/scribble";

declare const process: { readonly env: { readonly [name: string]: string | undefined } };

const GAMES = Number(process.env.RANDOM_GAMES ?? 60);
const MOVES = 60;
const READY: Status = { type: "status", what: "ready", progress: null, text: "Ready.", model: "m" };
const LOST = 0.12; // shares of what the kernel says
const DOUBLED = 0.12;
const LATEST = 60; // ms

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Numbers that look random and are the same for a seed: mulberry32. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return Math.floor((((x ^ (x >>> 14)) >>> 0) / 4294967296) * sides);
  };
}

class Game {
  readonly roll: (sides: number) => number;
  readonly store = new Store("page");
  readonly kernel = new FakeKernel({
    ...{ width: 40, height: 30, photo: new Uint8Array(8), delay: 8, status: READY },
    ...{ mute: false, assumed: [], truth: false, accepted: 0, mask: false },
    ...{ spots: 4, pace: 1 },
    shapes: [
      [20, 15, 12, 9, 0],
      [12, 10, 6, 5, 1],
      [30, 20, 4, 4, 2],
    ],
  });
  readonly link: Link;
  bad = true; // the wire

  constructor(seed: number) {
    this.roll = dice(seed);
    const end = new AbortController();
    this.link = new Link(
      this.store,
      {
        send: (content) => void setTimeout(() => this.kernel.receive(content as FromPage), 2),
        listen: (listener) =>
          void this.kernel.listeners.add((content, buffers) => {
            if (this.bad && this.roll(1000) < LOST * 1000) return;
            const times = this.bad && this.roll(1000) < DOUBLED * 1000 ? 2 : 1;
            for (let i = 0; i < times; i++)
              setTimeout(() => listener(content, buffers), this.bad ? this.roll(LATEST) : 1);
          }),
      },
      end.signal,
    );
  }

  move(): void {
    const { roll, store } = this;
    const scene = sceneOf(store.shown);
    const some = scene.objects[roll(Math.max(1, scene.objects.length))]?.id ?? "nobody";
    const [x, y] = [roll(40), roll(30)];
    const moves: (() => void)[] = [
      () => this.#do(() => this.#point(x, y, roll(4) > 0)),
      () => this.#do(() => this.#point(x, y, true)),
      () =>
        this.#do(() =>
          acts.addMark(sceneOf(store.shown), (object) => ({
            ...{ type: "box", id: newId(), object },
            ...{ x0: x / 2, y0: y / 2, x1: x / 2 + 5, y1: y / 2 + 5 },
          })),
        ),
      () => this.#do((now) => boxEdit(now, { x, y }, { x: 39, y: 29 }, true)),
      () => this.#do((now) => scribbleEdit(now, { ...this.#line(x, y), type: "stroke" })),
      () => this.#do((now) => strokeEdit(now, { ...this.#line(x, y), type: "brush" }, some)),
      () => this.#do((now) => strokeEdit(now, { ...this.#line(x, y), type: "brush" })),
      () => this.#do((now) => acts.cleanUp(now, roll(9), roll(9))),
      () => store.undo(),
      () => store.redo(),
      () => this.#do((now) => acts.choose(now, roll(3))),
      () => this.#do((now) => acts.cut(now, roll(5) - 2)),
      () => this.#do(acts.accept),
      () => this.#do(acts.accept),
      () => this.#do(acts.clear),
      () => this.#do(acts.dropLast),
      () => this.#do((now) => acts.reopen(now, some)),
      () => this.#do((now) => acts.rename(now, some, `name ${roll(3)} <b>`)),
      () => this.#do((now) => acts.recolor(now, some, roll(7))),
      () => this.#do((now) => acts.move(now, some, roll(4))),
      () => vi.advanceTimersByTime(roll(120)),
      () => vi.advanceTimersByTime(roll(20)),
    ];
    moves[roll(moves.length)]?.();
  }

  #line(x: number, y: number): { path: number[]; width: number; positive: boolean } {
    return { path: [x, y, 20, 15], width: 1 + this.roll(5), positive: this.roll(3) > 0 };
  }

  #point(x: number, y: number, positive: boolean): Edit | null {
    return acts.addMark(sceneOf(this.store.shown), (object) => ({
      ...{ type: "point", id: newId(), object, x, y, positive },
    }));
  }

  #do(act: (scene: ReturnType<typeof sceneOf>) => Edit | null): void {
    this.store.act((shown) => act(sceneOf(shown)));
  }

  /** Hands off, and the wire is mended; where its last word was lost, a host that is back has us ask. */
  rest(): void {
    this.bad = false;
    vi.advanceTimersByTime(LATEST);
    this.link.ask();
    vi.advanceTimersByTime(120_000);
    this.bad = true;
    const { store, kernel } = this;
    expect(store.pending).toEqual([]);
    expect(store.asking).toBe(false);
    expect(store.underWay).toBe(false);
    expect(store.contact).toBe("open");
    expect(store.status?.what).toBe("ready");
    expect([...store.shown]).toEqual([...kernel.document]);
    expect(store.missing()).toEqual([]);
    const { prompts, answer } = sceneOf(store.shown);
    if (prompts.length > 0) expect(answer?.of).toEqual(prompts.map(({ id }) => id));
  }
}

test("whatever hands and wire do, page and kernel agree at rest, and all can be undone", () => {
  let asked = 0;
  for (let seed = 1; seed <= GAMES; seed++) {
    const game = new Game(seed);
    game.rest();
    const start = [...game.kernel.document.keys()];
    for (let i = 0; i < MOVES; i++) {
      game.move();
      if (i % 20 === 19) game.rest();
    }
    for (let i = 0; game.store.canUndo && i < MOVES; i++) {
      game.store.undo();
      if (i % 7 === 0) game.rest();
      else vi.advanceTimersByTime(200);
      asked += 1;
    }
    game.rest();
    expect(game.store.canUndo, `seed ${seed}`).toBe(false);
    const left = [...game.kernel.document.values()].filter(({ type }) => type !== "answer");
    expect(left.map(({ id }) => id)).toEqual(start);
    vi.clearAllTimers();
  }
  expect(asked).toBeGreaterThan(GAMES * 5); // there was something to undo
}, 3_600_000);
