/** @file Jobs of which only a few run at once; the others wait in the order they came. */

export class FewAtATime {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** most: jobs at once, at least 1. */
  constructor(most: number) {
    this.#free = most;
  }

  /** A failed job frees its place; its caller sees the error. */
  async run<Result>(job: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await job();
    } finally {
      const next = this.#waiting.shift(); // who waited takes the place over
      if (next) next();
      else this.#free++;
    }
  }
}
