/** @file Reads code shards at any place. Holds 8 bytes a picture in memory; the rest stays on the disk. */
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DalleError } from "@dalle-ts/tensor";
import type { JobState } from "../shards/job-state.js";
import { CODES_FILE, type CodesSettings } from "./encode.js";
import { type CodesPart, inspectPart } from "./part-files.js";

type CodesState = JobState<CodesSettings, CodesPart>;

/** One .codes and one .jsonl file, open. */
interface OpenPart {
  readonly first: number;
  readonly codes: number;
  readonly captions: number;
  /** Where each line of the .jsonl ends, in bytes. */
  readonly ends: Float64Array;
}

/** Reading is synchronous: a training step asks for what it needs, and a page in memory answers in microseconds. */
export class CodeShards implements Disposable {
  readonly count: number;
  readonly settings: CodesSettings;
  /** As it was given. */
  readonly path: string;
  /** Of the pictures that were encoded; codes from before this was kept do not say. */
  readonly sourceName: string | undefined;
  /** SHA-256 in hex of what decided the codes and of the codes themselves. */
  readonly identity: string;
  readonly #parts: readonly OpenPart[];
  readonly #bytesPerPicture: number;

  private constructor(
    path: string,
    identity: string,
    { settings, sourceName }: Pick<CodesState, "settings" | "sourceName">,
    parts: readonly OpenPart[],
  ) {
    this.path = path;
    this.sourceName = sourceName;
    this.identity = identity;
    this.settings = settings;
    this.#parts = parts;
    this.#bytesPerPicture = 2 * settings.dvae.gridSide ** 2;
    const last = parts.at(-1);
    this.count = last ? last.first + last.ends.length : 0;
  }

  /** Throws `not_found`, or `bad_data` where the encoding has not ended or its codes are not as they were written. */
  static async open(folder: string): Promise<CodeShards> {
    const state = await readState(folder);
    const { settings, parts, complete } = state;
    const refuse = (what: string) =>
      new DalleError("bad_data", `${what}; run the same \`dalle data encode\` command again.`);
    if (!complete) throw refuse(`The codes in ${folder} are not complete`);
    const whole: Omit<OpenPart, "codes" | "captions">[] = [];
    const paths: string[] = [];
    let first = 0;
    for (const part of parts.filter(({ samples }) => samples > 0)) {
      const found = await inspectPart(folder, part, settings.dvae.gridSide);
      if ("damage" in found) throw refuse(found.damage);
      whole.push({ first, ends: found.ends });
      paths.push(join(folder, part.name));
      first += part.samples;
    }
    if (first === 0) {
      throw new DalleError(
        "bad_data",
        `No picture of ${folder} could be read when it was encoded; see why with \`dalle data check\`.`,
      );
    }
    const open = openAll(paths).map((files, index) => ({ ...whole[index]!, ...files }));
    const hashes = JSON.stringify([settings, parts.map(({ sha256 }) => sha256)]);
    const identity = createHash("sha256").update(hashes).digest("hex");
    return new CodeShards(folder, identity, state, open);
  }

  /** Codes of picture `index` in raster order. */
  codes(index: number): Uint16Array {
    const part = this.#partOf(index);
    const length = this.#bytesPerPicture;
    const bytes = readAt(part.codes, (index - part.first) * length, length);
    return Uint16Array.from({ length: length / 2 }, (_, at) => bytes.readUInt16LE(2 * at));
  }

  /** Of picture `index`; one a line, where it has several. */
  caption(index: number): string {
    const { first, ends, captions } = this.#partOf(index);
    const line = index - first;
    const start = line === 0 ? 0 : ends[line - 1]!;
    const { caption } = JSON.parse(readAt(captions, start, ends[line]! - start).toString());
    return caption;
  }

  [Symbol.dispose](): void {
    for (const { codes, captions } of this.#parts) {
      closeSync(codes);
      closeSync(captions);
    }
  }

  #partOf(index: number): OpenPart {
    return this.#parts.findLast(({ first }) => first <= index)!;
  }
}

/** The hash of the dVAE, and everything else that a trainer compares before it starts. */
async function readState(folder: string): Promise<CodesState> {
  const path = join(folder, CODES_FILE);
  try {
    const state = JSON.parse(await readFile(path, "utf8")) as CodesState;
    if (state.kind === "codes" && state.formatVersion === 1) return state;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") {
      throw new DalleError(
        "not_found",
        `${folder} holds no codes (no ${CODES_FILE}); make them with \`dalle data encode\` first.`,
      );
    }
  }
  throw new DalleError("bad_data", `${path} is damaged; encode the pictures again.`);
}

/** All files, or none where one cannot be opened. */
function openAll(stems: readonly string[]): Pick<OpenPart, "codes" | "captions">[] {
  const open: number[] = [];
  const openOne = (path: string) => {
    open.push(openSync(path, "r"));
    return open.at(-1)!;
  };
  try {
    return stems.map((stem) => ({
      codes: openOne(`${stem}.codes`),
      captions: openOne(`${stem}.jsonl`),
    }));
  } catch (error) {
    for (const file of open) closeSync(file);
    throw error;
  }
}

function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const count = readSync(file, bytes, done, length - done, position + done);
    if (count === 0) {
      throw new DalleError(
        "bad_data",
        "A code shard became shorter while it was read; encode the pictures again.",
      );
    }
    done += count;
  }
  return bytes;
}
