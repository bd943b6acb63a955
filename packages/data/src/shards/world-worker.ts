/** @file The worker thread of `buildWorld`: paints the shards it is told to, one after the other. */
import { parentPort } from "node:worker_threads";
import sharp from "sharp";
import { paintShard, type WorldShardJob } from "./world-shard.js";

// One thread for each worker: the workers share the cores already.
sharp.concurrency(1);

parentPort!.on("message", async (job: WorldShardJob) => {
  try {
    parentPort!.postMessage({ shard: await paintShard(job) });
  } catch (error) {
    const { name, message, code } = error as Error & { code?: string };
    parentPort!.postMessage({ error: { name, message, code } });
  }
});
