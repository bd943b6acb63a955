/** @file One WebDataset shard: pictures and captions in a tar file whose bytes depend on nothing but them. */
import { createHash, type Hash } from "node:crypto";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type FileWriter, replaceFiles } from "@dalle-ts/tensor";
import sharp from "sharp";
import { type Pack, pack } from "tar-stream";
import type { RgbImage } from "../pictures/rgb-image.js";

export interface ShardSample {
  /** "000012000": samples of a set are numbered through. */
  readonly key: string;
  readonly image: RgbImage;
  readonly caption: string;
  /** Goes into <key>.json beside the caption. */
  readonly facts?: object;
}

export interface WrittenShard {
  readonly name: string;
  readonly samples: number;
  /** Of the file. */
  readonly bytes: number;
  /** SHA-256 of the file, in hex. */
  readonly sha256: string;
}

export const shardName = (number: number): string => `${String(number).padStart(5, "0")}.tar`;
export const sampleKey = (number: number): string => String(number).padStart(9, "0");

/** Written beside and renamed into place; without samples there is no file. Holds one sample in memory at a time. */
export async function writeShard(
  path: string,
  name: string,
  samples: AsyncIterable<ShardSample> | Iterable<ShardSample>,
): Promise<WrittenShard> {
  const hash = createHash("sha256");
  let count = 0;
  let bytes = 0;
  await replaceFiles([
    {
      path,
      async fill(file) {
        const tar = pack();
        // Its failure destroys the tar, which then refuses samples: what it failed of is what to say.
        let failure: unknown;
        const copying = copy(tar, hash, file).catch((error) => {
          failure ??= error;
          tar.destroy();
        });
        try {
          for await (const sample of samples) {
            await addSample(tar, sample);
            count++;
          }
          tar.finalize();
        } catch (error) {
          failure ??= error;
          tar.destroy();
        }
        await copying;
        if (failure) throw failure;
        bytes = file.position;
      },
    },
  ]);
  if (count === 0) await rm(path, { force: true });
  return { name, samples: count, bytes, sha256: hash.digest("hex") };
}

async function copy(tar: Pack, hash: Hash, file: FileWriter): Promise<void> {
  for await (const chunk of tar) {
    hash.update(chunk as Uint8Array);
    await file.write(chunk as Uint8Array);
  }
}

/** Is the shard as long as it was written? One without samples has no file. */
export async function isWholeShard(
  folder: string,
  { name, samples, bytes }: WrittenShard,
): Promise<boolean> {
  if (samples === 0) return true;
  return (await stat(join(folder, name)).catch(() => undefined))?.size === bytes;
}

/** A fixed time, owner and mode, so that the same samples are the same bytes on every day and machine. */
const header = { mode: 0o644, uid: 0, gid: 0, mtime: new Date(0) };

async function addSample(tar: Pack, { key, image, caption, facts }: ShardSample): Promise<void> {
  const { width, height, pixels } = image;
  const png = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  await addPart(tar, `${key}.png`, png);
  await addPart(tar, `${key}.txt`, Buffer.from(caption));
  if (facts) await addPart(tar, `${key}.json`, Buffer.from(JSON.stringify(facts)));
}

function addPart(tar: Pack, name: string, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    tar.entry({ ...header, name }, bytes, (error) => (error ? reject(error) : resolve()));
  });
}
