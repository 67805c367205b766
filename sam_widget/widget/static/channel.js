// Built from js/ by `npm run build`. Change it there.

// src/channel.ts
function wireOf(model) {
  return {
    send: (content, buffers) => model.send(content, void 0, buffers),
    listen(listener, signal) {
      model.on("msg:custom", listener);
      signal.addEventListener("abort", () => model.off("msg:custom", listener), { once: true });
    }
  };
}
var channel_default = {
  initialize: ({ model }) => wireOf(model)
};
export {
  channel_default as default,
  wireOf
};
