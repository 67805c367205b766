// Making elements, in one line each. Nothing of ours is known here but how keys are written.
import { type Bindings, OWN, pieces, spelled } from "./bindings";

type Attributes = { readonly [name: string]: string | number | boolean | null | undefined };

/** An element with attributes (true: present, false and null: absent) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...children);
  return element;
}

/** Sets, or removes, an attribute; leaves it alone when it is right, so that readers are not disturbed. */
export function setAttribute(element: Element, name: string, value: Attributes[string]): void {
  if (value === null || value === undefined || value === false) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
  } else {
    const text = value === true ? "" : String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

/** Sets the text, only when it differs. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** A tooltip with keys in double brackets; `rekey` writes them as they are now. */
export function keyed(element: Element, text: string): void {
  if (element.getAttribute("data-keyed") === text) return;
  setAttribute(element, "data-keyed", text);
  setAttribute(element, "title", spelled(text, OWN));
}

/** Writes the keys that a person chose in all tooltips, and on all caps that name their own key. */
export function rekey(root: ParentNode, bindings: Bindings): void {
  for (const one of root.querySelectorAll("[data-keyed]"))
    setAttribute(one, "title", spelled(one.getAttribute("data-keyed") ?? "", bindings));
  for (const one of root.querySelectorAll("[data-cap]")) {
    const cap = one.getAttribute("data-cap") ?? "";
    setText(one, bindings.caps.get(cap) ?? cap);
  }
}

/** A line drawing of 16 x 16 units in the colour of the text; said by the element around it, so hidden from readers. */
export function icon(inside: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "sam-icon");
  svg.innerHTML = inside;
  return svg;
}

/** Text with keys in it: `[[Enter]] accepts` -> a key cap and words. */
export function withKeys(text: string, bindings: Bindings = OWN): Node[] {
  return pieces(text, bindings).map((piece) =>
    piece.cap ? h("kbd", {}, piece.text) : document.createTextNode(piece.text),
  );
}
