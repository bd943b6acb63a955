/** @file Keeps the folder of indexes from growing for ever: stopped ones go after a day, unused ones after a month. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** The file of an index that is touched whenever it is used. */
export const HEAD = "head.json";

const DAY = 24 * 60 * 60 * 1000;
const MOST_UNUSED = 30 * DAY;
/** No command makes an index for so long without adding to it. */
const MOST_PARTIAL = DAY;

/** Names of indexes, and of those that are being made; nothing else in the folder is touched. */
const indexName = /^[0-9a-f]{32}$/;
const partialName = /^[0-9a-f]{32}\.[0-9a-f]{8}(\.old)?$/;

/** Another command may do the same, and what cannot be removed stays. */
export async function sweepIndexes(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const isOld =
      (indexName.test(name) && (await isOlder(path, HEAD, MOST_UNUSED))) ||
      (partialName.test(name) && (await isOlder(path, "entries", MOST_PARTIAL)));
    if (isOld) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** `mark`: the file that tells, where it is there already. */
async function isOlder(folder: string, mark: string, most: number): Promise<boolean> {
  const found = await stat(join(folder, mark))
    .catch(() => stat(folder))
    .catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > most;
}
