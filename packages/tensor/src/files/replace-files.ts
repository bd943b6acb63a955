/**
 * @file Writing files so that nothing is ever left half-written: everything goes to temporary neighbours first,
 * and is renamed into place when all of it is on the disk.
 */
import { randomUUID } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { DalleError } from "../errors.js";
import { makeFolder } from "./make-folder.js";

/** A file being written, front to back. */
export class FileWriter {
  /** Bytes written so far. */
  position = 0;
  readonly #file: FileHandle;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, done);
      done += bytesWritten;
    }
    this.position += bytes.length;
  }

  /** Writes zeros up to the next multiple of `alignment`. */
  async align(alignment: number): Promise<void> {
    const rest = this.position % alignment;
    if (rest > 0) await this.write(new Uint8Array(alignment - rest));
  }
}

export interface NewFile {
  readonly path: string;
  fill(writer: FileWriter): Promise<void>;
}

/**
 * Writes all files, creating their folders, then renames them into place in the order given: a reader of the
 * last one finds the others. If anything fails before the renames, files already at these paths are untouched.
 */
export async function replaceFiles(files: readonly NewFile[]): Promise<void> {
  const suffix = `.${randomUUID().slice(0, 8)}.partial`;
  let current: string | undefined;
  try {
    for (const { path, fill } of files) {
      current = path;
      makeFolder(dirname(path));
      const file = await open(path + suffix, "wx");
      try {
        await fill(new FileWriter(file));
        await file.sync();
      } finally {
        await file.close();
      }
    }
    for (const { path } of files) {
      current = path;
      await rename(path + suffix, path);
    }
  } catch (cause) {
    for (const { path } of files) await rm(path + suffix, { force: true }).catch(() => undefined);
    if (cause instanceof DalleError || !(cause instanceof Error && "syscall" in cause)) throw cause;
    throw new DalleError(
      "io",
      `Cannot write ${current}: ${cause.message}; check the folder's permissions and free space.`,
      { cause },
    );
  }
}
