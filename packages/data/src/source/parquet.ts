/**
 * @file Parquet files as img2dataset and Hugging Face write them. Rows are read in windows of some 16 MB, and the last few are
 * kept: reading in order unpacks every page once, and so does reading a small set in any order.
 */
import { realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type FileMetaData, parquetReadObjects } from "hyparquet";
import type { ColumnNames } from "./columns.js";
import { isWithin, leadsOutside } from "./file-names.js";
import { type FileStates, fileStates } from "./file-state.js";
import { openIndex, type SourceIndex } from "./index-cache.js";
import { MOST_COLUMN_BYTES, MOST_PICTURE_BYTES } from "./limits.js";
import { captionOfCell, parquetColumns, pictureOf } from "./parquet-columns.js";
import { compressors, openParquetFile } from "./parquet-file.js";
import { readSmallFile, reasonOf, tooLong, Unreadable } from "./read-file.js";
import type { CaptionRecord, PictureRecord, PictureSource, Problem } from "./record.js";

const WINDOW_BYTES = 2 ** 24;
const KEPT_WINDOWS = 8;

/** Neighbouring rows of one row group of one file. states: of the file, since rows tell nothing of what is in them. */
interface Window extends ColumnNames {
  readonly states: FileStates;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}
type Cells = Readonly<Record<string, unknown>>;

/** `files`: paths of Parquet files of one folder, in order. `path`: what the user named. */
export async function openParquet(
  path: string,
  files: readonly string[],
  wanted: Partial<ColumnNames>,
): Promise<PictureSource> {
  const names = files.map((file) => basename(file)).join("/");
  const settings = `parquet ${JSON.stringify([wanted.file, wanted.caption])} ${names}`;
  const index = await openIndex<Window>(path, settings, async (builder) => {
    for (const file of files) {
      const name = basename(file);
      await builder.stamp(file);
      const states = await fileStates(dirname(file), [name]);
      try {
        await using parquet = await openParquetFile(file);
        const columns = parquetColumns(file, parquet.metadata, wanted);
        for (const window of windowsOf(parquet.metadata, columns)) {
          if ("reason" in window) await builder.problem(name, window.reason);
          else await builder.add({ name, states, ...columns, ...window });
        }
      } catch (error) {
        // Columns that are not there are the user's to name; a damaged file is one of many.
        if ((error as Error).name === "DalleError") throw error;
        await builder.problem(name, `is cut short or damaged (${(error as Error).message})`);
      }
    }
  });
  const windows: Window[] = [];
  for await (const window of index.entries) windows.push(window);
  return new ParquetSource(path, await realpath(dirname(files[0]!)), windows, index);
}

function* windowsOf(
  { row_groups }: FileMetaData,
  columns: ColumnNames,
): Generator<{ start: number; end: number } | { reason: string }> {
  let start = 0;
  for (const [number, group] of row_groups.entries()) {
    const rows = Number(group.num_rows);
    const end = start + rows;
    const sizes = group.columns.flatMap(({ meta_data }) => {
      const wanted = [columns.file, columns.caption].includes(meta_data?.path_in_schema[0] ?? "");
      return wanted ? [Number(meta_data!.total_uncompressed_size)] : [];
    });
    const most = Math.max(0, ...sizes);
    if (most > MOST_COLUMN_BYTES) {
      const reason = `row group ${number} ${tooLong(most, MOST_COLUMN_BYTES)}; write the file again with at most 1,000 rows a group`;
      yield { reason };
    } else {
      const step = Math.max(1, Math.floor(WINDOW_BYTES / Math.max(1, most / rows)));
      for (let row = start; row < end; row += step) {
        yield { start: row, end: Math.min(row + step, end) };
      }
    }
    start = end;
  }
}

class ParquetSource implements PictureSource {
  readonly kind = "parquet";
  readonly path: string;
  readonly count: number;
  readonly identity: string;
  readonly problemCount: number;
  readonly #root: string;
  readonly #windows: readonly Window[];
  /** Records before each window. */
  readonly #starts: readonly number[];
  readonly #index: SourceIndex<Window>;
  /** Windows by what was read of them and their number, the one unused for longest first. */
  readonly #kept = new Map<string, Promise<readonly Cells[]>>();

