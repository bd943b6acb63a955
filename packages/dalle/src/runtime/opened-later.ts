/**
 * @file Something that opens when it is first needed and is let go once. A failure to open is told to whoever asked, and is
 * not kept: the next one to ask tries again.
 */
import { disposedError } from "./session.js";

export class OpenedLater<Value extends AsyncDisposable> implements AsyncDisposable {
  #opening: Promise<Value> | undefined;
  #isOpen = false;
  #isDisposed = false;

  /** open: how to open it, unless it is open or being opened. */
  async get(open: () => Promise<Value>): Promise<Value> {
    if (this.#isDisposed) throw disposedError();
    this.#opening ??= open().then(
      (value) => {
        this.#isOpen = true;
        return value;
      },
      (error) => {
        this.#opening = undefined;
        throw error;
      },
    );
    return this.#opening;
  }

  get isOpen(): boolean {
    return this.#isOpen && !this.#isDisposed;
  }

  /** What is being opened is waited for. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    // Whoever asked was told of a failure, and there is nothing to let go.
    await (await this.#opening?.catch(() => undefined))?.[Symbol.asyncDispose]();
  }
}
