// What a page shows and hides where no kernel is: the still in a widget's saved state, and the one that stands beside
// its output in the notebook (`saved.py`). Knows no document, and of anywidget only whom to ask.
import type { AnyModel } from "@anywidget/types";

/** Milliseconds of silence after which a page asks whether there is a kernel at all. */
export const SILENCE = 2000;

/** The hidden child's id, by which the kernel names what belongs to this widget. */
function idOf(model: AnyModel): string {
  return String(model.get("channel") ?? "").replace("anywidget:", "");
}

/** Whether the host shows what was saved, with no kernel behind it. Hosts that cannot tell say no. */
export async function isOrphan(model: AnyModel): Promise<boolean> {
  const manager: Partial<AnyModel["widget_manager"]> | null | undefined = model.widget_manager;
  if (manager?.get_model === undefined) return false;
  try {
    const child = (await manager.get_model(idOf(model))) as { readonly comm_live?: boolean };
    return child.comm_live === false;
  } catch {
    return true;
  }
}

/** The still in the saved state, as an address; null for none. */
export function stillOf(still: DataView | null | undefined): string | null {
  if (still === null || still === undefined || still.byteLength === 0) return null;
  const bytes = new Uint8Array(still.buffer, still.byteOffset, still.byteLength);
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `data:image/webp;base64,${btoa(text)}`;
}

/** Hides the still beside the widget's output while the widget itself is there to be seen. */
export function hideBeside(model: AnyModel, signal: AbortSignal): void {
  const id = idOf(model);
  if (signal.aborted || !/^\w+$/.test(id)) return;
  const style = document.createElement("style");
  // The output that it stands in, and not one that has that output in it, as an Output widget's has.
  const output = `.jp-OutputArea-child:has(.sam-saved-${id}):not(:has(.jp-OutputArea-child))`;
  style.textContent = `.sam-saved-${id}, ${output} { display: none; }`;
  document.head.append(style);
  signal.addEventListener("abort", () => style.remove(), { once: true });
}
