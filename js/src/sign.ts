// The sign that the next click has: what the toolbar holds, turned once by a key, turned while Alt is down.

export class Sign {
  #held = false; // negative, until another is taken
  #flipped = false; // for the next click alone
  #alt = false;

  /** Whether a click has the negative sign, Alt aside: its event says itself whether Alt is down. */
  get negative(): boolean {
    return this.#held !== this.#flipped;
  }

  /** Whether a key has turned the next click alone. */
  get flipped(): boolean {
    return this.#flipped;
  }

  /** The same with Alt as it is now, for what the page shows. */
  get shown(): boolean {
    return this.negative !== this.#alt;
  }

  /** Whether Alt is down. */
  get turned(): boolean {
    return this.#alt;
  }

  take(negative: boolean): void {
    this.#held = negative;
    this.#flipped = false;
  }

  flip(): void {
    this.#flipped = !this.#flipped;
  }

  /** A click has had it. */
  spend(): void {
    this.#flipped = false;
  }

  /** Alt is down or up; whether that is new. */
  alt(down: boolean): boolean {
    const is = down !== this.#alt;
    this.#alt = down;
    return is;
  }
}
