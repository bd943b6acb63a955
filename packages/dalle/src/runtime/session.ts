/** @file One ONNX Runtime session: a graph with named inputs and outputs, in Node or in a page. */

import { DalleError } from "@dalle-ts/tensor";
import { Tensor } from "onnxruntime-common";
import { createSession } from "#platform/runtime";
import type { Device } from "../engine.js";
import type { ModelFiles } from "../model-folder/model-folder.js";

export type RuntimeTensor = Tensor;

/** Wraps typed arrays without copying: what is written to `data` later is what the next run reads. */
export function runtimeTensor(
  data: Float32Array | BigInt64Array,
  shape: readonly number[],
): RuntimeTensor {
  return data instanceof Float32Array
    ? new Tensor("float32", data, shape)
    : new Tensor("int64", data, shape);
}

export class Session implements AsyncDisposable {
  readonly #session: Awaited<ReturnType<typeof createSession>>;
  readonly #name: string;
  readonly #running = new Set<Promise<unknown>>();
  #disposed = false;

  private constructor(session: Awaited<ReturnType<typeof createSession>>, name: string) {
    this.#session = session;
    this.#name = name;
  }

  /** graph: the name of an .onnx file, with its weight files beside it. */
  static async open(files: ModelFiles, graph: string, device: Device = "cpu"): Promise<Session> {
    const name = typeof files === "string" ? `${files}/${graph}` : files.path(graph);
    try {
      return new Session(await createSession(files, graph, device), name);
    } catch (cause) {
      if (cause instanceof DalleError) throw cause;
      throw new DalleError(
        "bad_model",
        `${name} cannot be loaded (${firstLine(cause)}); copy or export the model folder again.`,
        { cause },
      );
    }
  }

  /** Several graphs, one after the other; if one cannot be opened, none stays open. */
  static async openAll(
    files: ModelFiles,
    graphs: readonly string[],
    device?: Device,
  ): Promise<Session[]> {
    const sessions: Session[] = [];
    try {
      for (const graph of graphs) sessions.push(await Session.open(files, graph, device));
      return sessions;
    } catch (error) {
      for (const session of sessions) await session[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Runs the graph once; results by output name. */
  async run(inputs: Readonly<Record<string, RuntimeTensor>>): Promise<Record<string, Tensor>> {
    if (this.#disposed) throw disposedError();
    const running = this.#session.run(inputs);
    this.#running.add(running);
    try {
      return (await running) as Record<string, Tensor>;
    } catch (cause) {
      throw new DalleError(
        "bad_model",
        `${this.#name} failed to run (${firstLine(cause)}); check that the model folder is whole.`,
        { cause },
      );
    } finally {
      this.#running.delete(running);
    }
  }

  /** Lets runs under way finish; later ones are refused. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    await Promise.allSettled(this.#running);
    await this.#session.release();
  }
}

export function disposedError(): DalleError {
  return new DalleError("disposed", "The model was disposed; load it again to use it.");
}

function firstLine(cause: unknown): string {
  return String((cause as Error).message ?? cause).split("\n")[0]!;
}
