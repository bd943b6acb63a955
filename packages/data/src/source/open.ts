/** @file Opens captioned pictures in whatever format they are, told by what is there. */
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { DalleError } from "@dalle-ts/tensor";
import { CODES_FILE } from "../codes/encode.js";
import type { ColumnNames } from "./columns.js";
import { isArchiveName, withoutExtension } from "./file-names.js";
import { type CaptionsFrom, findCaptioned, openFolder, PACKED } from "./folder.js";
import { openListing } from "./listing.js";
import { openParquet } from "./parquet.js";
import type { PictureSource } from "./record.js";
import { openShards } from "./shards.js";
import { isTable } from "./table-rows.js";

export interface OpenSourceOptions {
  /** Of tables, where the usual names do not fit. */
  readonly columns?: Partial<ColumnNames>;
  /** Folder that the paths of a .jsonl, .csv or .tsv table are relative to. @default the table's own */
  readonly images?: string;
  /** Where a folder's captions are; a folder that holds shards or tables is taken as a folder too. @default "files" */
  readonly captions?: CaptionsFrom;
  /** Bytes of how many are done with, while an index is built. */
  readonly onIndexing?: (done: number, total: number) => void;
}

/**
 * `path`: a .tar, .parquet, .jsonl, .csv or .tsv file, or a folder of any of these or of pictures. Throws `not_found`,
 * `bad_option` for an option that means nothing there, `bad_data` for a file of another kind and for a table without the
 * columns it needs, and `io`.
 */
export async function openSource(
  path: string,
  options: OpenSourceOptions = {},
): Promise<PictureSource> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new DalleError("not_found", `${path} does not exist; check the path.`);
  if (!found.isDirectory()) return openFiles(path, [path], options);
  if (options.captions) return openPictures(path, options);
  const names = (await readdir(path)).sort();
  if (names.includes(CODES_FILE)) {
    throw new DalleError(
      "bad_data",
      `${path} holds codes of \`dalle data encode\`; give the pictures that they were made from.`,
    );
  }
  const files = await filesToOpen(path, names);
  if (files.length === 0) return openPictures(path, options);
  await refuseBoth(path, files, options);
  const paths = files.map((name) => join(path, name));
  return openFiles(path, paths, options).catch((error: DalleError) => {
    // A table that lies among pictures may be about something else.
    if (error.code !== "bad_data" || !isTable(files[0]!)) throw error;
    throw new DalleError("bad_data", `${error.message.replace(/\.$/, "")}, ${OR_FILES}.`);
  });
}

/** The shards, Parquet files or table of a folder, by name; none where it is one of pictures. */
async function filesToOpen(path: string, names: readonly string[]): Promise<readonly string[]> {
  const shards = await filesAmong(path, names, (name) => /\.tar$/i.test(name));
  if (shards.length > 0) return shards;
  // img2dataset writes 00000.parquet as a log beside the folder 00000.
  const parquet = await filesAmong(
    path,
    names,
    (name) => /\.parquet$/i.test(name) && !names.includes(withoutExtension(name)),
  );
  if (parquet.length > 0) return parquet;
  const tables = await filesAmong(path, names, isTable);
  const metadata = tables.find((name) => /^metadata\./i.test(name));
  if (metadata !== undefined) return [metadata];
  if (tables.length <= 1) return tables;
  throw new DalleError(
    "bad_data",
    `${path} holds several tables (${shortList(tables)}); name one of them instead of the folder, ${OR_FILES}.`,
  );
}

/** Either could be what is meant, and the other would be left out silently. */
async function refuseBoth(
  path: string,
  files: readonly string[],
  { images, columns }: OpenSourceOptions,
): Promise<void> {
  // These are said of tables alone.
  if (images !== undefined || columns?.file !== undefined || columns?.caption !== undefined) return;
  const picture = await findCaptioned(path);
  if (picture === undefined) return;
  const list = shortList(files);
  const next =
    files.length === 1
      ? `name ${list} instead of the folder`
      : "move them to a folder of their own";
  throw new DalleError(
    "bad_data",
    `${path} holds ${list} beside pictures with captions of their own (such as ${picture}); ${next}, ${OR_FILES}.`,
  );
}

const shortList = (names: readonly string[]): string =>
  names.slice(0, 5).join(", ") + (names.length > 5 ? ", …" : "");

const OR_FILES = "or take the captions beside the pictures with --captions files";

/** A folder may have such a name too, and a pipe would be waited for. A link to nothing is told of when it is read. */
async function filesAmong(
  folder: string,
  names: readonly string[],
  isWanted: (name: string) => boolean,
): Promise<string[]> {
  const files: string[] = [];
  for (const name of names.filter(isWanted)) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.isFile() ?? true) files.push(name);
  }
  return files;
}

function openPictures(path: string, options: OpenSourceOptions): Promise<PictureSource> {
  refuseOthers(path, "a folder of pictures", options, ["captions"]);
  return openFolder(path, options.captions ?? "files");
}

async function openFiles(
  path: string,
  files: readonly string[],
  options: OpenSourceOptions,
): Promise<PictureSource> {
  const { columns = {}, images, onIndexing } = options;
  const [first] = files as readonly [string];
  if (/\.tar$/i.test(first)) {
    refuseOthers(path, "in the WebDataset format", options, []);
    return openShards(path, files, onIndexing);
  }
  if (/\.parquet$/i.test(first)) {
    refuseOthers(path, "in the Parquet format", options, ["file-column", "caption-column"]);
    return openParquet(path, files, columns);
  }
  if (isTable(first)) {
    refuseOthers(path, "a table", options, ["file-column", "caption-column", "images"]);
    return openListing(first, { columns, images, onIndexing });
  }
  if (isArchiveName(first)) throw new DalleError("bad_data", `${basename(path)} ${PACKED}.`);
  throw new DalleError(
    "bad_data",
    `${basename(path)} is not a kind of source; give a folder of pictures, or a .tar, .parquet, .jsonl, .csv or .tsv file.`,
  );
}

/** An option that would change nothing is one that its user is mistaken about. */
function refuseOthers(
  path: string,
  kind: string,
  { captions, images, columns }: OpenSourceOptions,
  allowed: readonly string[],
): void {
  const given = {
    captions,
    images,
    "file-column": columns?.file,
    "caption-column": columns?.caption,
  };
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || allowed.includes(name)) continue;
    throw new DalleError("bad_option", `${path} is ${kind}, which has no --${name}; leave it out.`);
  }
}
