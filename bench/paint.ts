/**
 * @file Times the painted world at 128 px, family by family and as a mix: samples drawn and painted, on one thread and
 * on all cores.
 */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type FamilyName, familyNames } from "@dalle-ts/data";
import type { PaintAnswer, PaintJob } from "./paint-worker.js";

export interface PaintTiming {
  readonly family: FamilyName | "all";
  /** Pictures a second of one thread. */
  readonly oneThread: number;
  /** The same for each second of its CPU time, which other work on the machine hardly changes. */
  readonly oneCpu: number;
  /** Pictures a second of as many threads as there are cores. */
  readonly allCores: number;
}

/** The same threads for all families: starting one takes longer than timing it. */
export async function timePainting(): Promise<PaintTiming[]> {
  const threads = Array.from({ length: availableParallelism() }, startThread);
  try {
    const timings: PaintTiming[] = [];
    for (const family of [...familyNames, "all"] as const)
      timings.push(await timeFamily(threads, family));
    return timings;
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

async function timeFamily(
  threads: readonly Worker[],
  family: FamilyName | "all",
): Promise<PaintTiming> {
  const families = family === "all" ? familyNames : [family];
  const run = async (some: readonly Worker[], milliseconds: number) => {
    const rates = await Promise.all(some.map((thread) => ask(thread, { families, milliseconds })));
    return rates.reduce((sum, { pictures, seconds }) => sum + pictures / seconds, 0);
  };
  await run(threads, WARM_UP);
  const before = process.cpuUsage();
  const { pictures, seconds } = await ask(threads[0]!, { families, milliseconds: TIMED });
  const { user, system } = process.cpuUsage(before);
  return {
    family,
    oneThread: pictures / seconds,
    oneCpu: (1e6 * pictures) / (user + system),
    allCores: await run(threads, TIMED),
  };
}

/** Milliseconds. */
const WARM_UP = 300;
const TIMED = 700;

async function ask(thread: Worker, job: PaintJob): Promise<PaintAnswer> {
  thread.postMessage(job);
  const [answer] = await once(thread, "message"); // rejects when the thread fails
  return answer;
}

/** A worker must be told anew how to read TypeScript. */
function startThread(): Worker {
  const worker = JSON.stringify(new URL("./paint-worker.ts", import.meta.url).href);
  const program = `import("tsx/esm/api").then(({ register }) => register()).then(() => import(${worker}));`;
  return new Worker(program, { eval: true });
}
