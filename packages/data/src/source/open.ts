/** @file Opens captioned pictures in whatever format they are, told by what is there. */
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { DalleError } from "@dalle-ts/tensor";
import type { ColumnNames } from "./columns.js";
import { withoutExtension } from "./file-names.js";
import { type CaptionsFrom, openFolder } from "./folder.js";
import { openListing } from "./listing.js";
import { openParquet } from "./parquet.js";
import type { PictureSource } from "./record.js";
import { openShards } from "./shards.js";
import { isTable } from "./table-rows.js";

export interface OpenSourceOptions {
  /** Of tables, where the usual names do not fit. */
  readonly columns?: Partial<ColumnNames>;
  /** Folder that the paths of a table are relative to. @default the table's own */
  readonly images?: string;
  /** Where a folder's captions are; "names" also takes a folder that holds shards or tables as a folder. @default "files" */
  readonly captions?: CaptionsFrom;
  /** Bytes read of how many, while an index is built. */
  readonly onIndexing?: (done: number, total: number) => void;
}

/**
 * `path`: a .tar, .parquet, .jsonl, .csv or .tsv file, or a folder of any of these or of pictures. Throws `not_found`,
 * `bad_data` for a file of another kind and for a table without the columns it needs, and `io`.
 */
export async function openSource(
  path: string,
  options: OpenSourceOptions = {},
): Promise<PictureSource> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new DalleError("not_found", `${path} does not exist; check the path.`);
  if (!found.isDirectory()) return openFiles(path, [path], options);
  if (options.captions === "names") return openFolder(path, "names");
  const names = (await readdir(path)).sort();
  const ending = (pattern: RegExp) => names.filter((name) => pattern.test(name));
  const paths = (list: readonly string[]) => list.map((name) => join(path, name));
  const shards = ending(/\.tar$/i);
  if (shards.length > 0) return openFiles(path, paths(shards), options);
  // img2dataset writes 00000.parquet as a log beside the folder 00000.
  const parquet = ending(/\.parquet$/i).filter((name) => !names.includes(withoutExtension(name)));
  if (parquet.length > 0) return openFiles(path, paths(parquet), options);
  const tables = names.filter(isTable);
  const table = tables.find((name) => /^metadata\./i.test(name)) ?? tables[0];
  if (table === undefined) return openFolder(path, "files");
  if (tables.length === 1 || /^metadata\./i.test(table)) {
    return openFiles(path, paths([table]), options);
  }
  throw new DalleError(
    "bad_data",
    `${path} holds several tables (${tables.slice(0, 5).join(", ")}); name one of them instead of the folder.`,
  );
}

function openFiles(
  path: string,
  files: readonly string[],
  { columns = {}, images, onIndexing }: OpenSourceOptions,
): Promise<PictureSource> {
  const [first] = files as readonly [string];
  if (/\.tar$/i.test(first)) return openShards(path, files, onIndexing);
  if (/\.parquet$/i.test(first)) return openParquet(path, files, columns);
  if (isTable(first)) return openListing(first, { columns, images, onIndexing });
  throw new DalleError(
    "bad_data",
    `${basename(path)} is not a kind of source; give a folder of pictures, or a .tar, .parquet, .jsonl, .csv or .tsv file.`,
  );
}
