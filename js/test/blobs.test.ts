import { expect, test } from "vitest";
import { nameOf } from "../src/blobs";

test("bytes have the name that the kernel gives them, whatever their length", async () => {
  for (const length of [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1000, 100_003]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 167 + length) % 256);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const digits = Array.from(digest.slice(0, 16), (byte) => byte.toString(16).padStart(2, "0"));
    expect(nameOf(bytes), String(length)).toBe(digits.join(""));
  }
});
