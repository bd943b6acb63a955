/** @file A source whose pictures are files of their own: what a folder and a listing have in common. */
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { isWithin } from "./file-names.js";
import { type FileStates, fileStates, isSameState } from "./file-state.js";
import { type IndexBuilder, openIndex, type SourceIndex } from "./index-cache.js";
import { MOST_CAPTION_BYTES, MOST_PICTURE_BYTES } from "./limits.js";
import { readSmallFile, reasonOf } from "./read-file.js";
import type { CaptionRecord, PictureRecord, PictureSource, Problem } from "./record.js";
import { isProblem } from "./record.js";
import { captionFromFile } from "./sidecar.js";

/**
 * What an entry says. Paths are relative to the source's root. The caption is here, or in a file that is read with the
 * picture.
 */
export type FilePair =
  | { readonly image: string; readonly caption: string }
  | { readonly image: string; readonly captionFile: string };

/** states: of the picture and of the caption's file, so that the source's identity changes with what is in them. */
export type FileEntry = FilePair & { readonly states: FileStates };

/** What an index is filled with: pairs, whose files are looked at as they are added. */
export interface PairIndexBuilder extends Omit<IndexBuilder<FileEntry>, "add"> {
  add(pair: FilePair): Promise<void>;
}

/** The entry of a pair as its files are now. */
async function fileEntry(root: string, pair: FilePair): Promise<FileEntry> {
  return { ...pair, states: await fileStates(root, filesOf(pair)) };
}

/** Whether its files are as they were. */
async function isCurrentEntry(root: string, entry: FileEntry): Promise<boolean> {
  return isSameState(entry.states, await fileStates(root, filesOf(entry)));
}

const filesOf = (pair: FilePair): string[] =>
  "captionFile" in pair ? [pair.image, pair.captionFile] : [pair.image];

export class FileSource implements PictureSource {
  readonly path: string;
  readonly kind: "folder" | "listing";
  readonly count: number;
  readonly identity: string;
  readonly problemCount: number;
  readonly #root: string;
  readonly #index: SourceIndex<FileEntry>;

  /**
   * `root`: the folder that the pairs' paths are relative to, with all links resolved. `settings`: all that decides, beside the
   * files, what `fill` adds.
   */
  static async open(
    path: string,
    kind: "folder" | "listing",
    root: string,
    settings: string,
    fill: (builder: PairIndexBuilder) => Promise<void>,
  ): Promise<FileSource> {
    const index = await openIndex<FileEntry>(
      path,
      `${kind} ${settings}`,
      (builder) =>
        fill({ ...builder, add: async (pair) => builder.add(await fileEntry(root, pair)) }),
      (entry) => isCurrentEntry(root, entry),
    );
    return new FileSource(path, kind, root, index);
  }

  private constructor(
    path: string,
    kind: "folder" | "listing",
    root: string,
    index: SourceIndex<FileEntry>,
  ) {
    this.path = path;
    this.kind = kind;
    this.#root = root;
    this.#index = index;
    this.count = index.entries.count;
    this.identity = index.identity;
    this.problemCount = index.problems.count;
  }

  async read(index: number): Promise<PictureRecord | Problem> {
    const entry = await this.#index.entries.at(index);
    const record = await this.#captioned(entry);
    if (isProblem(record)) return record;
    try {
      // A folder may link to where it likes, as its owner made it; a table of strangers may not.
      const path = join(this.#root, entry.image);
      if (this.kind === "listing" && !isWithin(this.#root, await realpath(path))) {
        return { file: entry.image, reason: "leads out of the folder of pictures" };
      }
      return { ...record, bytes: await readSmallFile(path, MOST_PICTURE_BYTES) };
    } catch (error) {
      return { file: entry.image, reason: reasonOf(error) };
    }
  }

  async readCaption(index: number): Promise<CaptionRecord | Problem> {
    return this.#captioned(await this.#index.entries.at(index));
  }

  problems(): AsyncIterable<Problem> {
    return this.#index.problems;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#index[Symbol.asyncDispose]();
  }

  async #captioned(entry: FileEntry): Promise<CaptionRecord | Problem> {
    if ("caption" in entry) return { key: entry.image, caption: entry.caption };
    try {
      const bytes = await readSmallFile(join(this.#root, entry.captionFile), MOST_CAPTION_BYTES);
      return { key: entry.image, caption: captionFromFile(entry.captionFile, bytes) };
    } catch (error) {
      return { file: entry.captionFile, reason: reasonOf(error) };
    }
  }
}
