/** @file WebDataset shards as img2dataset writes them: indexed once, then read at any place without unpacking. */
import { open, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { openIndex, type SourceIndex } from "./index-cache.js";
import { reasonOf } from "./read-file.js";
import type { CaptionRecord, PictureRecord, PictureSource, Problem } from "./record.js";
import { indexShard, type ShardEntry } from "./shard-index.js";

/** `shards`: paths of tar files of one folder, in order. `path`: what the user named. */
export async function openShards(
  path: string,
  shards: readonly string[],
  onIndexing?: (done: number, total: number) => void,
): Promise<PictureSource> {
  // Another set of shards is another index: a stamp tells only of a shard that it knows.
  const names = shards.map((shard) => basename(shard)).join("/");
  const index = await openIndex<ShardEntry>(path, `shards ${names}`, async (builder) => {
    const sizes = await Promise.all(shards.map(async (shard) => (await stat(shard)).size));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    let before = 0;
    for (const [number, shard] of shards.entries()) {
      await builder.stamp(shard);
      await indexShard(shard, builder, (done) => onIndexing?.(before + done, total));
      before += sizes[number]!;
    }
  });
  return new ShardSource(path, dirname(shards[0]!), index);
}

class ShardSource implements PictureSource {
  readonly kind = "shards";
  readonly path: string;
  readonly count: number;
  readonly identity: string;
  readonly problemCount: number;
  readonly #folder: string;
  readonly #index: SourceIndex<ShardEntry>;

  constructor(path: string, folder: string, index: SourceIndex<ShardEntry>) {
    this.path = path;
    this.#folder = folder;
    this.#index = index;
    this.count = index.entries.count;
    this.identity = index.identity;
    this.problemCount = index.problems.count;
  }

  async read(index: number): Promise<PictureRecord | Problem> {
    const entry = await this.#index.entries.at(index);
    const key = `${entry.shard}/${entry.name}`;
    try {
      const bytes = await readPart(join(this.#folder, entry.shard), entry);
      if (bytes.length === entry.bytes) return { key, caption: entry.caption, bytes };
      return { file: key, reason: "is cut off: its shard became shorter" };
    } catch (error) {
      return { file: key, reason: reasonOf(error) };
    }
  }

  async readCaption(index: number): Promise<CaptionRecord> {
    const { shard, name, caption } = await this.#index.entries.at(index);
    return { key: `${shard}/${name}`, caption };
  }

  problems(): AsyncIterable<Problem> {
    return this.#index.problems;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#index[Symbol.asyncDispose]();
  }
}

async function readPart(path: string, { offset, bytes: length }: ShardEntry): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return bytes.subarray(0, done);
  } finally {
    await file.close();
  }
}
