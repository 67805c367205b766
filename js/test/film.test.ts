import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isOfFilm, Thumbs } from "../src/film";
import type { Slide } from "../src/protocol";
import { markOf } from "../src/ui/filmstrip";
import { commandOf } from "../src/ui/keys";

const revoked: string[] = [];
let made = 0;

beforeEach(() => {
  made = 0;
  revoked.length = 0;
  vi.stubGlobal("URL", {
    createObjectURL: () => `blob:${++made}`,
    revokeObjectURL: (url: string) => revoked.push(url),
  });
});
afterEach(() => vi.unstubAllGlobals());

const bytes = (size: number): Uint8Array => new Uint8Array(size);

test("small pictures stay within their bytes; what was seen least lately goes first", () => {
  const thumbs = new Thumbs(100);
  thumbs.put("a", bytes(40));
  thumbs.put("b", bytes(40));
  expect(thumbs.get("a")).toBe("blob:1");
  thumbs.put("c", bytes(40));
  expect([thumbs.get("a"), thumbs.get("b"), thumbs.get("c")]).toEqual(["blob:1", null, "blob:3"]);
  expect(revoked).toEqual(["blob:2"]);
  expect(thumbs.bytes).toBe(80);
  thumbs.put("a", bytes(10)); // another in its place
  expect([thumbs.get("a"), thumbs.bytes]).toEqual(["blob:4", 50]);
  thumbs.clear();
  expect([thumbs.bytes, revoked.length]).toEqual([0, 4]);
});

test("one that is too large stays alone", () => {
  const thumbs = new Thumbs(100);
  thumbs.put("a", bytes(40));
  thumbs.put("b", bytes(400));
  expect([thumbs.get("a"), thumbs.get("b")]).toEqual([null, "blob:2"]);
});

const slide: Slide = {
  name: "a.jpg",
  place: 0,
  objects: 0,
  done: false,
  verdict: "",
  note: "",
  busy: "",
  broken: false,
  thumb: "",
};

test.each<[Partial<Slide>, string]>([
  [{}, ""],
  [{ objects: 2, done: true }, "done"],
  [{ done: true, verdict: "fail" }, "fail"],
  [{ verdict: "defer" }, "defer"],
  [{ verdict: "accept", busy: "kim" }, "busy"],
  [{ busy: "kim", broken: true }, "broken"],
])("what a photo is marked by: %o", (more, mark) => {
  expect(markOf({ ...slide, ...more })).toBe(mark);
});

test("keys of many photos are known as theirs", () => {
  const pressed = (code: string) =>
    commandOf({ code, key: "", ctrlKey: false, metaKey: false, shiftKey: false, altKey: false });
  for (const code of ["Comma", "Period", "KeyR", "KeyY", "KeyI", "KeyU", "KeyM"]) {
    const command = pressed(code);
    expect(command !== null && isOfFilm(command), code).toBe(true);
  }
  expect(isOfFilm({ do: "undo" })).toBe(false);
});
