// A quiet sign in the footer where something was assumed of the photo, and the words when somebody asks for them.
// Nothing is assumed here.
import { t } from "../words/words";
import { h, icon, setText } from "./dom";
import { ICONS } from "./icons";

export function assumedNote(): { element: HTMLElement; update(said: readonly string[]): void } {
  const words = h("ul", { class: "sam-assumed-words", id: `sam-assumed-${++made}` });
  const button = h("button", {
    type: "button",
    class: "sam-assumed-button",
    "data-action": "assumed",
    "aria-label": t("What was assumed of the photo"),
    "aria-describedby": words.id,
  });
  button.append(icon(ICONS.info));
  const element = h("div", { class: "sam-assumed", hidden: true }, button, words);
  return {
    element,
    update(said) {
      element.hidden = said.length === 0;
      while (words.children.length > said.length) words.lastChild?.remove();
      while (words.children.length < said.length) words.append(h("li", {}));
      said.forEach((sentence, i) => {
        const line = words.children[i];
        if (line !== undefined) setText(line, sentence);
      });
    },
  };
}

let made = 0; // several views of a page: an id each
