/** @file A source as square pictures of one size with captions: what packing and encoding have in common. */
import { type CutName, cutters } from "../pictures/cut.js";
import { decodePicture } from "../pictures/decode.js";
import { type FilterName, filteredBecause } from "../pictures/filters.js";
import type { RgbImage } from "../pictures/rgb-image.js";
import { Random } from "../random.js";
import { captionLines } from "../source/caption-lines.js";
import { reasonOf } from "../source/read-file.js";
import {
  isProblem,
  type PictureRecord,
  type PictureSource,
  type Problem,
} from "../source/record.js";
import { mapRecords } from "../source/records.js";

export interface SquareOptions {
  /** @default "centre" */
  readonly cut?: CutName;
  /** Of the cuts. @default 0 */
  readonly seed?: number;
  /** Pairs to leave out. @default none */
  readonly filters?: readonly FilterName[];
  /** Records of the source that were used or skipped. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Told of each record that is skipped. */
  readonly onProblem?: (problem: Problem) => void;
  readonly signal?: AbortSignal;
}

export interface Square {
  /** The record's in its source. */
  readonly key: string;
  /** One a line, where there are several: those that no filter leaves out. */
  readonly caption: string;
  readonly image: RgbImage;
}

/** How far a part of a job went in its source. */
export interface Progress {
  /** The record after the last one that was used or skipped. */
  readonly next: number;
  readonly skipped: number;
}

/** At most `most` squares from record `run.next` on; `run` is changed on the way. Record i is cut by (seed, i) alone. */
export async function* squaresOf(
  source: PictureSource,
  options: SquareOptions & { readonly size: number; readonly most: number },
  run: { -readonly [Key in keyof Progress]: Progress[Key] },
): AsyncGenerator<Square> {
  const { size, most, cut = "centre", seed = 0, filters = [] } = options;
  const work = async (record: PictureRecord, index: number): Promise<Square | Problem> => {
    const { key, caption } = record;
    try {
      const random = new Random(seed, index);
      const { header, image } = await decodePicture(record.bytes, size, cutters[cut], random);
      const reasonFor = (line: string) => filteredBecause(filters, line, header);
      const lines = captionLines(caption);
      const kept = lines.filter((line) => !reasonFor(line));
      if (kept.length === 0) return { file: key, reason: reasonFor(lines[0]!)! };
      return { key, caption: kept.join("\n"), image };
    } catch (error) {
      return { file: key, reason: reasonOf(error) };
    }
  };
  let count = 0;
  const results = mapRecords(source, work, {
    from: run.next,
    signal: options.signal,
    stopped: "Stopped; run the same command again to go on after the last whole shard.",
  });
  for await (const { index, value } of results) {
    run.next = index + 1;
    options.onProgress?.(index + 1, source.count);
    if (isProblem(value)) {
      run.skipped++;
      options.onProblem?.(value);
      continue;
    }
    yield value;
    if (++count === most) return;
  }
}

export function sumOf<Key extends string>(
  parts: readonly Readonly<Record<Key, number>>[],
  key: Key,
): number {
  return parts.reduce((sum, part) => sum + part[key], 0);
}
