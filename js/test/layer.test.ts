import { expect, test, vi } from "vitest";
import type { Borrowed } from "../src/borrowed";
import { Layer, type Lent } from "../src/layer";
import { contain, look } from "../src/viewport";

const VIEW = contain({ width: 60, height: 40 }, { width: 60, height: 40 }, 1);

/** A layer whose host lends canvases by their ids, when told to. */
function layer() {
  const source = {} as HTMLCanvasElement;
  const frames = new Set<() => void>();
  const borrowed: Borrowed = {
    canvas: source,
    onFrame(listener, signal) {
      frames.add(listener);
      signal.addEventListener("abort", () => frames.delete(listener));
    },
  };
  const context = { clearRect: vi.fn(), drawImage: vi.fn() };
  const canvas = { hidden: false, style: { opacity: "" }, getContext: () => context };
  const told = { changed: 0, failed: 0 };
  const one = new Layer(
    canvas as unknown as HTMLCanvasElement,
    {
      borrow: async (id) => (id === "none" ? null : borrowed),
      changed: () => void told.changed++,
      failed: () => void told.failed++,
    },
    new AbortController().signal,
  );
  return { one, canvas, context, source, frames, told };
}

const lent = (canvas: string, opacity = 0.5): Lent => ({ canvas, opacity });

test("it shows the same window of the canvas as of the photo, again only when something changed", async () => {
  const { one, canvas, context, source, frames } = layer();
  one.paint(VIEW, false);
  expect(canvas.hidden).toBe(true);
  await one.take(lent("a"));
  one.paint(VIEW, false);
  one.paint({ ...VIEW }, false); // each frame has a view of its own
  expect([canvas.hidden, canvas.style.opacity]).toEqual([false, "0.5"]);
  expect(context.drawImage.mock.calls).toEqual([[source, -0, -0, 60, 40]]);
  one.paint(look(VIEW, { zoom: 2, x: 30, y: 20 }), false);
  expect(context.drawImage).toHaveBeenLastCalledWith(source, -60, -40, 120, 80);
  for (const frame of frames) frame();
  one.paint(VIEW, false);
  expect(context.drawImage).toHaveBeenCalledTimes(3);
  one.paint(VIEW, true);
  expect(canvas.hidden).toBe(true);
});

test("another opacity borrows nothing anew, none gives it back, and a host without it says so", async () => {
  const { one, canvas, frames, told } = layer();
  await one.take(lent("a"));
  const [first] = frames;
  await one.take(lent("a", 0.9));
  expect([...frames]).toEqual([first]);
  await one.take(null);
  one.paint(VIEW, false);
  expect([frames.size, canvas.hidden, told.failed]).toEqual([0, true, 0]);
  await one.take(lent("none"));
  expect(told.failed).toBe(1);
});
