/** @file A session that opens when it is first run: generating needs no encoder. */
import type { RuntimeTensor } from "./session.js";
import { disposedError, Session } from "./session.js";

export class LazySession implements AsyncDisposable {
  readonly #path: string;
  #session: Promise<Session> | undefined;
  #disposed = false;

  /** path: an .onnx file with its weight files beside it. */
  constructor(path: string) {
    this.#path = path;
  }

  async run(inputs: Readonly<Record<string, RuntimeTensor>>): ReturnType<Session["run"]> {
    if (this.#disposed) throw disposedError();
    this.#session ??= Session.open(this.#path);
    return (await this.#session).run(inputs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    await (await this.#session)?.[Symbol.asyncDispose]();
  }
}
