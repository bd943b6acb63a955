/** @file A session that opens when it is first run: generating needs no encoder. */
import type { ModelFiles } from "../model-folder/model-folder.js";
import type { RuntimeTensor } from "./session.js";
import { disposedError, Session } from "./session.js";

export class LazySession implements AsyncDisposable {
  readonly #files: ModelFiles;
  readonly #graph: string;
  #session: Promise<Session> | undefined;
  #disposed = false;

  /** graph: the name of an .onnx file, with its weight files beside it. */
  constructor(files: ModelFiles, graph: string) {
    this.#files = files;
    this.#graph = graph;
  }

  async run(inputs: Readonly<Record<string, RuntimeTensor>>): ReturnType<Session["run"]> {
    if (this.#disposed) throw disposedError();
    this.#session ??= Session.open(this.#files, this.#graph);
    return (await this.#session).run(inputs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    await (await this.#session)?.[Symbol.asyncDispose]();
  }
}
