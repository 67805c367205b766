// The widget that needs no kernel: a photo with its stored embedding, and a decoder, answer clicks in the page. An ES
// module as anywidget, and MyST's `{anywidget}`, mount one; its model is plain values:
//   photo, decoder  where the two files are: an address, or "#id" of an element with their base64
//   name            of the photo, for the mask's file;  height  of it, in CSS pixels;  theme  "auto", "light", "dark"

import STYLE from "inline:src/standalone/style.css";
import type { AnyModel } from "@anywidget/types";
import type { Theme } from "../ui/theme";
import { fileOf } from "./files";
import { model as modelOf } from "./model";
import { View } from "./view";

export interface Values {
  readonly photo: string;
  readonly decoder: string;
  readonly name?: string;
  readonly height?: number;
  readonly theme?: Theme;
}

type Given = Pick<AnyModel<Values>, "get">;

export default {
  render({ model, el }: { readonly model: Given; readonly el: HTMLElement }): () => void {
    const end = new AbortController();
    const style = document.createElement("style");
    style.textContent = STYLE;
    el.append(style);
    const mind = modelOf(end.signal);
    const looks = {
      height: model.get("height") ?? 480,
      theme: model.get("theme") ?? "auto",
      name: model.get("name") ?? "photo",
    } as const;
    const view = new View(el, mind, looks, end.signal);
    void begin(view, mind, model);
    return () => {
      end.abort();
      el.replaceChildren();
    };
  },
};

async function begin(view: View, mind: ReturnType<typeof modelOf>, model: Given): Promise<void> {
  try {
    const files = [model.get("decoder"), model.get("photo")].map((address) => fileOf(address));
    const [decoder, photo] = (await Promise.all(files)) as [ArrayBuffer, ArrayBuffer];
    await view.begin(await mind.ask({ type: "load", decoder, photo }));
  } catch (error) {
    view.fail(error instanceof Error ? error.message : String(error));
  }
}
