/** @file The painted world as WebDataset shards, painted by worker threads. The same options give the same bytes. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { DalleError } from "@dalle-ts/tensor";
import { Painter } from "../painters/painter.js";
import { requirePositive } from "../random.js";
import { type FamilyName, familyNames } from "../world/families.js";
import type { Split } from "../world/world.js";
import { holdShards, openJob, writeJobState } from "./job-state.js";
import { isWholeShard, type WrittenShard } from "./shard-writer.js";

export interface BuildWorldOptions {
  readonly count: number;
  /** Side in pixels, in [8, 2048]. @default 128 */
  readonly size?: number;
  /** @default 1 */
  readonly seed?: number;
  /** @default "train" */
  readonly split?: Split;
  /** @default all of them */
  readonly families?: readonly FamilyName[];
  /** Samples of a shard. @default 1000 */
  readonly shardSize?: number;
  /** Threads that paint. @default one for each core */
  readonly workers?: number;
  /** Samples in shards that are written. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

interface WorldPart extends WrittenShard {
  readonly number: number;
}

const STATE = "world.json";

/**
 * Shards that are there already, from a session with the same options, are not painted again. Throws "bad_option" for a folder
 * with shards of something else.
 */
export async function buildWorld(
  folder: string,
  options: BuildWorldOptions,
): Promise<readonly WrittenShard[]> {
  const { count, size = 128, seed = 1, split = "train", shardSize = 1000 } = options;
  const { families = familyNames, workers = availableParallelism() } = options;
  for (const [name, value] of Object.entries({ count, shardSize, workers })) {
    requirePositive(name, value);
  }
  const settings = { count, size, seed, split, families, shardSize };
  await using _ = await holdShards(folder);
  const path = join(folder, STATE);
  const state = await openJob<typeof settings, WorldPart>(path, "world", settings);
  const parts = new Map<number, WorldPart>();
  for (const part of state.parts) {
    if (await isWholeShard(folder, part)) parts.set(part.number, part);
  }
  const shardCount = Math.ceil(count / shardSize);
  const missing = Array.from({ length: shardCount }, (_, number) => number).filter(
    (number) => !parts.has(number),
  );
  const sorted = () => [...parts.values()].sort((a, b) => a.number - b.number);
  const tell = () => options.onProgress?.(Math.min(parts.size * shardSize, count), count);
  tell();
  // States are written one after the other, each with all shards that are whole by then.
  let saving: Promise<void> = Promise.resolve();
  const lane = async () => {
    if (missing.length === 0) return;
    await using painter = new Painter();
    try {
      for (let number = missing.shift(); number !== undefined; number = missing.shift()) {
        if (options.signal?.aborted) throw stopped(folder);
        const shard = await painter.writeShard({ folder, number, ...settings });
        parts.set(number, { number, ...shard });
        saving = saving.then(() =>
          writeJobState(path, { ...state, parts: sorted(), complete: parts.size === shardCount }),
        );
        await saving;
        tell();
      }
    } catch (error) {
      missing.length = 0; // what stopped this lane is told now, and not after hours of the others
      throw error;
    }
  };
  const lanes = Array.from({ length: Math.min(workers, missing.length) }, lane);
  const results = await Promise.allSettled(lanes);
  for (const result of results) if (result.status === "rejected") throw result.reason;
  return sorted();
}

function stopped(folder: string): DalleError {
  return new DalleError(
    "aborted",
    `Stopped; the shards in ${folder} are whole: run the same command again to go on.`,
  );
}
