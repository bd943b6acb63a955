/** @file The worker thread of the painted world: does the jobs it is told, one after the other. */
import { parentPort } from "node:worker_threads";
import sharp from "sharp";
import { paintShard } from "../shards/world-shard.js";
import type { Answer, WorldJob } from "./painter.js";
import { paintStretch } from "./stretch.js";

// One thread for each worker: the workers share the cores already.
sharp.concurrency(1);

parentPort!.on("message", async (job: WorldJob) => {
  try {
    if (job.kind === "shard") answer({ done: await paintShard(job) });
    else {
      const bytes = paintStretch(job);
      answer({ done: bytes }, [bytes.buffer]); // handed over, not copied
    }
  } catch (error) {
    const { name, message, code } = error as Error & { code?: string };
    answer({ error: { name, message, code } });
  }
});

function answer(message: Answer, transferred: readonly ArrayBuffer[] = []): void {
  parentPort!.postMessage(message, transferred);
}
