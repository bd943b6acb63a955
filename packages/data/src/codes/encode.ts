/**
 * @file Turns any source into code shards, so that training a transformer never runs the dVAE: NNNNN.codes holds the codes of
 * its pictures, 16 bits each in little-endian order, one picture after the other in raster order; NNNNN.jsonl one line
 * { key, caption } a picture, several captions as lines; codes.json what they were made from and with.
 */
import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { replaceFiles } from "@dalle-ts/tensor";
import { requirePositive } from "../random.js";
import {
  holdShards,
  openJob,
  refuseSource,
  untilDamage,
  writeJobState,
} from "../shards/job-state.js";
import { type Square, type SquareOptions, squaresOf, sumOf } from "../shards/squares.js";
import type { PictureSource } from "../source/record.js";
import { requireRecords } from "../source/records.js";
import { type CodesPart, inspectPart } from "./part-files.js";

/** A trained dVAE's encoder, on whatever engine. */
export interface PictureEncoder {
  /** SHA-256 of its weights, in hex. */
  readonly sha256: string;
  /** Side of its pictures in pixels. */
  readonly imageSize: number;
  /** Side of its grid of codes. */
  readonly gridSide: number;
  /** How many different codes there are, at most 65,536. */
  readonly codes: number;
  /** pixels: `count` pictures, height × width × RGB each → their codes, one picture after the other. */
  encode(pixels: Uint8Array, count: number): Promise<Uint16Array>;
}

export interface EncodeOptions extends SquareOptions {
  /** Pictures of a shard. @default 10000 */
  readonly shardSize?: number;
  /** Pictures encoded together; the codes do not depend on it. @default 16 */
  readonly batch?: number;
}

/** What decides the codes; all of it is in codes.json, and a resumed job must have the same. */
export interface CodesSettings {
  /** `PictureSource.identity` */
  readonly source: string;
  readonly dvae: Pick<PictureEncoder, "sha256" | "imageSize" | "gridSide" | "codes">;
  readonly shardSize: number;
  readonly cut: string;
  readonly seed: number;
  readonly filters: readonly string[];
}

export const CODES_FILE = "codes.json";

export interface EncodeResult {
  readonly parts: readonly CodesPart[];
  readonly samples: number;
  readonly skipped: number;
  /** Everything was there already, and nothing was looked at. */
  readonly wasComplete: boolean;
}

/**
 * Resumes after the last whole shard, or at the first one that is gone or damaged; throws "aborted" when stopped, and
 * "bad_option" for a folder with shards that are not the job's own.
 */
export async function encodeSource(
  source: PictureSource,
  encoder: PictureEncoder,
  folder: string,
  options: EncodeOptions = {},
): Promise<EncodeResult> {
  const { shardSize = 10_000, batch = 16, cut = "centre", seed = 0, filters = [] } = options;
  for (const [name, value] of Object.entries({ shardSize, batch })) {
    requirePositive(name, value);
  }
  await requireRecords(source);
  await refuseSource(source, folder);
  await using _ = await holdShards(folder);
  const { sha256, imageSize, gridSide, codes } = encoder;
  const dvae = { sha256, imageSize, gridSide, codes };
  const settings = { source: source.identity, dvae, shardSize, cut, seed, filters };
  const path = join(folder, CODES_FILE);
  const state = await untilDamage(
    await openJob<CodesSettings, CodesPart>(path, "codes", settings, nameOf(source)),
    async (part) => "ends" in (await inspectPart(folder, part, gridSide)),
  );
  const parts = [...state.parts];
  while (!state.complete) {
    const run = { next: parts.at(-1)?.next ?? 0, skipped: 0 };
    if (run.next >= source.count) break;
    const name = String(parts.length).padStart(5, "0");
    const squares = squaresOf(source, { ...options, size: imageSize, most: shardSize }, run);
    const written = await writePart(join(folder, name), encoder, squares, batch);
    parts.push({ name, ...written, ...run });
    await writeJobState(path, { ...state, parts, complete: run.next >= source.count });
  }
  return {
    parts: parts.filter(({ samples }) => samples > 0),
    samples: sumOf(parts, "samples"),
    skipped: sumOf(parts, "skipped"),
    wasComplete: state.complete,
  };
}

/** Of its folder or file, also where that was given as "." */
const nameOf = ({ path }: PictureSource): string => basename(resolve(path));

async function writePart(
  stem: string,
  encoder: PictureEncoder,
  squares: AsyncIterable<Square>,
  batch: number,
): Promise<{ samples: number; sha256: string }> {
  const hash = createHash("sha256");
  const lines: string[] = [];
  const paths = [`${stem}.codes`, `${stem}.jsonl`] as const;
  await replaceFiles([
    {
      path: paths[0],
      async fill(file) {
        const flush = async (group: readonly Square[]) => {
          const pixels = Buffer.concat(group.map(({ image }) => image.pixels));
          const bytes = littleEndian(await encoder.encode(pixels, group.length));
          hash.update(bytes);
          await file.write(bytes);
        };
        let group: Square[] = [];
        for await (const square of squares) {
          lines.push(`${JSON.stringify({ key: square.key, caption: square.caption })}\n`);
          if (group.push(square) < batch) continue;
          await flush(group);
          group = [];
        }
        if (group.length > 0) await flush(group);
      },
    },
    { path: paths[1], fill: (file) => file.write(Buffer.from(lines.join(""))) },
  ]);
  if (lines.length === 0) for (const path of paths) await rm(path, { force: true });
  return { samples: lines.length, sha256: hash.digest("hex") };
}

function littleEndian(codes: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(2 * codes.length);
  const view = new DataView(bytes.buffer);
  for (const [index, code] of codes.entries()) view.setUint16(2 * index, code, true);
  return bytes;
}
