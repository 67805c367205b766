// What the kernel calls bytes: the beginning of their SHA-256. The browser's own digest works only on pages that it
// trusts, which a notebook's need not be, and only later; a brush must name its mask at once.

/** Hexadecimal digits of a name, of the hash's 64. */
const DIGITS = 32;
const BLOCK = 64; // bytes

/** The first 32 bits of the fractions of roots of the first primes: square roots to begin with, cube roots each round. */
const primes = Array.from({ length: 312 }, (_, n) => n).filter(
  (n) => n > 1 && Array.from({ length: n - 2 }, (_, i) => i + 2).every((d) => n % d !== 0),
);
const fraction = (root: number): number => (root - Math.floor(root)) * 2 ** 32;
const START = Uint32Array.from(primes.slice(0, 8), (n) => fraction(Math.sqrt(n)));
const ROUNDS = Uint32Array.from(primes.slice(0, 64), (n) => fraction(Math.cbrt(n)));

const turn = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

/** The name of bytes: 32 hexadecimal digits of their SHA-256, as the kernel's `name_of` says. */
export function nameOf(bytes: Uint8Array): string {
  const padded = new Uint8Array((Math.floor((bytes.length + 8) / BLOCK) + 1) * BLOCK);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, (bytes.length * 8) >>> 0);
  const hash = START.slice();
  const words = new Uint32Array(ROUNDS.length);
  for (let start = 0; start < padded.length; start += BLOCK) {
    for (let i = 0; i < 16; i++) words[i] = view.getUint32(start + 4 * i);
    mix(hash, words);
  }
  const digits = Array.from(hash, (word) => word.toString(16).padStart(8, "0"));
  return digits.join("").slice(0, DIGITS);
}

/** One block's 64 rounds (FIPS 180-4, section 6.2.2); its first 16 words are there. */
function mix(hash: Uint32Array, words: Uint32Array): void {
  const w = (i: number): number => words[i] ?? 0;
  for (let i = 16; i < words.length; i++) {
    const [x, y] = [w(i - 15), w(i - 2)];
    const small = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    words[i] = w(i - 16) + small + w(i - 7) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let i = 0; i < words.length; i++) {
    const large = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const one = (h + large + ((e & f) ^ (~e & g)) + (ROUNDS[i] ?? 0) + w(i)) | 0;
    const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
  }
  [a, b, c, d, e, f, g, h].forEach((value, i) => {
    hash[i] = (hash[i] ?? 0) + value;
  });
}
