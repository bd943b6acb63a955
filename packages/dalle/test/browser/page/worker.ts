/** @file The library in a worker: one task, one answer. */
import { Dalle } from "dalle-ts";
import type { WorkerAnswer, WorkerTask } from "./in-worker.js";

addEventListener("message", async ({ data }: MessageEvent<WorkerTask>) => {
  const { address, caption, request } = data;
  const dalle = await Dalle.load(address);
  const images = await dalle.generate(caption, request);
  const codes = images.map((image) => [...image.codes]);
  postMessage({ engine: dalle.engine.name, codes } satisfies WorkerAnswer);
});

// A promise that is rejected is no error event of the worker by itself.
addEventListener("unhandledrejection", ({ reason }) => {
  throw reason;
});
