/**
 * @file Finds the samples of a tar file: 000123.jpg and 000123.txt or .json. WebDataset wants them one behind the other, and
 * of such samples one is held at a time; in a tar in the order of the disk they wait for their partners to the end.
 */
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { DalleError } from "@dalle-ts/tensor";
import { isIgnoredName, isPictureName, leadsOutside } from "./file-names.js";
import type { IndexBuilder } from "./index-cache.js";
import { MOST_CAPTION_BYTES, MOST_PICTURE_BYTES } from "./limits.js";
import { reasonOf, tooLong, Unreadable } from "./read-file.js";
import { readTar, type TarPart } from "./read-tar.js";
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
  /** Those that were left without a partner, and what came for them later. */
  const waiting = new Map<string, Sample>();
  const leave = async (left: Sample) => {
    if (waiting.has(left.key)) return;
    const entry = entryOf(left);
    if (entry) await builder.add(entry);
    else waiting.set(left.key, left);
  };
  const index = async (part: TarPart) => {
    onBytes(part.offset + part.size);
    // macOS puts "._1.png" before "1.png".
    if (part.type !== "file" || isIgnoredName(basename(part.name))) return;
    if (leadsOutside(part.name)) {
      await builder.problem(`${shard}/${part.name}`, "has a name that leads out of its folder");
      return;
    }
    const key = keyOf(part.name);
    if (sample && sample.key !== key) await leave(sample);
    if (sample?.key !== key) sample = waiting.get(key) ?? { key, captions: new Map() };
    addPart(shard, sample, part);
  };
  /** What the index could not take, such as for want of space, is no fault of the shard's. */
  let failure: { readonly error: unknown } | undefined;
  const visit = (part: TarPart) =>
    index(part).catch((error) => {
      failure = { error };
      throw error;
    });
  try {
    await readTar(path, (name, size) => isCaptionName(name) && size <= MOST_CAPTION_BYTES, visit);
  } catch (error) {
    if (failure) throw failure.error;
    const { message } = error as Error;
    const isOfSystem = "syscall" in (error as Error);
    const reason = isOfSystem ? reasonOf(error) : `is cut short or damaged (${message})`;
    await builder.problem(shard, reason);
  }
  if (before.size === 0) await builder.problem(shard, "is empty");
  if (sample) await leave(sample);
  for (const late of waiting.values()) {
    const entry = entryOf(late);
    if (entry) await builder.add(entry);
    else await tellProblem(shard, late, builder);
  }
  const after = await stat(path);
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
    throw new DalleError(
      "bad_data",
      `${path} changed while it was read; wait until it is written, then run the command again.`,
    );
  }
}

function addPart(shard: string, sample: Sample, { name, size, offset, content }: TarPart): void {
  try {
    if (isPictureName(name)) {
      if (size > MOST_PICTURE_BYTES) throw new Unreadable(tooLong(size, MOST_PICTURE_BYTES));
      sample.picture ??= { shard, name, offset, bytes: size };
    } else if (isCaptionName(name)) {
      if (size > MOST_CAPTION_BYTES) throw new Unreadable(tooLong(size, MOST_CAPTION_BYTES));
      sample.captions.set(extensionOf(name), captionFromFile(name, content));
    }
  } catch (error) {
    sample.problem = { file: `${shard}/${name}`, reason: reasonOf(error) };
  }
}

/** Undefined as long as a part is missing. */
function entryOf({ picture, captions }: Sample): ShardEntry | undefined {
  const caption = captionExtensions.map((name) => captions.get(name)).find(Boolean);
  return picture && caption !== undefined ? { ...picture, caption } : undefined;
}

async function tellProblem(
  shard: string,
  { key, picture, problem }: Sample,
  builder: IndexBuilder<ShardEntry>,
): Promise<void> {
  if (problem) await builder.problem(problem.file, problem.reason);
  else if (picture) {
    const expected = `${basename(key)}.txt`;
    await builder.problem(`${shard}/${picture.name}`, `has no caption (${expected} is missing)`);
  } else await builder.problem(`${shard}/${key}`, "has no picture of a format that is read");
}

/** WebDataset's rule: the key ends at the first dot of the file's own name. */
function keyOf(name: string): string {
  const dot = name.indexOf(".", name.lastIndexOf("/") + 1);
  return dot < 0 ? name : name.slice(0, dot);
}

const extensionOf = (name: string): string => name.slice(keyOf(name).length + 1).toLowerCase();
const isCaptionName = (name: string): boolean =>
  (captionExtensions as readonly string[]).includes(extensionOf(name));
