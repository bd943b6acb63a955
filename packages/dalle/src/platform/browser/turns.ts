/** @file Jobs that keep the page's thread busy: one at a time, in order, with a breath for the page between them. */

/** Long enough to be rare beside the jobs, short enough that nobody sees the page stand still. */
const BREATH_AFTER = 12;

export class Turns {
  #tail: Promise<unknown> = Promise.resolve();
  /** In milliseconds, as `performance.now` counts. */
  #lastBreath = 0;

  /** A rejected job frees its turn; its caller still sees the error. */
  take<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(async () => {
      await this.#breathe();
      return job();
    });
    this.#tail = result.catch(() => undefined);
    return result;
  }

  async #breathe(): Promise<void> {
    if (performance.now() - this.#lastBreath < BREATH_AFTER) return;
    await nextTask();
    this.#lastBreath = performance.now();
  }
}

/** Resolves as a task of its own; unlike a timer, at full speed in a page that is in the background. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
