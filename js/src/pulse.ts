// Whether the kernel still lives, as far as the host itself knows: looked at now and then, no message is sent. A comm
// tells of a kernel that restarts; of one that was shut down nobody tells, until a click meets nothing.
import type { AnyModel } from "@anywidget/types";

/** Milliseconds between two looks, while the tab is visible. */
export const BEAT = 1000;

/** What JupyterLab's and Notebook's widget managers show of their kernel. */
interface Manager {
  readonly kernel?: { readonly isDisposed?: boolean; readonly status?: string } | null;
}

/** Whether the host says that its kernel is no more; one that says nothing of a kernel never does. */
export function isDead(manager: unknown): boolean {
  if (typeof manager !== "object" || manager === null || !("kernel" in manager)) return false;
  const { kernel } = manager as Manager;
  return !kernel || kernel.isDisposed === true || kernel.status === "dead";
}

/** Calls `died` once, when the host first says so. */
export function watchPulse(model: AnyModel, died: () => void, signal: AbortSignal): void {
  let lived = false; // a page may be there before its kernel
  const timer = setInterval(() => {
    if (document.visibilityState === "hidden") return;
    const dead = isDead(model.widget_manager);
    if (!dead) lived = true;
    else if (lived) {
      clearInterval(timer);
      died();
    }
  }, BEAT);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}
