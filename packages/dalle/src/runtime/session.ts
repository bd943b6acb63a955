/** @file One ONNX Runtime session: a graph with named inputs and outputs, in Node or in a page. */

import { DalleError } from "@dalle-ts/tensor";
import { Tensor } from "onnxruntime-common";
import { createSession } from "#platform/runtime";
import type { Device } from "../engine.js";
import type { ModelFiles } from "../model-folder/model-folder.js";
import { disposeAll } from "./dispose-all.js";

export type RuntimeTensor = Tensor;

/** What a run returned, by the outputs' names. */
export type RunResults = Readonly<Record<string, RuntimeTensor>>;

/** Wraps typed arrays without copying: what is written to `data` later is what the next run reads. */
export function runtimeTensor(
  data: Float32Array | BigInt64Array,
  shape: readonly number[],
): RuntimeTensor {
  return data instanceof Float32Array
    ? new Tensor("float32", data, shape)
    : new Tensor("int64", data, shape);
}

/** Graphs take whole numbers, be they tokens, codes or positions, as 64-bit ones. */
export function idTensor(ids: ArrayLike<number>, shape: readonly number[]): RuntimeTensor {
  return runtimeTensor(BigInt64Array.from(ids, BigInt), shape);
}

export class Session implements AsyncDisposable {
  readonly #session: Awaited<ReturnType<typeof createSession>>;
  readonly #name: string;
  readonly #running = new Set<Promise<unknown>>();
  #disposal: Promise<void> | undefined;

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
      throw failure(`${name} cannot be loaded`, cause, {
        otherwise: "copy or export the model folder again",
        memory: "free some, or load a smaller model or the same in 8 bits",
      });
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
      await disposeAll(sessions);
      throw error;
    }
  }

  /** Whether the graph takes one size alone along this axis of an input. */
  isFixed(input: string, axis: number): boolean {
    const found = this.#session.inputMetadata.find(({ name }) => name === input);
    return !found?.isTensor || typeof found.shape[axis] === "number";
  }

  /** Runs the graph once. */
  async run(inputs: Readonly<Record<string, RuntimeTensor>>): Promise<RunResults> {
    if (this.#disposal) throw disposedError();
    const running = this.#session.run(inputs);
    this.#running.add(running);
    try {
      return (await running) as RunResults;
    } catch (cause) {
      throw failure(`${this.#name} failed to run`, cause, {
        otherwise: "check that the model folder is whole",
        memory: "draw fewer pictures at a time, as the options batch and memory say, or free some",
      });
    } finally {
      this.#running.delete(running);
    }
  }

  /** Lets runs under way finish; later ones are refused. Whoever asks again waits for the same end. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#release();
    return this.#disposal;
  }

  async #release(): Promise<void> {
    await Promise.allSettled(this.#running);
    await this.#session.release();
  }
}

export function disposedError(): DalleError {
  return new DalleError("disposed", "The model was disposed; load it again to use it.");
}

const lostDevice =
  /device\b.{0,20}\b(?:lost|destroyed)|\blost\b.{0,20}\bdevice|external instance ref/i;
const outOfMemory =
  /out of memory|\bOOM\b|bad[_ ]alloc|failed to allocate|allocation failed|enlarge memory|memory size exceeded/i;

/** ONNX Runtime has one kind of error for all that goes wrong; only its words say which of the next steps helps. */
function failure(
  what: string,
  cause: unknown,
  next: { readonly otherwise: string; readonly memory: string },
): DalleError {
  const message = String((cause as Error)?.message ?? cause);
  const reason = message.split("\n")[0]!;
  if (lostDevice.test(message))
    return new DalleError(
      "native",
      `${what}, for the graphics device was lost (${reason}); reload the page, or load the model with the engine wasm.`,
      { cause },
    );
  if (outOfMemory.test(message))
    return new DalleError("no_memory", `${what} for want of memory (${reason}); ${next.memory}.`, {
      cause,
    });
  return new DalleError("bad_model", `${what} (${reason}); ${next.otherwise}.`, { cause });
}
