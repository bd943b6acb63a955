/** @file Turns any source into WebDataset shards of square pictures of one size, ready to be read in order at full speed. */
import { join } from "node:path";
import { requirePositive } from "../random.js";
import type { PictureSource } from "../source/record.js";
import { requireRecords } from "../source/records.js";
import { holdShards, openJob, refuseSource, untilDamage, writeJobState } from "./job-state.js";
import {
  isWholeShard,
  type ShardSample,
  sampleKey,
  shardName,
  type WrittenShard,
  writeShard,
} from "./shard-writer.js";
import { type Progress, type Square, type SquareOptions, squaresOf, sumOf } from "./squares.js";

export interface PackOptions extends SquareOptions {
  /** Side in pixels. @default 128 */
  readonly size?: number;
  /** Samples of a shard. @default 1000 */
  readonly shardSize?: number;
}

interface PackedShard extends WrittenShard, Progress {}

export interface PackResult {
  readonly shards: readonly WrittenShard[];
  readonly samples: number;
  readonly skipped: number;
  /** Everything was there already, and nothing was looked at. */
  readonly wasComplete: boolean;
}

/** The state of the work and its hashes, in the folder of shards. */
const STATE = "pack.json";

/**
 * Resumes a job of the same settings where it stopped, or at the first shard that is gone or has another length; throws "aborted" when
 * stopped, after the last whole shard, and "bad_option" for a folder with shards that are not the job's own.
 */
export async function packSource(
  source: PictureSource,
  folder: string,
  options: PackOptions = {},
): Promise<PackResult> {
  const { size = 128, shardSize = 1000, cut = "centre", seed = 0, filters = [] } = options;
  requirePositive("shardSize", shardSize);
  await requireRecords(source);
  await refuseSource(source, folder);
  await using _ = await holdShards(folder);
  const settings = { source: source.identity, size, shardSize, cut, seed, filters };
  const path = join(folder, STATE);
  const state = await untilDamage(
    await openJob<typeof settings, PackedShard>(path, "pack", settings),
    (shard) => isWholeShard(folder, shard),
  );
  const parts = [...state.parts];
  let sampleCount = sumOf(parts, "samples");
  while (!state.complete) {
    const from = parts.at(-1)?.next ?? 0;
    if (from >= source.count) break;
    const number = parts.length;
    const run = { next: from, skipped: 0 };
    const squares = squaresOf(source, { ...options, ...settings, most: shardSize }, run);
    const samples = numbered(squares, sampleCount);
    const shard = await writeShard(join(folder, shardName(number)), shardName(number), samples);
    sampleCount += shard.samples;
    parts.push({ ...shard, ...run });
    const complete = run.next >= source.count;
    await writeJobState(path, { ...state, parts, complete });
  }
  return {
    shards: parts.filter(({ samples }) => samples > 0),
    samples: sampleCount,
    skipped: sumOf(parts, "skipped"),
    wasComplete: state.complete,
  };
}

/** `first`: number of the first sample. */
async function* numbered(
  squares: AsyncIterable<Square>,
  first: number,
): AsyncGenerator<ShardSample> {
  let number = first;
  for await (const { key, caption, image } of squares) {
    yield { key: sampleKey(number++), caption, image, facts: { caption, source: key } };
  }
}
