/**
 * @file Rows of a table that name the same picture, as COCO's do, become one pair with all their captions, where the first of
 * them was: as pairs of their own, some would be trained on and others held out. Rows wait in a file; 12 bytes of each are
 * held in memory, and the numbers of those that belong together.
 */
import { rm } from "node:fs/promises";
import { Repeats } from "../repeats.js";
import { EntryReader, EntryWriter } from "./index-file.js";
import { MOST_CAPTION_BYTES } from "./limits.js";
import { isProblem, type Problem } from "./record.js";

export interface TableRow {
  /** Of the table, from 1. */
  readonly line: number;
  readonly image: string;
  /** One or several, a line each. */
  readonly caption: string;
}

export interface MergeOptions {
  /** Where a file may be for the time; it is removed in the end. */
  readonly scratch: string;
  /** What a problem of a row is told with: its table. */
  readonly path: string;
  readonly onMerged: (done: number, rows: number) => void;
}

/** Problems as they come, then the pairs. */
export async function* mergeRows(
  rows: AsyncIterable<TableRow | Problem>,
  options: MergeOptions,
): AsyncGenerator<TableRow | Problem> {
  const repeats = new Repeats();
  const writer = await EntryWriter.create<TableRow>(options.scratch);
  try {
    for await (const row of rows) {
      if (isProblem(row)) yield row;
      else {
        repeats.add(row.image, writer.count);
        await writer.add(row);
      }
    }
  } finally {
    await writer.close();
  }
  yield* pairsOf(repeats, options);
  for (const file of [options.scratch, `${options.scratch}.ends`]) await rm(file);
}

async function* pairsOf(
  repeats: Repeats,
  { scratch, path, onMerged }: MergeOptions,
): AsyncGenerator<TableRow | Problem> {
  // Two, since each holds one block: of where the rows are, and of where the others of their pictures are.
  await using firsts = await EntryReader.open<TableRow>(scratch);
  await using others = await EntryReader.open<TableRow>(scratch, 1024);
  const { groups } = repeats.find(Number.POSITIVE_INFINITY);
  const isMerged = new Uint8Array(firsts.count);
  let group = 0;
  for (let row = 0; row < firsts.count; row++) {
    onMerged(row + 1, firsts.count);
    const [, ...rest] = groups[group]?.[0] === row ? groups[group++]! : [];
    if (isMerged[row]) continue;
    const first = await firsts.at(row);
    let { caption } = first;
    let bytes = Buffer.byteLength(caption);
    for (const number of rest) {
      const other = await others.at(number);
      if (other.image !== first.image) continue; // equal by half a hash only
      isMerged[number] = 1;
      const more = 1 + Buffer.byteLength(other.caption);
      if (bytes + more > MOST_CAPTION_BYTES) {
        const reason = "has a caption too many: those of its picture have more than 64 kB together";
        yield { file: `${path}:${other.line}`, reason };
        continue;
      }
      bytes += more;
      caption += `\n${other.caption}`;
    }
    yield { ...first, caption };
  }
}
