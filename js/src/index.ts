// The widget as anywidget runs it: `initialize` makes what all views of a model share, `render` makes one view.
// The only file that knows anywidget's model and host; it joins the parts and does nothing itself.
import type { AnyModel, AnyWidget, Host, InitializeProps, RenderProps } from "@anywidget/types";
import { borrow } from "./borrowed";
import { wireOf } from "./channel";
import { newId } from "./document";
import { echoChanges, followsPages } from "./echo";
import type { Knobs, KnobValues } from "./knobs";
import { Link, type Wire } from "./link";
import { watchPulse } from "./pulse";
import { hideBeside, isOrphan, SILENCE } from "./saved";
import { Store } from "./store";
import { View } from "./view";

interface Traits extends KnobValues {
  readonly changes: number; // of mask, scores and objects, as the kernel counts them
  readonly channel: string | null; // "anywidget:<model id>" of the hidden child
}

/** Milliseconds that a host may take to find the hidden child before the visible comm does its work. */
const CHANNEL_PATIENCE = 5000;

/** What the views of one model share. */
interface Shared {
  readonly store: Store;
  readonly signal: AbortSignal;
  readonly said: { count: number }; // changes, to the host
  link: Promise<Link> | null;
}

/** A factory: every model of a page has its own store, even where a host loads this module once for all. */
export default function widget(): AnyWidget<Traits> {
  const shared = new Map<string, Shared>();
  const keyOf = (model: AnyModel<Traits>): string => model.get("channel") ?? "";

  return {
    initialize({ model, signal }: InitializeProps<Traits>) {
      const one: Shared = { store: new Store(newId()), signal, said: { count: 0 }, link: null };
      const key = keyOf(model);
      shared.set(key, one);
      signal.addEventListener("abort", () => shared.delete(key), { once: true });
      // ipywidgets' word for "this comm lives, or lives no more"; which of the two, asking tells.
      const doubt = (): void => void one.link?.then((link) => link.doubt());
      model.on("comm_live_update", doubt);
      signal.addEventListener("abort", () => model.off("comm_live_update", doubt), { once: true });
      watchPulse(model, () => void one.link?.then((link) => link.gone()), signal);
    },

    render({ model, el, signal, host }: RenderProps<Traits>) {
      const one = shared.get(keyOf(model));
      if (one === undefined) throw new Error("sam_widget: this view came before its model.");
      one.link ??= wireTo(model, host).then((wire) => new Link(one.store, wire, one.signal));
      hideBeside(model, signal);
      if (followsPages(el)) echoChanges(model, one.said, signal);
      if (one.store.contact === "waiting") listenInVain(model, one.store, signal);
      const view = new View(el, one.store, knobsOf(model, signal), signal);
      return () => view.close();
    },
  };
}

/** A page that hears nothing asks whether there is a kernel; without one it shows what was saved. */
function listenInVain(model: AnyModel, store: Store, signal: AbortSignal): void {
  const timer = setTimeout(async () => {
    if (store.contact !== "open" && (await isOrphan(model))) store.setContact("saved");
  }, SILENCE);
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
}

/** The hidden child's comm where the host can reach it, else the visible one's. */
async function wireTo(model: AnyModel<Traits>, host: Host | undefined): Promise<Wire> {
  const channel = model.get("channel");
  if (typeof channel === "string" && host !== undefined) {
    try {
      const found = await Promise.race([
        host.getWidget<Partial<Wire> | undefined>(channel),
        new Promise<null>((resolve) => setTimeout(() => resolve(null), CHANNEL_PATIENCE)),
      ]);
      const wire = found?.exports;
      if (wire?.send !== undefined && wire.listen !== undefined) return wire as Wire;
    } catch {
      // A host that knows no child models: the visible comm carries the protocol too.
    }
  }
  return wireOf(model);
}

/** The traits that a view reads and sets. */
function knobsOf(model: AnyModel, signal: AbortSignal): Knobs {
  return {
    get: (name) => model.get(name),
    set(name, value) {
      model.set(name, value);
      model.save_changes();
    },
    borrow: (id) => borrow(model, id),
    onChange(names, listener) {
      for (const name of names) {
        model.on(`change:${name}`, listener);
        signal.addEventListener("abort", () => model.off(`change:${name}`, listener), {
          once: true,
        });
      }
    },
  };
}
