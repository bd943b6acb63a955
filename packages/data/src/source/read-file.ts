/** @file One small file read whole, with the care that files of strangers need. */
import { constants } from "node:fs";
import { open } from "node:fs/promises";

/** Why a file was not read, as the end of a sentence: "has 3.2 GB, and 256 MB are allowed". */
export class Unreadable extends Error {}

/**
 * The bytes of a regular file. Anything else (a folder, a pipe, a device), a file that is too long, and one that changes
 * while it is read throws `Unreadable`.
 */
export async function readSmallFile(path: string, mostBytes: number): Promise<Uint8Array> {
  // Without O_NONBLOCK, opening a named pipe would wait for a writer for ever.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error) => {
    throw new Unreadable(reasonOf(error));
  });
  try {
    const before = await file.stat();
    if (!before.isFile()) throw new Unreadable("is not a file");
    if (before.size > mostBytes) throw new Unreadable(tooLong(before.size, mostBytes));
    const bytes = new Uint8Array(before.size);
    let done = 0;
    while (done < bytes.length) {
      const { bytesRead } = await file.read(bytes, done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    const after = await file.stat();
    if (done < bytes.length || after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
      throw new Unreadable("changed while it was read");
    }
    return bytes;
  } finally {
    await file.close();
  }
}

export function tooLong(bytes: number, most: number): string {
  return `has ${megabytes(bytes)}, and ${megabytes(most)} are allowed`;
}

const megabytes = (bytes: number): string =>
  bytes >= 2 ** 20 ? `${Math.round(bytes / 2 ** 20)} MB` : `${Math.round(bytes / 2 ** 10)} kB`;

/** What the system or a decoder said, as the end of a sentence about a file. */
export function reasonOf(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return "does not exist";
  if (code === "EACCES" || code === "EPERM") return "may not be read (permissions)";
  if (code === "ELOOP") return "is a link that leads back to itself";
  if (code === "EISDIR") return "is not a file";
  return `cannot be read (${String(message).split("\n")[0]})`;
}
