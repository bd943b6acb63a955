/** @file Events from a callback to a loop: what comes while the loop is busy waits in order, until the loop is left. */

export interface EventBufferOptions<Event> {
  /** Of events with the same name at most so many wait, and a new one takes the place of the last. */
  readonly most: number;
  /** Undefined for events that all wait. */
  readonly nameOf: (event: Event) => unknown;
}

export class EventBuffer<Event> implements AsyncIterable<Event> {
  readonly #options: EventBufferOptions<Event>;
  #waiting: Event[] = [];
  #isLeft = false;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => undefined;

  constructor(options: EventBufferOptions<Event>) {
    this.#options = options;
  }

  push(event: Event): void {
    if (this.#isLeft) return;
    const { most, nameOf } = this.#options;
    const name = nameOf(event);
    const isAlike = (each: Event) => name !== undefined && nameOf(each) === name;
    if (this.#waiting.filter(isAlike).length < most) this.#waiting.push(event);
    else this.#waiting[this.#waiting.findLastIndex(isAlike)] = event;
    this.#wake();
  }

  /** After what waits, the loop ends. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** After what waits, the loop throws. */
  fail(error: unknown): void {
    this.#failure = { error };
    this.#wake();
  }

  /** For one loop. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Event, void, undefined> {
    try {
      for (;;) {
        while (this.#waiting.length > 0) yield this.#waiting.shift()!;
        if (this.#failure) throw this.#failure.error;
        if (this.#ended) return;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      this.#isLeft = true;
      this.#waiting = [];
    }
  }
}
