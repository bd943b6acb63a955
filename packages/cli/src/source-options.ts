/** @file Options of every command that reads captioned pictures, and what opening them tells the user. */
import type { FilterName, PictureSource, SquareOptions } from "@dalle-ts/data";
import { type Command, Option } from "commander";
import { integer, words } from "./options.js";
import type { Terminal } from "./terminal.js";
import { counted } from "./text.js";

export interface SourceOptions {
  readonly captions?: "files" | "names";
  readonly fileColumn?: string;
  readonly captionColumn?: string;
  readonly images?: string;
}

export const sourceArgument =
  "folder of pictures with .txt captions, .jsonl, .csv, WebDataset .tar or .parquet file, or a folder of these";

export function addSourceOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--captions <from>", "where a folder's captions are").choices(["files", "names"]),
    )
    .option("--file-column <name>", "column of a table that names or holds the picture")
    .option("--caption-column <name>", "column of a table that holds the caption")
    .option("--images <folder>", "folder that the paths of a table start from");
}

/** Opens a source, with a bar while its index is built; to be held with `await using`. */
export async function openPictures(
  path: string,
  { captions, fileColumn, captionColumn, images }: SourceOptions,
  terminal: Terminal,
): Promise<PictureSource> {
  const { openSource } = await import("@dalle-ts/data");
  using progress = terminal.progress({ label: "indexing", unit: "MB" });
  const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);
  return await openSource(path, {
    captions,
    images,
    columns: { file: fileColumn, caption: captionColumn },
    onIndexing: (done, total) => progress.update(megabytes(done), megabytes(total)),
  });
}

/** Tells how much the index of a source left out, where it is not listed anyway. */
export function noteLeftOut({ path, count, problemCount }: PictureSource, terminal: Terminal) {
  if (problemCount === 0 || count === 0) return; // a source of nothing is refused, with a reason
  const what = counted(problemCount, "picture or caption is", "pictures or captions are");
  terminal.note(`${what} left out; \`dalle data check ${path}\` lists why.`);
}

export interface CutOptions {
  readonly cut?: "centre" | "dvae" | "transformer";
  readonly seed?: number;
  readonly filter?: string;
}

export function addCutOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--cut <how>",
        "the centre square, or a random one as the paper cuts for the dVAE or the transformer",
      ).choices(["centre", "dvae", "transformer"]),
    )
    .addOption(
      new Option("--seed <integer>", "of random cuts (default: 0)").argParser(
        integer("--seed", 0, Number.MAX_SAFE_INTEGER),
      ),
    )
    .option("--filter <names>", "leave pairs out as the paper does: short,boilerplate,aspect");
}

/** The filters of `--filter`; a word that names none is a usage error. */
export async function filtersOf(text: string | undefined): Promise<FilterName[]> {
  const { filterNames } = await import("@dalle-ts/data");
  return text === undefined ? [] : words("--filter", filterNames, text);
}

/** Runs what goes through a whole source, with a bar named `label`, notes of what is skipped, and Ctrl-C. */
export async function convert<Result>(
  terminal: Terminal,
  label: string,
  work: (options: Pick<SquareOptions, "signal" | "onProgress" | "onProblem">) => Promise<Result>,
): Promise<Result> {
  const notes = new SkippedNotes(terminal);
  return await terminal.interruptible(async (signal) => {
    using progress = terminal.progress({ label, unit: "pictures" });
    return await work({
      signal,
      onProgress: (done, total) => progress.update(done, total),
      onProblem: ({ file, reason }) => notes.add(file, reason),
    });
  });
}

/** Tells of the first skipped records on stderr, and counts the others. */
class SkippedNotes {
  /** Enough to see what is wrong, few enough to see anything else. */
  static readonly #most = 10;
  #count = 0;
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  add(file: string, reason: string): void {
    this.#count++;
    if (this.#count <= SkippedNotes.#most) this.#terminal.note(`Skipped: ${file} ${reason}.`);
    if (this.#count === SkippedNotes.#most + 1) {
      this.#terminal.note(
        "Skipped: more, which are counted; `dalle data check` lists all that cannot be read.",
      );
    }
  }
}
