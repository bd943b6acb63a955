/** @file One thread that paints the world, with one job at a time. What it makes depends on the job alone. */
import { Worker } from "node:worker_threads";
import { DalleError, type DalleErrorCode } from "@dalle-ts/tensor";
import type { WrittenShard } from "../shards/shard-writer.js";
import type { WorldShardJob } from "../shards/world-shard.js";
import type { Stretch } from "./stretch.js";

/** A shard is written to a file, a stretch comes back as bytes. */
export type WorldJob =
  | (WorldShardJob & { readonly kind: "shard" })
  | (Stretch & { readonly kind: "stretch" });

export type Answer =
  | { readonly done: WrittenShard | Uint8Array }
  | { readonly error: { readonly name: string; readonly message: string; readonly code?: string } };

export class Painter implements AsyncDisposable {
  readonly #worker = newWorker();
  #last: Promise<unknown> = Promise.resolve();

  writeShard(job: WorldShardJob): Promise<WrittenShard> {
    return this.#queue({ ...job, kind: "shard" }) as Promise<WrittenShard>;
  }

  /** Bytes as of `paintStretch`. */
  paint(job: Stretch): Promise<Uint8Array> {
    return this.#queue({ ...job, kind: "stretch" }) as Promise<Uint8Array>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }

  /** Behind the jobs before it; one that failed stops no other. */
  #queue(job: WorldJob): Promise<unknown> {
    const result = this.#last.then(() => this.#ask(job));
    this.#last = result.catch(() => undefined);
    return result;
  }

  #ask(job: WorldJob): Promise<unknown> {
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      const settle = (how: () => void) => {
        worker.off("message", answered).off("error", failed).off("exit", ended);
        how();
      };
      const answered = (answer: Answer) =>
        settle(() => ("done" in answer ? resolve(answer.done) : reject(errorOf(answer.error))));
      const failed = (error: Error) => settle(() => reject(error));
      const ended = () =>
        failed(new DalleError("native", "A painting thread ended; run it again."));
      worker.on("message", answered).on("error", failed).on("exit", ended);
      worker.postMessage(job);
    });
  }
}

/** Run from sources, as the tests are, a worker must be told how to read TypeScript. */
function newWorker(): Worker {
  if (!import.meta.url.endsWith(".ts")) {
    return new Worker(new URL("./world-worker.js", import.meta.url));
  }
  const [loader, worker] = ["tsx/esm/api", new URL("./world-worker.ts", import.meta.url).href];
  const register = `import(${JSON.stringify(loader)}).then(({ register }) => register())`;
  const program = `${register}.then(() => import(${JSON.stringify(worker)}));`;
  return new Worker(program, { eval: true, execArgv: ["--conditions=@dalle-ts/source"] });
}

function errorOf({ name, message, code }: { name: string; message: string; code?: string }): Error {
  if (name === "DalleError") return new DalleError(code as DalleErrorCode, message);
  return new Error(message);
}
