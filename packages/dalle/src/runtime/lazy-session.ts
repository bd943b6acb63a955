/** @file A session that opens when it is first run: generating needs no encoder. */
import type { ModelFiles } from "../model-folder/model-folder.js";
import { OpenedLater } from "./opened-later.js";
import type { RuntimeTensor } from "./session.js";
import { Session } from "./session.js";

export class LazySession implements AsyncDisposable {
  readonly #files: ModelFiles;
  readonly #graph: string;
  readonly #session = new OpenedLater<Session>();

  /** graph: the name of an .onnx file, with its weight files beside it. */
  constructor(files: ModelFiles, graph: string) {
    this.#files = files;
    this.#graph = graph;
  }

  async run(inputs: Readonly<Record<string, RuntimeTensor>>): ReturnType<Session["run"]> {
    return (await this.#opened()).run(inputs);
  }

  /** As `Session.isFixed`. */
  async isFixed(input: string, axis: number): Promise<boolean> {
    return (await this.#opened()).isFixed(input, axis);
  }

  #opened(): Promise<Session> {
    return this.#session.get(() => Session.open(this.#files, this.#graph));
  }

  /** Whether the weights in this file are loaded. */
  holds(file: string): boolean {
    return this.#session.isOpen && file.startsWith(this.#graph.replace(/onnx$/, ""));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session[Symbol.asyncDispose]();
  }
}
