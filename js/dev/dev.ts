// The dev page: the real widget on a fake model and a fake kernel. The address says what to show, for example
// index.html?photo=/photo.png&theme=dark&width=860&delay=600&status=encoding&views=2
import type { AnyModel } from "@anywidget/types";
import widget from "../src/index";
import type { FromPage, Status } from "../src/protocol";
import { FakeKernel } from "./kernel";

const asked = new URLSearchParams(location.search);
const what = (asked.get("status") ?? "ready") as Status["what"];
const TEXTS: Record<string, string> = {
  loading: "Loading the model mini...",
  encoding: "Encoding the photo",
  ready: "mini is ready",
  error: asked.get("text") ?? "The weights file is broken: it ends after 120 of 21,434 bytes.",
};

const COFFEE = [
  [282, 232, 196, 186, 0],
  [288, 128, 117, 120, 0.2],
  [290, 158, 84, 48, 0],
  [366, 290, 44, 34, -1.2],
  [366, 290, 30, 24, -1.2],
  [404, 112, 60, 18, -1.0],
  [90, 70, 80, 60, 0.3],
  [90, 70, 60, 40, 0.3],
  [90, 70, 30, 20, 0.3],
] as const;

async function photoOf(url: string): Promise<{ bytes: Uint8Array; width: number; height: number }> {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const picture = await createImageBitmap(new Blob([bytes]));
  return { bytes, width: picture.width, height: picture.height };
}

const none = { bytes: new Uint8Array(), width: 1, height: 1 };
const photoUrl = asked.get("photo");
const photo = photoUrl === null ? none : await photoOf(photoUrl);
const delay = asked.get("delay");
// size=4000x3000: the image's own, where the photo for the page was made smaller.
const [width = photo.width, height = photo.height] = (asked.get("size") ?? "")
  .split("x")
  .map((side) => Number(side) || undefined);
const kernel = new FakeKernel({
  width,
  height,
  photo: photo.bytes,
  delay: delay === "never" ? Number.POSITIVE_INFINITY : Number(delay ?? 18),
  mute: asked.has("mute"),
  assumed: asked.getAll("assumed"),
  truth: asked.has("truth"),
  accepted: Number(asked.get("accepted") ?? 0),
  spots: Number(asked.get("spots") ?? 16),
  pace: Number(asked.get("pace") ?? 60),
  mask: asked.has("mask"),
  shapes: COFFEE.map(([x, y, rx, ry, turn]) => {
    const k = width / 600;
    return [x * k, y * k, rx * k, ry * k, turn] as const;
  }),
  status: {
    type: "status",
    what,
    progress: asked.has("progress") ? Number(asked.get("progress")) : null,
    text: TEXTS[what] ?? "",
    model: asked.get("model") ?? "mini",
  },
});

/** A model as anywidget hands it out, its comm joined to the fake kernel. */
function fakeModel(): AnyModel & { fire(name: string): void } {
  const traits = new Map<string, unknown>([
    ["height", Number(asked.get("height") ?? 480)],
    ["tool", asked.get("tool") ?? "point"],
    ["theme", asked.get("theme") ?? "auto"],
    ["feed_back", true],
    ["opacity", Number(asked.get("opacity") ?? 0.5)],
    ["shortcuts", JSON.parse(asked.get("shortcuts") ?? "{}")],
    ["hover", asked.get("hover") !== "off"],
    ["turbo", asked.has("turbo")],
    ["overlap", "keep"],
    ["color_by", "object"],
    ["labels", []],
    ["hidden", []],
    ["channel", asked.has("saved") ? "anywidget:child" : null],
    ["still", asked.has("saved") ? new DataView(photo.bytes.buffer) : null],
  ]);
  const handlers = new Map<string, Set<(...values: unknown[]) => void>>();
  kernel.listeners.add((content, buffers) => {
    for (const handler of handlers.get("msg:custom") ?? []) handler(content, buffers);
  });
  return {
    get: (name: string) => traits.get(name),
    set(name: string, value: unknown) {
      traits.set(name, value);
      for (const handler of handlers.get(`change:${name}`) ?? []) handler();
    },
    save_changes() {},
    send: (content: FromPage) => kernel.receive(structuredClone(content)),
    on(name: string, handler: (...values: unknown[]) => void) {
      const known = handlers.get(name) ?? new Set();
      handlers.set(name, known.add(handler));
    },
    off(name: string, handler: (...values: unknown[]) => void) {
      handlers.get(name)?.delete(handler);
    },
    fire(name: string) {
      for (const handler of handlers.get(name) ?? []) handler();
    },
    // saved: as a host without a kernel; the photo stands for the still
    widget_manager: asked.has("saved") ? { get_model: async () => ({ comm_live: false }) } : null,
  } as unknown as AnyModel & { fire(name: string): void };
}

const jupyter = asked.get("jupyter");
if (jupyter !== null) document.body.dataset.jpThemeLight = jupyter === "light" ? "true" : "false";
const cell = document.querySelector("#cell");
const model = fakeModel();
const end = new AbortController();
const factory = widget();
const definition = typeof factory === "function" ? await factory() : factory;
const signal = end.signal;
await definition.initialize?.({ model, signal } as never);
for (let i = 0; i < Number(asked.get("views") ?? 1); i++) {
  const el = document.createElement("div");
  if (asked.has("width")) el.style.width = `${asked.get("width")}px`;
  el.style.marginBottom = "16px";
  cell?.append(el);
  await definition.render?.({ model, el, signal } as never);
}
Object.assign(window, { kernel, model, end });
