// Where a page's files are: in the page itself, as base64 in an element (`#id`), or at an address beside it.
import { t } from "../words/words";

export async function fileOf(address: string): Promise<ArrayBuffer> {
  if (address.startsWith("#")) {
    const text = document.getElementById(address.slice(1))?.textContent?.trim();
    if (text) return bytesOf(text);
    throw new Error(t("The file {name} is not beside this page.", { name: address.slice(1) }));
  }
  const answer = await fetch(address).catch(() => null);
  if (answer?.ok) return await answer.arrayBuffer();
  throw new Error(t("The file {name} is not beside this page.", { name: address }));
}

function bytesOf(base64: string): ArrayBuffer {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes.buffer;
}
