import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { BEAT, isDead, watchPulse } from "../src/pulse";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", { visibilityState: "visible" });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test.each([
  [undefined, false],
  [null, false],
  [{}, false], // a host that says nothing of a kernel
  [{ kernel: { isDisposed: false, status: "busy" } }, false],
  [{ kernel: {} }, false],
  [{ kernel: null }, true],
  [{ kernel: { isDisposed: true } }, true],
  [{ kernel: { isDisposed: false, status: "dead" } }, true],
])("a manager %o is dead: %s", (manager, dead) => {
  expect(isDead(manager)).toBe(dead);
});

test("a kernel that lived and is no more is told once, and not to a tab that nobody sees", () => {
  const manager: { kernel: object | null } = { kernel: null };
  const died = vi.fn();
  watchPulse({ widget_manager: manager } as never, died, new AbortController().signal);
  vi.advanceTimersByTime(3 * BEAT); // it has not come yet
  expect(died).not.toHaveBeenCalled();
  manager.kernel = { status: "idle" };
  vi.advanceTimersByTime(BEAT);
  manager.kernel = null;
  vi.stubGlobal("document", { visibilityState: "hidden" });
  vi.advanceTimersByTime(3 * BEAT);
  expect(died).not.toHaveBeenCalled();
  vi.stubGlobal("document", { visibilityState: "visible" });
  vi.advanceTimersByTime(5 * BEAT);
  expect(died).toHaveBeenCalledTimes(1);
});

test("nothing is told after the end", () => {
  const manager: { kernel: object | null } = { kernel: {} };
  const died = vi.fn();
  const end = new AbortController();
  watchPulse({ widget_manager: manager } as never, died, end.signal);
  vi.advanceTimersByTime(BEAT);
  end.abort();
  manager.kernel = null;
  vi.advanceTimersByTime(5 * BEAT);
  expect(died).not.toHaveBeenCalled();
});
