// The hidden child widget of every SamWidget: it has no view, only a comm of its own for the protocol, so that cells
// which set the visible widget's traits do not hold up the clicks. Its exports reach the widget by host.getWidget.
import type { AnyModel, InitializeProps } from "@anywidget/types";
import type { Wire } from "./link";

/** A model's custom messages as a wire. */
export function wireOf(model: AnyModel): Wire {
  return {
    send: (content, buffers) => model.send(content, undefined, buffers),
    listen(listener, signal) {
      model.on("msg:custom", listener);
      signal.addEventListener("abort", () => model.off("msg:custom", listener), { once: true });
    },
  };
}

export default {
  initialize: ({ model }: InitializeProps): Wire => wireOf(model),
};
