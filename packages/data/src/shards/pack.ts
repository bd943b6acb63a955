/** @file Turns any source into WebDataset shards of square pictures of one size, ready to be read in order at full speed. */
import { join } from "node:path";
import { type CutName, cutters } from "../pictures/cut.js";
import { decodePicture } from "../pictures/decode.js";
import { type FilterName, filteredBecause } from "../pictures/filters.js";
import type { RgbImage } from "../pictures/rgb-image.js";
import { Random, requireCount } from "../random.js";
import { reasonOf } from "../source/read-file.js";
import {
  isProblem,
  type PictureRecord,
  type PictureSource,
  type Problem,
} from "../source/record.js";
import { mapRecords, requireRecords } from "../source/records.js";
import { readJobState, writeJobState } from "./job-state.js";
import {
  type ShardSample,
  sampleKey,
  shardName,
  type WrittenShard,
  writeShard,
} from "./shard-writer.js";

export interface PackOptions {
  /** Side in pixels. @default 128 */
  readonly size?: number;
  /** Samples of a shard. @default 1000 */
  readonly shardSize?: number;
  /** @default "centre" */
  readonly cut?: CutName;
  /** Of the cut. @default 0 */
  readonly seed?: number;
  /** Pairs to leave out. @default none */
  readonly filters?: readonly FilterName[];
  readonly onProgress?: (done: number, total: number) => void;
  readonly onProblem?: (problem: Problem) => void;
  readonly signal?: AbortSignal;
}

interface PackedShard extends WrittenShard {
  /** The source's record after the last one that went into this shard or was skipped for it. */
  readonly next: number;
  readonly skipped: number;
}

export interface PackResult {
  readonly shards: readonly WrittenShard[];
  readonly samples: number;
  readonly skipped: number;
}

/** The state of the work and its hashes, in the folder of shards. */
const STATE = "pack.json";

/** Resumes a job of the same settings where it stopped; throws "aborted" when stopped, after the last whole shard. */
export async function packSource(
  source: PictureSource,
  folder: string,
  options: PackOptions = {},
): Promise<PackResult> {
  const { size = 128, shardSize = 1000, cut = "centre", seed = 0, filters = [] } = options;
  requireCount("shardSize", shardSize);
  await requireRecords(source);
  const settings = { source: source.identity, size, shardSize, cut, seed, filters };
  const path = join(folder, STATE);
  const state = await readJobState<typeof settings, PackedShard>(path, "pack", settings);
  const parts = [...state.parts];
  while (!state.complete) {
    const from = parts.at(-1)?.next ?? 0;
    if (from >= source.count) break;
    const number = parts.length;
    const run = { next: from, skipped: 0 };
    const samples = squares(source, { ...options, ...settings, first: number * shardSize }, run);
    const shard = await writeShard(join(folder, shardName(number)), shardName(number), samples);
    parts.push({ ...shard, ...run });
    const complete = run.next >= source.count;
    await writeJobState(path, { ...state, parts, complete });
  }
  const sum = (of: (part: PackedShard) => number) =>
    parts.reduce((total, part) => total + of(part), 0);
  return {
    shards: parts,
    samples: sum((part) => part.samples),
    skipped: sum((part) => part.skipped),
  };
}

interface SquareOptions extends PackOptions {
  readonly size: number;
  readonly shardSize: number;
  readonly cut: CutName;
  readonly seed: number;
  readonly filters: readonly FilterName[];
  /** Number of the first sample. */
  readonly first: number;
}

/** The samples of one shard; `run` is told how far it went. */
async function* squares(
  source: PictureSource,
  options: SquareOptions,
  run: { next: number; skipped: number },
): AsyncGenerator<ShardSample> {
  const { size, cut, seed, filters, first, shardSize } = options;
  const work = async (record: PictureRecord, index: number): Promise<Square | Problem> => {
    const { key, caption } = record;
    try {
      const random = new Random(seed, index);
      const { header, image } = await decodePicture(record.bytes, size, cutters[cut], random);
      const reason = filteredBecause(filters, caption, header);
      return reason ? { file: key, reason } : { key, caption, image };
    } catch (error) {
      return { file: key, reason: reasonOf(error) };
    }
  };
  let count = 0;
  const results = mapRecords(source, work, { from: run.next, signal: options.signal });
  for await (const { index, value } of results) {
    run.next = index + 1;
    options.onProgress?.(index + 1, source.count);
    if (isProblem(value)) {
      run.skipped++;
      options.onProblem?.(value);
      continue;
    }
    const { key, caption, image } = value;
    yield { key: sampleKey(first + count++), caption, image, facts: { caption, source: key } };
    if (count === shardSize) return;
  }
}

interface Square {
  readonly key: string;
  readonly caption: string;
  readonly image: RgbImage;
}
