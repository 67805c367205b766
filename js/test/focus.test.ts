import { afterEach, expect, test, vi } from "vitest";
import { keepingFocus } from "../src/ui/listen";

afterEach(() => void vi.unstubAllGlobals());

/** A page whose focus is on a control inside the root, and what has had it after the parts were updated. */
function page() {
  const lost = new Set<object>(); // disabled or hidden now
  const control = {
    matches: (selector: string) => /:disabled/.test(selector) && lost.has(control),
  };
  const body = {};
  const inside = new Set<object>([control]);
  const document = { activeElement: control as object, body };
  const root = {
    contains: (one: object) => one === root || inside.has(one),
    matches: () => false,
    getRootNode: () => document,
    focus: () => void (document.activeElement = root),
  };
  inside.add(root);
  vi.stubGlobal("document", document);
  const update = (change: () => void): object => {
    const keep = keepingFocus(root as unknown as HTMLElement);
    change();
    keep();
    return document.activeElement;
  };
  return { document, root, control, body, inside, lost, update };
}

test("the root takes the focus of what is disabled, hidden or gone, and of nothing else", () => {
  const { control, lost, update, root } = page();
  expect(update(() => undefined)).toBe(control);
  expect(update(() => lost.add(control))).toBe(root);
  const gone = page();
  const removed = (): void => {
    gone.inside.delete(gone.control);
    gone.document.activeElement = gone.body;
  };
  expect(gone.update(removed)).toBe(gone.root);
});

test("who is elsewhere stays there", () => {
  const { document, body, update } = page();
  const other = {};
  expect(update(() => (document.activeElement = other))).toBe(other); // somebody sent it there
  expect(update(() => undefined)).toBe(other);
  document.activeElement = body;
  expect(update(() => undefined)).toBe(body);
});
