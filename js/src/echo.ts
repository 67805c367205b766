// For hosts whose cells follow what a page sets, and not what the kernel does by itself: marimo. There the page says
// the kernel's own count of changes back to it; the kernel does not listen, but the host does.
import type { AnyModel } from "@anywidget/types";

const FOLLOWERS = /^MARIMO-/;

/** Whether the element stands in such a host. */
export function followsPages(el: Element): boolean {
  for (let at: Node | null = el; at !== null; ) {
    if (at instanceof Element && FOLLOWERS.test(at.tagName)) return true;
    at = at instanceof ShadowRoot ? at.host : at.parentNode;
  }
  return false;
}

/** Says each new count once, whichever of the model's views is first. */
export function echoChanges(
  model: AnyModel<{ changes: number }>,
  said: { count: number },
  signal: AbortSignal,
): void {
  const echo = (): void => {
    const count = model.get("changes");
    if (count <= said.count) return;
    said.count = count; // first: to set it is a change as well
    model.set("changes", count);
    model.save_changes();
  };
  model.on("change:changes", echo);
  signal.addEventListener("abort", () => model.off("change:changes", echo), { once: true });
}
