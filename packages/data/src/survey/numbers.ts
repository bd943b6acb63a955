/** @file Many whole numbers in little memory, for their smallest, middle and largest. */

export interface Spread {
  readonly smallest: number;
  readonly median: number;
  readonly largest: number;
}

/** 4 bytes a number. */
export class Numbers {
  #values = new Uint32Array(1024);
  #count = 0;

  /** An integer in [0, 2^32). */
  add(value: number): void {
    if (this.#count === this.#values.length) {
      const longer = new Uint32Array(2 * this.#count);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[this.#count++] = value;
  }

  /** Zeros where there are no numbers. */
  spread(): Spread {
    const sorted = this.#values.slice(0, this.#count).sort();
    return {
      smallest: sorted[0] ?? 0,
      median: sorted[sorted.length >> 1] ?? 0,
      largest: sorted.at(-1) ?? 0,
    };
  }
}
