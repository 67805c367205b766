// A kernel for the dev page, in the page: it takes the protocol's messages, keeps a document and a history, and
// answers prompts with drawn shapes after a while. For looking and for trying; never shipped.

import { nameOf } from "../src/blobs";
import {
  apply,
  type Document,
  type Edit,
  EMPTY,
  editOf,
  invert,
  newId,
  type Prompt,
  sceneOf,
} from "../src/document";
import { centreOf, type Known } from "../src/kinds";
import { decode } from "../src/masks";
import type { Answer, AnyRecord, FromKernel, FromPage, Patch, Peek, Status } from "../src/protocol";
import { isStep } from "../src/store";
import { ellipse } from "./ellipse";
import { FakeSurvey } from "./survey";

export interface Behaviour {
  readonly width: number;
  readonly height: number;
  readonly photo: Uint8Array;
  readonly delay: number; // ms until an answer; infinite: never
  readonly status: Status;
  readonly mute: boolean; // answers nothing at all
  readonly assumed: readonly string[]; // of the photo
  readonly truth: boolean; // whether there is a ground truth, of the second shape but a little off
  readonly accepted: number; // objects that are there from the start
  readonly spots: number; // of everything mode's grid
  readonly pace: number; // ms
  readonly mask: boolean; // whether Python has given a mask as a prompt
  readonly shapes: readonly (readonly [number, number, number, number, number])[]; // cx cy rx ry turn
}

type Listener = (content: unknown, buffers: DataView[]) => void;

export class FakeKernel {
  readonly behaviour: Behaviour;
  readonly listeners = new Set<Listener>();
  #document: Document = EMPTY;

  get version(): number {
    return this.#version;
  }

