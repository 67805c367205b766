// What the kernel calls bytes: the beginning of their SHA-256. The browser's own digest works only on pages that it
// trusts, which a notebook's need not be, and only later; a brush must name its mask at once.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** Hexadecimal digits of a name, of the hash's 64. */
const DIGITS = 32;

/** The name of bytes: 32 hexadecimal digits of their SHA-256, as the kernel's `name_of` says. */
export function nameOf(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes)).slice(0, DIGITS);
}
