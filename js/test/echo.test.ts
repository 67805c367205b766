import type { AnyModel } from "@anywidget/types";
import { expect, test } from "vitest";
import { echoChanges } from "../src/echo";

/** A model as marimo has it: whatever is set is a change, and is sent. */
function model() {
  const state = { changes: 0, sent: [] as number[] };
  const listeners = new Set<() => void>();
  const change = (count: number): void => {
    state.changes = count;
    for (const each of [...listeners]) each();
  };
  const one = {
    get: () => state.changes,
    set: (_: string, count: number) => change(count),
    save_changes: () => state.sent.push(state.changes),
    on: (_: string, listener: () => void) => listeners.add(listener),
    off: (_: string, listener: () => void) => listeners.delete(listener),
  } as unknown as AnyModel<{ changes: number }>;
  return { one, state, change };
}

test("each count is said back once, whatever number of views there is", () => {
  const { one, state, change } = model();
  const said = { count: 0 };
  const end = new AbortController();
  echoChanges(one, said, end.signal);
  echoChanges(one, said, end.signal);
  change(1);
  change(3);
  change(3);
  expect(state.sent).toEqual([1, 3]);
  end.abort();
  change(4);
  expect(state.sent).toEqual([1, 3]);
});
