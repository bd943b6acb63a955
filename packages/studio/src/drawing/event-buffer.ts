/** @file Events from a callback to a loop: what comes while the loop is busy waits in order. */

export class EventBuffer<Event> implements AsyncIterable<Event> {
  readonly #waiting: Event[] = [];
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => undefined;

  push(event: Event): void {
    this.#waiting.push(event);
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

  async *[Symbol.asyncIterator](): AsyncGenerator<Event, void, undefined> {
    for (;;) {
      while (this.#waiting.length > 0) yield this.#waiting.shift()!;
      if (this.#failure) throw this.#failure.error;
      if (this.#ended) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
