/** @file Starts the model's thread, from JavaScript or, in tests and from sources, from TypeScript. */
import { Worker } from "node:worker_threads";

export function startThread(model: string): Worker {
  if (!import.meta.url.endsWith(".ts")) {
    return new Worker(new URL("./worker.js", import.meta.url), { workerData: model });
  }
  const program = `
    import("tsx/esm/api")
      .then(({ register }) => register())
      .then(() => import(${JSON.stringify(new URL("./worker.ts", import.meta.url).href)}));`;
  return new Worker(program, {
    eval: true,
    execArgv: ["--conditions=@dalle-ts/source"],
    workerData: model,
  });
}
