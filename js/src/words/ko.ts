// The page's sentences in Korean. An entry for each that `t` is called with, and no other.
import type { Dictionary } from "./words";

export const KOREAN: Dictionary = {};
