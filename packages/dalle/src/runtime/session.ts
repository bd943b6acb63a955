/** @file One ONNX Runtime session: a graph with named inputs and outputs. The only file that imports the runtime. */
import { DalleError } from "@dalle-ts/tensor";
import { InferenceSession, Tensor } from "onnxruntime-node";

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
  readonly #session: InferenceSession;
  readonly #path: string;
  readonly #running = new Set<Promise<unknown>>();
  #disposed = false;

  private constructor(session: InferenceSession, path: string) {
    this.#session = session;
    this.#path = path;
  }

  /** path: an .onnx file with its weight files beside it. */
  static async open(path: string): Promise<Session> {
    try {
      const session = await InferenceSession.create(path, {
        executionProviders: ["cpu"],
        graphOptimizationLevel: "all",
        logSeverityLevel: 3,
        // Threads that spin while they wait for the next run take a core from other sessions: four partial pictures cost
        // a sixth of the drawing, instead of a fiftieth.
        extra: { session: { force_spinning_stop: "1" } },
      });
      return new Session(session, path);
    } catch (cause) {
      throw new DalleError(
        "bad_model",
        `${path} cannot be loaded (${firstLine(cause)}); copy or export the model folder again.`,
        { cause },
      );
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
        `${this.#path} failed to run (${firstLine(cause)}); check that the model folder is whole.`,
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
