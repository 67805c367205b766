// Making elements, in one line each. Nothing of ours is known here but how keys are written.
import { type Bindings, OWN, pieces } from "./bindings";

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
