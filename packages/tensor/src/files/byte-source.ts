/** @file Bytes that are read where they are wanted: a file on the disk, or any other memory of known size. */
import { type FileHandle, open } from "node:fs/promises";
import { DalleError } from "../errors.js";
import { cannotOpen } from "./cannot-open.js";
import { FileFault } from "./file-fault.js";

export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /** Bytes `position` … `position + length − 1` in memory of their own; a `FileFault` where not all of them exist. */
  read(position: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Node reads at most 2 GiB − 1 in one call. */
const largestRead = 2 ** 30;

/** An open file; `close` it. */
export class FileSource implements ByteSource {
  readonly size: number;
  readonly #file: FileHandle;

  private constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.size = size;
  }

  static async open(path: string): Promise<FileSource> {
    const file = await open(path, "r").catch((cause: NodeJS.ErrnoException) => {
      throw cannotOpen(path, cause);
    });
    const stat = await file.stat();
    if (stat.isFile()) return new FileSource(file, stat.size);
    await file.close();
    throw new DalleError("not_found", `${path} is not a file; give the path of one.`);
  }

  async read(position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    // Checked before memory is taken, for a length may come from a file that lies.
    if (position + length > this.size) throw endsEarly(this.size, position + length);
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const step = Math.min(length - done, largestRead);
      const { bytesRead } = await this.#file.read(bytes, done, step, position + done);
      if (bytesRead === 0) throw endsEarly(position + done, position + length);
      done += bytesRead;
    }
    return bytes;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** The fault of a source that has `size` bytes where `needed` are wanted. */
export function endsEarly(size: number, needed: number): FileFault {
  return new FileFault(`it has ${size} bytes where ${needed} are needed`);
}
