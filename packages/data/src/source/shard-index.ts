/** @file Finds the samples of a tar file: 000123.jpg and 000123.txt or .json, one behind the other as WebDataset wants it. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { DalleError } from "@dalle-ts/tensor";
import { type Extract, extract, type Header } from "tar-stream";
import { isPictureName, leadsOutside } from "./file-names.js";
import type { IndexBuilder } from "./index-cache.js";
import { MOST_CAPTION_BYTES, MOST_PICTURE_BYTES } from "./limits.js";
import { reasonOf, tooLong, Unreadable } from "./read-file.js";
import { captionExtensions, captionFromFile } from "./sidecar.js";

/** Where a picture is in a shard, and its caption. */
export interface ShardEntry {
  /** The shard's file name. */
  readonly shard: string;
  readonly name: string;
  /** In bytes from the start of the shard. */
  readonly offset: number;
  readonly bytes: number;
  readonly caption: string;
}

/** The parts of one sample seen so far. */
interface Sample {
  readonly key: string;
  picture?: Omit<ShardEntry, "caption">;
  readonly captions: Map<string, string>;
  /** What was wrong with one of its parts. */
  problem?: { readonly file: string; readonly reason: string };
}

/** Adds the samples of one shard; damage ends the shard, and what came before it stays. */
export async function indexShard(
  path: string,
  builder: IndexBuilder<ShardEntry>,
  onBytes: (done: number) => void,
): Promise<void> {
  const before = await stat(path);
  const shard = basename(path);
  let sample: Sample | undefined;
  try {
    for await (const entry of entriesOf(path)) {
      const { name, size, type } = entry.header;
      onBytes(startOf(entry) + size);
      if (type === "file" && leadsOutside(name)) {
        await builder.problem(`${shard}/${name}`, "has a name that leads out of its folder");
      } else if (type === "file") {
        const key = keyOf(name);
        if (sample && sample.key !== key) await finish(shard, sample, builder);
        if (sample?.key !== key) sample = { key, captions: new Map() };
        await addPart(shard, sample, entry);
      }
      entry.resume();
    }
    if (sample) await finish(shard, sample, builder);
  } catch (error) {
    // The sample at hand is not added: its picture may be cut off as well.
    await builder.problem(shard, `is cut short or damaged (${(error as Error).message})`);
  }
  const after = await stat(path);
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
    throw new DalleError(
      "bad_data",
      `${path} changed while it was read; wait until it is written, then run the command again.`,
    );
  }
}

type TarEntry = Extract extends AsyncIterable<infer Part> ? Part : never;

/** Where the entry's bytes begin in the file; tar-stream says it, and its types leave it out. */
const startOf = ({ header }: TarEntry): number =>
  (header as Header & { readonly byteOffset: number }).byteOffset;

async function* entriesOf(path: string): AsyncGenerator<TarEntry> {
  const tar = extract();
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  file.on("error", (error) => tar.destroy(error));
  file.pipe(tar);
  try {
    yield* tar;
  } finally {
    file.destroy();
  }
}

async function addPart(shard: string, sample: Sample, entry: TarEntry): Promise<void> {
  const { name, size } = entry.header;
  const extension = name.slice(sample.key.length + 1).toLowerCase();
  const isCaption = (captionExtensions as readonly string[]).includes(extension);
  try {
    if (isPictureName(name)) {
      if (size > MOST_PICTURE_BYTES) throw new Unreadable(tooLong(size, MOST_PICTURE_BYTES));
      sample.picture = { shard, name, offset: startOf(entry), bytes: size };
    } else if (isCaption) {
      if (size > MOST_CAPTION_BYTES) throw new Unreadable(tooLong(size, MOST_CAPTION_BYTES));
      const chunks: Uint8Array[] = [];
      for await (const chunk of entry) chunks.push(chunk as Uint8Array);
      sample.captions.set(extension, captionFromFile(name, Buffer.concat(chunks)));
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error; // the archive, not this part of it
    sample.problem = { file: `${shard}/${name}`, reason: reasonOf(error) };
  }
}

async function finish(
  shard: string,
  { key, picture, captions, problem }: Sample,
  builder: IndexBuilder<ShardEntry>,
): Promise<void> {
  const caption = captionExtensions.map((name) => captions.get(name)).find(Boolean);
  if (picture && caption !== undefined) await builder.add({ ...picture, caption });
  else if (problem) await builder.problem(problem.file, problem.reason);
  else if (picture)
    await builder.problem(`${shard}/${picture.name}`, `has no ${key}.txt behind it`);
  else await builder.problem(`${shard}/${key}`, "has no picture of a format that is read");
}

/** WebDataset's rule: the key ends at the first dot of the file's own name. */
function keyOf(name: string): string {
  const dot = name.indexOf(".", name.lastIndexOf("/") + 1);
  return dot < 0 ? name : name.slice(0, dot);
}