  constructor(path: string, root: string, windows: readonly Window[], index: SourceIndex<Window>) {
    this.path = path;
    this.#root = root;
    this.#windows = windows;
    this.#index = index;
    const starts: number[] = [];
    let count = 0;
    for (const { start, end } of windows) {
      starts.push(count);
      count += end - start;
    }
    this.#starts = starts;
    this.count = count;
    this.identity = index.identity;
    this.problemCount = index.problems.count;
  }

  async read(index: number): Promise<PictureRecord | Problem> {
    return this.#withCells(index, "all", async (cells, key, { file }) => {
      const record = captioned(cells, key);
      const picture = pictureOf(cells[file]);
      if (picture === undefined) throw new Unreadable("holds no picture");
      return { ...record, bytes: await this.#pictureBytes(picture) };
    });
  }

  async readCaption(index: number): Promise<CaptionRecord | Problem> {
    return this.#withCells(index, "caption", async (cells, key) => captioned(cells, key));
  }

  problems(): AsyncIterable<Problem> {
    return this.#index.problems;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#kept.clear();
    await this.#index[Symbol.asyncDispose]();
  }

  async #withCells<Result>(
    index: number,
    which: "all" | "caption",
    use: (
      cells: Cells & { readonly caption: unknown },
      key: string,
      window: Window,
    ) => Promise<Result>,
  ): Promise<Result | Problem> {
    const number = windowOf(this.#starts, index);
    const window = this.#windows[number]!;
    const row = window.start + index - this.#starts[number]!;
    const key = `${window.name}:${row}`;
    try {
      const cells = (await this.#rows(number, which))[row - window.start];
      if (!cells) throw new Unreadable("is not in its file");
      return await use({ ...cells, caption: cells[window.caption] }, key, window);
    } catch (error) {
      return { file: key, reason: reasonOf(error) };
    }
  }

  #rows(number: number, which: "all" | "caption"): Promise<readonly Cells[]> {
    const window = this.#windows[number]!;
    const key = `${which} ${number}`;
    const columns = which === "all" ? [window.file, window.caption] : [window.caption];
    const rows = this.#kept.get(key) ?? readWindow(join(this.#root, window.name), window, columns);
    this.#kept.delete(key);
    this.#kept.set(key, rows);
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= KEPT_WINDOWS) break;
      this.#kept.delete(oldest);
    }
    return rows;
  }

  async #pictureBytes(picture: Uint8Array | string): Promise<Uint8Array> {
    if (typeof picture !== "string") {
      if (picture.length <= MOST_PICTURE_BYTES) return picture;
      throw new Unreadable(tooLong(picture.length, MOST_PICTURE_BYTES));
    }
    if (/^https?:/i.test(picture)) {
      throw new Unreadable("is on the web; download the pictures first (img2dataset does it)");
    }
    const outside = new Unreadable("names a picture outside the folder of the Parquet file");
    if (leadsOutside(picture)) throw outside;
    const path = await realpath(join(this.#root, picture));
    if (!isWithin(this.#root, path)) throw outside;
    return readSmallFile(path, MOST_PICTURE_BYTES);
  }
}

function captioned(cells: { readonly caption: unknown }, key: string): CaptionRecord {
  const caption = captionOfCell(cells.caption);
  if (caption === undefined) throw new Unreadable("has no caption");
  return { key, caption };
}

async function readWindow(
  path: string,
  { start, end }: Window,
  columns: string[],
): Promise<readonly Cells[]> {
  await using parquet = await openParquetFile(path);
  const { buffer: file, metadata } = parquet;
  const range = { rowStart: start, rowEnd: end };
  // Without `utf8`, bytes that carry no type stay bytes: pictures are not text.
  return await parquetReadObjects({ file, metadata, columns, compressors, utf8: false, ...range });
}

/** The window that holds record `index`. */
function windowOf(starts: readonly number[], index: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}
