/** @file Size and SHA-256 of a file on disk. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { DalleError } from "@dalle-ts/tensor";
import type { FileRecord } from "./config.js";

/** SHA-256 in hex and size of a file of any length, in constant memory. */
export async function describeFile(path: string): Promise<FileRecord> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (cause) {
    throw cannotRead(path, cause as Error);
  }
  return { sha256: hash.digest("hex"), bytes };
}

export function cannotRead(path: string, cause: Error): DalleError {
  return new DalleError(
    "io",
    `${path} cannot be read: ${cause.message}; check the file and its permissions.`,
    { cause },
  );
}
