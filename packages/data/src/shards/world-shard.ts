/** @file One shard of the painted world, a function of its numbers alone: whichever worker paints it, the bytes are the same. */
import { join } from "node:path";
import type { FamilyName } from "../world/families.js";
import { paint, type Split, worldSample } from "../world/world.js";
import {
  type ShardSample,
  sampleKey,
  shardName,
  type WrittenShard,
  writeShard,
} from "./shard-writer.js";

export interface WorldShardJob {
  readonly folder: string;
  readonly number: number;
  readonly shardSize: number;
  /** Samples of the whole set, which the last shard ends with. */
  readonly count: number;
  /** Side in pixels. */
  readonly size: number;
  readonly seed: number;
  readonly split: Split;
  readonly families: readonly FamilyName[];
}

export async function paintShard(job: WorldShardJob): Promise<WrittenShard> {
  const name = shardName(job.number);
  return writeShard(join(job.folder, name), name, painted(job));
}

function* painted(job: WorldShardJob): Generator<ShardSample> {
  const { number, shardSize, count, size, seed, split, families } = job;
  const end = Math.min((number + 1) * shardSize, count);
  for (let index = number * shardSize; index < end; index++) {
    const { scene, caption } = worldSample(seed, index, { split, families });
    const image = { width: size, height: size, pixels: paint(scene, size) };
    yield { key: sampleKey(index), caption, image, facts: { caption, scene } };
  }
}
