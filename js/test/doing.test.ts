import { expect, test } from "vitest";
import { type AnyRecord, documentOf, editOf } from "../src/document";
import { Doing, type Reach } from "../src/doing";
import type { FromPage } from "../src/protocol";
import { Stance } from "../src/stance";
import { Store } from "../src/store";
import type { Command } from "../src/ui/bindings";

const OPEN: readonly AnyRecord[] = [
  { type: "image", depth: 0, id: "i", source: "b", width: 60, height: 40 },
  {
    ...{ type: "object", id: "o", image: "i", label: "", color: 0, choice: null },
    ...{ locked: false, order: 0, threshold: 0, protected: false, parent: null },
  },
  { type: "point", id: "p", object: "o", x: 1, y: 1, positive: true },
];

/** The keys of one page with an object open; what else they reach says that it was asked. */
function doing() {
  const store = new Store("me");
  const stance = new Stance();
  const told: FromPage[] = [];
  const asked: string[] = [];
  store.onSay((message) => told.push(message), new AbortController().signal);
  const no = (): boolean => false;
  const ask = (name: string) => (): boolean => asked.push(name) > 0 && name !== "cancel";
  const reach = {
    ...{ store, stance, schedule: no, focus: no, cancel: ask("cancel"), at: () => null },
    hover: { made: no, rest: no },
    cleaning: { close: no },
    seeking: { escape: no, hover: no },
    shelf: { deselect: ask("deselect") },
    crosshair: { at: null, cancel: no, toggle: ask("crosshair"), putAway: no },
    trial: { differ: ask("differ"), next: ask("next") },
  };
  const document = Object.fromEntries(documentOf(editOf(OPEN).put));
  const hello = store.hello();
  store.receive(
    {
      ...{ type: "snapshot", to: "me", call: hello.call, seq: 0, version: 0, document, blobs: [] },
      ...{ can_undo: true, can_redo: false },
      status: { type: "status", what: "ready", progress: null, text: "", model: "m" },
    },
    [],
  );
  const one = new Doing(reach as unknown as Reach);
  const press = (command: Command): void => one.command(command, true);
  return { one, store, stance, told, asked, press };
}

test("escape twice in a row is two steps out, whether or not the kernel has heard the first", () => {
  const { store, told, asked, press } = doing();
  press({ do: "escape" });
  expect(told).toMatchObject([{ type: "push", edit: { drop: ["p"] } }]);
  expect(store.underWay).toBe(true);
  press({ do: "escape" });
  expect(asked).toEqual(["cancel", "cancel", "deselect"]);
});

test("while an undo is under way, escape clears what that brings back", () => {
  const { told, asked, press, one } = doing();
  press({ do: "escape" });
  one.press("undo");
  press({ do: "escape" });
  expect([asked, told.map(({ type }) => type)]).toEqual([
    ["cancel", "cancel"],
    ["push", "undo"],
  ]);
});

test("another picture takes nothing over of what the hand was at, the same one everything", () => {
  const { one, stance, asked } = doing();
  const drawn = { type: "box", x0: 1, y0: 1, x1: 9, y1: 9 } as const;
  Object.assign(stance, { draft: drawn, at: { x: 1, y: 1 }, over: "o", hovered: 1, ring: true });
  stance.light = { brightness: 2, contrast: 1 };
  one.turnTo("i");
  expect([stance.draft, stance.light.brightness]).toEqual([drawn, 2]);
  expect(asked).toEqual([]);
  one.turnTo("j");
  expect(asked).toEqual(["cancel"]);
  const { draft, at, over, hovered, ring, light } = stance;
  expect([draft, at, over, hovered, ring]).toEqual([null, null, null, null, false]);
  expect(light).toEqual({ brightness: 1, contrast: 1 });
});

test("where no kernel is, no crosshair comes", () => {
  const { store, asked, press } = doing();
  press({ do: "crosshair" });
  store.setContact("gone");
  press({ do: "crosshair" });
  expect(asked).toEqual(["crosshair"]);
});
