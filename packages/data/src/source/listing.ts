/** @file A table of pictures: .jsonl or .csv, with a column for the file and one for the caption. */
import { realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { DalleError } from "@dalle-ts/tensor";
import { joinCaptions } from "./caption-lines.js";
import { type ColumnNames, captionsIn, findColumns } from "./columns.js";
import { isWithin, leadsOutside } from "./file-names.js";
import { FileSource, type PairIndexBuilder } from "./file-source.js";
import { MOST_CAPTION_BYTES } from "./limits.js";
import { mergeRows, type TableRow } from "./merge-rows.js";
import { isProblem, type PictureSource, type Problem } from "./record.js";
import { hasHeader, rowsOf } from "./table-rows.js";

export interface ListingOptions {
  readonly columns?: Partial<ColumnNames>;
  /** Folder that the paths in the table are relative to, and must stay in. @default the table's own */
  readonly images?: string;
  /** Bytes of how many are done with, while the index is built. */
  readonly onIndexing?: (done: number, total: number) => void;
}

export async function openListing(
  path: string,
  { columns = {}, images, onIndexing }: ListingOptions,
): Promise<PictureSource> {
  const named = resolve(images ?? dirname(path));
  const root = await realpath(named).catch(() => {
    throw new DalleError("not_found", `The folder ${images} does not exist; check --images.`);
  });
  // Whoever wrote absolute paths may have gone by the links, or past them.
  const roots = [named, root];
  const settings = JSON.stringify([columns.file, columns.caption, ...roots]);
  return FileSource.open(path, "listing", root, settings, (builder) =>
    indexListing(path, roots, columns, builder, onIndexing),
  );
}

async function indexListing(
  path: string,
  roots: readonly string[],
  wanted: Partial<ColumnNames>,
  builder: PairIndexBuilder,
  onIndexing: ListingOptions["onIndexing"],
): Promise<void> {
  await builder.stamp(path);
  const { size } = await stat(path);
  // Half of the time is the table's, and half its pictures', which are looked at as they are added.
  const rows = tableRows(path, roots, wanted, (done) => onIndexing?.(done / 2, size));
  const merged = mergeRows(rows, {
    path,
    scratch: builder.scratch,
    onMerged: (done, count) => onIndexing?.((size * (1 + done / count)) / 2, size),
  });
  for await (const row of merged) {
    if (isProblem(row)) await builder.problem(row.file, row.reason);
    else await builder.add({ image: row.image, caption: row.caption });
  }
}

async function* tableRows(
  path: string,
  roots: readonly string[],
  wanted: Partial<ColumnNames>,
  onBytes: (done: number) => void,
): AsyncGenerator<TableRow | Problem> {
  let columns: ColumnNames | undefined;
  let missing: DalleError | undefined;
  for await (const row of rowsOf(path, onBytes)) {
    const file = `${path}:${row.number}`;
    if ("reason" in row) {
      yield { file, reason: row.reason };
      continue;
    }
    try {
      columns ??= findColumns(path, Object.keys(row.cells), wanted);
    } catch (error) {
      if (hasHeader(path)) throw error;
      missing ??= error as DalleError;
      const fields = Object.keys(row.cells).slice(0, 20).join(", ");
      yield { file, reason: `has no picture or no caption (its fields: ${fields || "none"})` };
      continue;
    }
    const pair = pairOf(row.cells, columns, roots);
    yield typeof pair === "string" ? { file, reason: pair } : { line: row.number, ...pair };
  }
  if (!columns && missing) throw missing;
}

/** The pair, or why there is none. */
function pairOf(
  cells: Readonly<Record<string, unknown>>,
  { file, caption }: ColumnNames,
  roots: readonly string[],
): Omit<TableRow, "line"> | string {
  const name = cells[file];
  if (typeof name !== "string" || name.trim() === "") return `names no picture in "${file}"`;
  if (/^https?:/i.test(name)) {
    return "names a picture on the web; download the pictures first (img2dataset does it)";
  }
  const image = imageOf(name, roots);
  if (image === undefined || leadsOutside(image))
    return "names a picture outside the folder; give its folder as --images";
  const text = joinCaptions(captionsIn(cells[caption]));
  if (text === undefined) return `has no caption in "${caption}"`;
  if (Buffer.byteLength(text) > MOST_CAPTION_BYTES) return "has a caption of more than 64 kB";
  return { image, caption: text };
}

/** Its path from the folder of pictures; undefined for an absolute one that is not in there. */
function imageOf(name: string, roots: readonly string[]): string | undefined {
  if (!isAbsolute(name)) return name.replaceAll("\\", "/");
  const root = roots.find((each) => isWithin(each, name));
  return root && relative(root, name);
}
