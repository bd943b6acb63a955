/** @file A table of pictures: .jsonl or .csv, with a column for the file and one for the caption. */
import { realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, relative } from "node:path";
import { DalleError } from "@dalle-ts/tensor";
import { type ColumnNames, captionOf, findColumns } from "./columns.js";
import { leadsOutside } from "./file-names.js";
import { type FileEntry, FileSource } from "./file-source.js";
import { type IndexBuilder, openIndex } from "./index-cache.js";
import { MOST_CAPTION_BYTES } from "./limits.js";
import type { PictureSource } from "./record.js";
import { rowsOf } from "./table-rows.js";
import { tidyCaption } from "./text.js";

export interface ListingOptions {
  readonly columns?: Partial<ColumnNames>;
  /** Folder that the paths in the table are relative to, and must stay in. @default the table's own */
  readonly images?: string;
  /** Bytes read of how many, while the index is built. */
  readonly onIndexing?: (done: number, total: number) => void;
}

export async function openListing(
  path: string,
  { columns = {}, images, onIndexing }: ListingOptions,
): Promise<PictureSource> {
  const root = await realpath(images ?? dirname(path)).catch(() => {
    throw new DalleError("not_found", `The folder ${images} does not exist; check --images.`);
  });
  const settings = `listing ${JSON.stringify([columns.file, columns.caption, root])}`;
  const index = await openIndex<FileEntry>(path, settings, (builder) =>
    indexListing(path, root, columns, builder, onIndexing),
  );
  return new FileSource(path, "listing", root, index);
}

async function indexListing(
  path: string,
  root: string,
  wanted: Partial<ColumnNames>,
  builder: IndexBuilder<FileEntry>,
  onIndexing: ListingOptions["onIndexing"],
): Promise<void> {
  await builder.stamp(path);
  const { size } = await stat(path);
  let columns: ColumnNames | undefined;
  for await (const row of rowsOf(path, (done) => onIndexing?.(done, size))) {
    const place = `${path}:${row.number}`;
    if ("reason" in row) {
      await builder.problem(place, row.reason);
      continue;
    }
    columns ??= findColumns(path, Object.keys(row.cells), wanted);
    const entry = entryOf(row.cells, columns, root);
    if (typeof entry === "string") await builder.problem(place, entry);
    else await builder.add(entry);
  }
}

/** The entry, or why there is none. */
function entryOf(
  cells: Readonly<Record<string, unknown>>,
  { file, caption }: ColumnNames,
  root: string,
): FileEntry | string {
  const name = cells[file];
  if (typeof name !== "string" || name.trim() === "") return `names no picture in "${file}"`;
  if (/^https?:/i.test(name)) {
    return "names a picture on the web; download the pictures first (img2dataset does it)";
  }
  const image = isAbsolute(name) ? relative(root, name) : name.replaceAll("\\", "/");
  if (leadsOutside(image)) return "names a picture outside the folder; give its folder as --images";
  const text = tidyCaption(captionOf(cells[caption]) ?? "");
  if (text === undefined) return `has no caption in "${caption}"`;
  if (Buffer.byteLength(text) > MOST_CAPTION_BYTES) return "has a caption of more than 64 kB";
  return { image, caption: text };
}
