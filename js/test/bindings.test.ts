import { expect, test } from "vitest";
import { KEYS } from "../src/keymap";
import { bindingsOf, capOf, OWN, spelled } from "../src/ui/bindings";
import { commandOf, isHosts, type Stroke } from "../src/ui/keys";

const stroke = (code: string, more: Partial<Stroke> = {}): Stroke => ({
  ...{ code, key: "", ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
  ...more,
});

test("a key that a person chose does it, and the command's own keys do no more", () => {
  const mine = bindingsOf({ accept: "Space", undo: "Shift+F9", zoom_in: "KeyI", hide: "F4" });
  expect(commandOf(stroke("Space", { key: " " }), mine)).toEqual({ do: "accept" });
  expect(commandOf(stroke("Enter"), mine)).toBeNull();
  expect(commandOf(stroke("F9", { shiftKey: true }), mine)).toEqual({ do: "undo" });
  expect(commandOf(stroke("F9"), mine)).toBeNull();
  expect(commandOf(stroke("KeyZ"), mine)).toBeNull();
  expect(commandOf(stroke("KeyZ", { ctrlKey: true }), mine)).toEqual({ do: "undo" }); // as everywhere
  expect(commandOf(stroke("KeyI", { key: "ㅑ" }), mine)).toEqual({ do: "zoom", zoom: "in" });
  expect(commandOf(stroke("KeyS"), mine)).toEqual({ do: "place" });
  expect(isHosts(stroke("F4"), mine)).toBe(false);
  expect(isHosts(stroke("F5"), mine)).toBe(true);
});

test("what was chosen goes before what is printed on a key", () => {
  const mine = bindingsOf({ accept: "Equal" });
  expect(commandOf(stroke("Equal", { key: "=" }), mine)).toEqual({ do: "accept" });
  expect(commandOf(stroke("Equal", { key: "=" }))).toEqual({ do: "zoom", zoom: "in" });
});

test("two widgets with keys of their own do not make each other's anew", () => {
  const [one, other] = [{ accept: "Space" }, { accept: "KeyQ" }];
  const [mine, yours] = [bindingsOf(one), bindingsOf(other)];
  expect(bindingsOf(one)).toBe(mine);
  expect(bindingsOf(other)).toBe(yours);
});

test("no two commands have one key", () => {
  const all = Object.values(KEYS).flat();
  expect(new Set(all).size).toBe(all.length);
});

test.each([
  ["KeyZ", "Z"],
  ["Digit4", "4"],
  ["Numpad1", "Num 1"],
  ["Shift+ArrowUp", "Shift ↑"],
  ["Escape", "Esc"],
  ["Space", "Space"],
])("what is written on %s", (code, cap) => {
  expect(capOf(code)).toBe(cap);
});

test("texts name the keys as they are now", () => {
  const mine = bindingsOf({ accept: "Space", redo: "KeyY", zoom_in: "KeyI" });
  const text = "[[Enter]] accepts, [[Shift Z]], [[Z]], [[+]], [[Ctrl]]";
  expect(spelled(text, mine)).toBe("Space accepts, Y, Z, I, Ctrl");
  expect(spelled(text, OWN)).toBe("Enter accepts, Shift Z, Z, +, Ctrl");
});
