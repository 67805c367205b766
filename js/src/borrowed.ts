// A canvas of another widget (ipycanvas), as the host's widget manager holds it: lent to be looked at, never drawn on.
import type { AnyModel } from "@anywidget/types";

export interface Borrowed {
  readonly canvas: HTMLCanvasElement;
  /** Calls the listener whenever something was drawn on it, until the signal aborts. */
  onFrame(listener: () => void, signal: AbortSignal): void;
}

/** What ipycanvas's own model shows of itself. */
interface Lender {
  readonly canvas?: unknown;
  on(name: string, listener: () => void): void;
  off(name: string, listener: () => void): void;
}

/** What its model says when a batch of commands has been drawn. */
const FRAME = "new-frame";

/** The canvas of a model; null where the host has no manager of widgets, or no such canvas. */
export async function borrow(model: AnyModel, id: string): Promise<Borrowed | null> {
  const manager: Partial<AnyModel["widget_manager"]> | null | undefined = model.widget_manager;
  if (manager?.get_model === undefined) return null;
  try {
    const lender = (await manager.get_model(id)) as unknown as Lender;
    const { canvas } = lender;
    if (!(canvas instanceof HTMLCanvasElement)) return null;
    return {
      canvas,
      onFrame(listener, signal) {
        lender.on(FRAME, listener);
        signal.addEventListener("abort", () => lender.off(FRAME, listener), { once: true });
      },
    };
  } catch {
    return null;
  }
}
