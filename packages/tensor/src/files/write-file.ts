/**
 * @file Writes one file whole or not at all: after a failure, such as a full disk, an older file of that name is as it
 * was and nothing half-written stays. Creates the folder if it is missing.
 */
import { replaceFiles } from "./replace-files.js";

export async function writeFileAtomic(path: string, content: Uint8Array | string): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  await replaceFiles([{ path, fill: (writer) => writer.write(bytes) }]);
}
