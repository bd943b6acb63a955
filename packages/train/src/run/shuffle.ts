/** @file Which records a step sees: every epoch is a fresh permutation, a function of (seed, epoch) alone. */
import { Random } from "@dalle-ts/data";

export class Shuffle {
  readonly #count: number;
  readonly #seed: number;
  #epoch = -1;
  #order = new Uint32Array(0);

  constructor(count: number, seed: number) {
    this.#count = count;
    this.#seed = seed;
  }

  /** Indices into the records for batch `step`; batches run across the ends of epochs. */
  batch(step: number, size: number): number[] {
    return Array.from({ length: size }, (_, index) => this.#record(step * size + index));
  }

  #record(position: number): number {
    const epoch = Math.floor(position / this.#count);
    if (epoch !== this.#epoch) this.#shuffle(epoch);
    return this.#order[position % this.#count]!;
  }

  #shuffle(epoch: number): void {
    const random = new Random(this.#seed, epoch);
    const order = Uint32Array.from({ length: this.#count }, (_, index) => index);
    for (let last = this.#count - 1; last > 0; last--) {
      const other = random.integer(last + 1);
      const moved = order[last]!;
      order[last] = order[other]!;
      order[other] = moved;
    }
    this.#epoch = epoch;
    this.#order = order;
  }
}