  /** What the document holds, for who looks from outside. */
  get records(): readonly AnyRecord[] {
    return [...this.#document.values()];
  }

  #version = 0;
  #undo: Edit[] = [];
  #redo: Edit[] = [];
  #taken = new Map<string, number>();
  #blobs = new Map<string, Uint8Array>();
  #answers = new Map<string, Answer>();
  #everything: FakeSurvey;

  constructor(behaviour: Behaviour) {
    this.behaviour = behaviour;
    this.#everything = new FakeSurvey(behaviour, (message, blobs) => {
      for (const [hash, bytes] of blobs) this.#blobs.set(hash, bytes);
      this.#send(message, message.blobs);
    });
    if (behaviour.photo.length === 0) return;
    this.#blobs.set("photo", behaviour.photo);
    const { width, height } = behaviour;
    this.#document = apply(
      EMPTY,
      editOf([{ type: "image", depth: 0, id: "image", source: "photo", width, height }]),
    );
    for (let i = 0; i < behaviour.accepted; i++) this.#accept(i, width, height);
    if (behaviour.mask) this.#give(width, height);
  }

  /** What `w.add_mask` does: a mask of the third shape, wider and moved, so that the answer differs. */
  #give(width: number, height: number): void {
    const [x, y, rx, ry, turn] = this.behaviour.shapes[1] ?? [0, 0, 1, 1, 0];
    const moved = [x + rx * 0.12, y + ry * 0.2, rx * 1.05, ry * 0.9, turn] as const;
    const { bytes } = ellipse(width, height, moved, []);
    const [id, object, blob] = [newId(), newId(), nameOf(bytes)];
    this.#blobs.set(blob, bytes);
    const order = this.behaviour.accepted;
    const size = { width, height, nbytes: bytes.length };
    const edit = editOf([
      {
        ...{ type: "object", id: object, image: "image", label: "", choice: null },
        ...{ color: order % 7, locked: false, order, threshold: 0, protected: false, parent: null },
      },
      { type: "mask", id, object, blob, logits: null, ...size },
    ]);
    this.#undo.push(invert(this.#document, edit));
    this.#document = apply(this.#document, edit);
    this.#think();
  }

  /** An object of some size somewhere, as if it had been clicked and accepted. */
  #accept(i: number, width: number, height: number): void {
    const [object, id] = [newId(), newId()];
    const [x, y] = [(0.12 + 0.19 * (i % 5)) * width, (0.14 + (((0.24 * i) / 5) % 0.8)) * height];
    const prompt: AnyRecord = { type: "point", id, object, x, y, positive: true };
    const shape = [x, y, width * 0.1, height * 0.12, i] as const;
    const { bytes, area } = ellipse(width, height, shape, [prompt]);
    const blob = newId();
    this.#blobs.set(blob, bytes);
    const candidate = { name: "whole", blob, score: 0.9, stability: 0.9, area };
    const answer: Answer = {
      ...{ type: "answer", id: newId(), object, of: [id] },
      ...{ candidates: [candidate], best: 0, seconds: 0.02, model: "", threshold: 0 },
    };
    this.#answers.set(id, answer); // it is the same when it is opened again
    this.#document = apply(
      this.#document,
      editOf([
        {
          type: "object",
          id: object,
          image: "image",
          label: "",
          color: i % 7,
          choice: 0,
          locked: true,
          order: i,
          threshold: 0,
          protected: false,
          parent: null,
        },
        prompt,
        answer,
      ]),
    );
  }

  get document(): Document {
    return this.#document;
  }

  receive(message: FromPage): void {
    if (this.behaviour.mute) return;
    if (message.type === "hello") this.#snapshot(message.client, message.call);
    if (message.type === "retry") this.#retry();
    if (message.type === "ask_logits") this.#lend(message);
    if (message.type === "ask_next") this.#suggest(message.client);
    if (message.type === "need") {
      const blobs = message.blobs.filter((hash) => this.#blobs.has(hash));
      this.#send({ type: "blobs", to: message.client, blobs }, blobs);
    }
    if (message.type === "peek") this.#peek(message);
    this.#everything.receive(message);
    if (!isStep(message)) return;
    const { client, seq } = message;
    if (seq <= (this.#taken.get(client) ?? 0)) return;
    this.#taken.set(client, seq);
    const by = { client, seq };
    if (message.type === "push") {
      this.#undo.push(invert(this.#document, message.edit));
      this.#redo = [];
      this.#publish(message.edit, by);
    } else {
      const [from, to] =
        message.type === "undo" ? [this.#undo, this.#redo] : [this.#redo, this.#undo];
      const edit = from.pop();
      if (edit === undefined) {
        this.#send({ type: "reject", to: client, seq, why: "There is nothing to undo." });
        return;
      }
      to.push(invert(this.#document, edit));
      this.#publish(edit, by);
    }
    this.#think();
  }

  /** What an edit would give, after as long as an answer takes; nothing where the document has changed. */
  #peek({ client, seq, version, edit }: Peek): void {
    if (!Number.isFinite(this.behaviour.delay)) return;
    setTimeout(() => {
      const { prompts } = sceneOf(apply(this.#document, edit));
      const seen = version === this.#version && prompts.length > 0;
      const { score, bytes } = seen ? this.#lead(prompts) : { score: 0, bytes: null };
      const blobs = bytes === null ? [] : [nameOf(bytes)];
      const buffers = bytes === null ? [] : [new DataView(bytes.buffer)];
      const message: FromKernel = { type: "peeked", to: client, seq, score, blobs };
      for (const listener of [...this.listeners]) listener(message, buffers);
    }, this.behaviour.delay);
  }

  /** The candidate that would lead. */
  #lead(prompts: readonly Prompt[]): { readonly score: number; readonly bytes: Uint8Array } {
    const { candidates, best } = this.#answer("", [], prompts, 0);
    const { score = 0, blob = "" } = candidates[best] ?? {};
    const bytes = this.#blobs.get(blob) ?? new Uint8Array();
    for (const one of candidates) this.#blobs.delete(one.blob);
    return { score, bytes };
  }

  tell(status: Status): void {
    this.#send(status);
  }

  reject(why: string): void {
    this.#send({ type: "reject", to: null, seq: null, why });
  }

  #retry(): void {
    const { status } = this.behaviour;
    this.tell({ ...status, what: "loading", progress: 0.25, text: "Downloading..." });
    setTimeout(() => this.tell({ ...status, what: "ready", progress: null, text: "Ready." }), 1000);
  }

  #snapshot(to: string, call: number): void {
    const blobs = [...this.#blobs.keys()];
    const message: FromKernel = {
      type: "snapshot",
      to,
      call,
      seq: this.#taken.get(to) ?? 0,
      version: this.#version,
      document: Object.fromEntries(this.#document),
      blobs,
      can_undo: this.#undo.length > 0,
      can_redo: this.#redo.length > 0,
      status: this.behaviour.status,
    };
    this.#send(message, blobs);
    const { assumed } = this.behaviour;
    if (this.behaviour.truth) this.#teach();
    if (assumed.length > 0) this.#send({ type: "assumed", image: "image", said: assumed });
  }

  /** What `w.ground_truth = mask` says to every page, and how the open object stands: masks by shape, numbers by feel. */
  #teach(): void {
    const { width, height, shapes } = this.behaviour;
    const [x, y, rx, ry, turn] = shapes[1] ?? [0, 0, 1, 1, 0];
    const off = [x + rx * 0.1, y + ry * 0.12, rx * 1.06, ry * 0.94, turn + 0.1] as const;
    const { bytes } = ellipse(width, height, off, []);
    this.#blobs.set("truth", bytes);
    this.#send({ type: "truth", image: "image", blobs: ["truth"] }, ["truth"]);
    const { open, answer, prompts } = sceneOf(this.#document);
    const clicks = answer === null ? 0 : prompts.length;
    const at = (iou: number) => ({ iou, dice: (2 * iou) / (1 + iou), boundary: iou * iou });
    const iouAt = (click: number): number => 1 - 0.42 / click ** 0.8;
    this.#send({
      ...{ type: "judged", object: open?.id ?? "", answer: answer?.id ?? null },
      shown: clicks === 0 ? null : at(iouAt(clicks)),
      candidates: clicks === 0 ? [] : [at(iouAt(clicks) - 0.2), at(iouAt(clicks)), at(0.31)],
      course: Array.from({ length: clicks }, (_, i) => iouAt(i + 1)),
      race: Array.from({ length: clicks }, (_, i) => 1 - 0.3 / (i + 1)),
    });
  }

  #publish(edit: Edit, by: Patch["by"]): void {
    this.#document = apply(this.#document, edit);
    this.#version += 1;
    const blobs = Object.values(edit.put).flatMap((record) =>
      record.type === "answer" ? record.candidates.map(({ blob }) => blob) : [],
    );
    const can = { can_undo: this.#undo.length > 0, can_redo: this.#redo.length > 0 };
    this.#send({ type: "patch", version: this.#version, edit, by, blobs, ...can }, blobs);
  }

  #send(message: FromKernel, blobs: readonly string[] = []): void {
    const buffers = blobs.map((hash) => {
      const bytes = this.#blobs.get(hash) ?? new Uint8Array();
      return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    });
    setTimeout(() => {
      for (const listener of [...this.listeners]) listener(structuredClone(message), buffers);
    }, 3);
  }

  #think(): void {
    if (!Number.isFinite(this.behaviour.delay)) return;
    this.#recall();
    const { open } = sceneOf(this.#document);
    if (open === null) return;
    const { prompts } = sceneOf(this.#document);
    const of = prompts.map((prompt) => prompt.id);
    if (of.length === 0) return;
    const key = `${of.join()} ${open.threshold}`;
    setTimeout(() => {
      const known = this.#answers.get(key) ?? this.#answer(open.id, of, prompts, open.threshold);
      this.#answers.set(key, known);
      this.#publish(editOf([known]), null);
      if (this.behaviour.truth) this.#teach();
    }, this.behaviour.delay);
  }

  /** Answers what was picked in everything mode. */
  #recall(): void {
    const answers = sceneOf(this.#document).accepted.flatMap(({ object, prompts, answer }) => {
      const [only] = prompts;
      const spot = only?.type === "point" && answer === null && this.#everything.at(only.x, only.y);
      if (!spot) return [];
      const { candidates, best } = spot;
      const made = {
        id: newId(),
        object: object.id,
        of: [only.id],
        seconds: 0,
        threshold: 0,
        model: "",
      };
      return [{ type: "answer", ...made, candidates, best } as const];
    });
    if (answers.length > 0) setTimeout(() => this.#publish(editOf(answers), null), 10);
  }

  #known(blob: string): Known {
    const mask = decode(this.#blobs.get(blob) ?? new Uint8Array());
    const label = { x: (mask.x0 + mask.x1) / 2, y: (mask.y0 + mask.y1) / 2 };
    return { path: new Path2D(), label };
  }

  /** The three shapes nearest to the first prompt, the largest first. */
  #three(prompts: readonly Prompt[]): Behaviour["shapes"] {
    const { shapes } = this.behaviour;
    const first = prompts[0];
    const { x: px, y: py } = first ? centreOf(first, (blob) => this.#known(blob)) : { x: 0, y: 0 };
    const near = (shape: (typeof shapes)[number]): number =>
      Math.hypot(px - shape[0], py - shape[1]) + (shape[2] + shape[3]) / 20;
    const three = [...shapes].sort((a, b) => near(a) - near(b)).slice(0, 3);
    return three.sort((a, b) => b[2] * b[3] - a[2] * a[3]);
  }

  /** A page cuts by itself: logits that fall from the middle of a shape. */
  #lend({ client: to, object, choice }: Extract<FromPage, { type: "ask_logits" }>): void {
    const { width, height } = this.behaviour;
    const { prompts } = sceneOf(this.#document);
    const shape = this.#three(prompts)[choice];
    if (shape === undefined) return;
    const [samples, side] = [128, Math.max(width, height)];
    const grid = new Int16Array(samples * samples);
    for (let i = 0; i < grid.length; i++) {
      const x = (((i % samples) + 0.5) * side) / samples;
      const y = ((Math.floor(i / samples) + 0.5) * side) / samples;
      grid[i] = Math.max(-30_000, 1000 * (1 - radiusOf(shape, x, y)) * 6);
    }
    const of = prompts.map(({ id }) => id);
    const told = { samples, side, width, height, step: 0.001, blobs: ["logits"] };
    this.#blobs.set("logits", new Uint8Array(grid.buffer));
    this.#send({ type: "logits", to, object, of, choice, ...told }, ["logits"]);
  }

  /** The next click: in the part of the first shape that the second has not, at its longer end. */
  #suggest(to: string): void {
    const { prompts, answer } = sceneOf(this.#document);
    const [outer, inner] = this.#three(prompts);
    const click =
      outer && inner && answer
        ? { x: outer[0] - outer[2] * 0.8, y: outer[1], positive: false, keeps: [1, 2], area: 900 }
        : null;
    this.#send({ type: "next", to, answer: answer?.id ?? null, click });
  }

  #answer(object: string, of: string[], prompts: readonly Prompt[], threshold: number): Answer {
    const { width, height, delay } = this.behaviour;
    const first = prompts[0];
    const three = this.#three(prompts).map(([x, y, rx, ry, turn]) => {
      const size = Math.max(0.05, 1 - threshold / 6);
      return [x, y, rx * size, ry * size, turn] as const;
    });
    const clear = prompts.length > 1 || first?.type === "box";
    const names = clear ? ["best", "alternative 1", "alternative 2"] : ["whole", "part", "subpart"];
    const scores = [0.942, 0.913, 0.834];
    const stabilities = [0.97, 0.95, 0.96];
    const candidates = three.map((shape, i) => {
      const { bytes, area } = ellipse(width, height, shape, prompts);
      const blob = newId();
      this.#blobs.set(blob, bytes);
      return {
        name: names[i] ?? "other",
        blob,
        score: scores[i] ?? 0.5,
        stability: stabilities[i] ?? 0.5,
        area,
      };
    });
    const seconds = Math.min(delay, 18.4) / 1000;
    return {
      type: "answer",
      id: newId(),
      object,
      of,
      candidates,
      best: clear ? 0 : 1,
      seconds,
      model: "",
      threshold,
    };
  }
}

/** How far a place is from a shape's middle: 1 on its edge. */
function radiusOf(
  [cx, cy, rx, ry, turn]: Behaviour["shapes"][number],
  x: number,
  y: number,
): number {
  const dx = (x - cx) * Math.cos(turn) + (y - cy) * Math.sin(turn);
  const dy = (y - cy) * Math.cos(turn) - (x - cx) * Math.sin(turn);
  return Math.hypot(dx / rx, dy / ry);
}
