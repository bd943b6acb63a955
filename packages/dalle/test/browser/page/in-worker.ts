/** @file Draws in a worker of the page under test, within reach of the tests. */
import type { GenerateOptions } from "dalle-ts";

export interface WorkerTask {
  /** Of the model; a worker resolves addresses against its own. */
  readonly address: string;
  readonly caption: string;
  readonly request: GenerateOptions;
}

export interface WorkerAnswer {
  readonly engine: string;
  readonly codes: readonly number[][];
}

export function drawInWorker(task: WorkerTask): Promise<WorkerAnswer> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const answer = new Promise<WorkerAnswer>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.postMessage(task);
  return answer.finally(() => worker.terminate());
}

Object.assign(globalThis, { drawInWorker });
