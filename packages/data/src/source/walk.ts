/** @file Every folder below a folder, once each, whatever links lead in circles. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { isForeignPictureName, isIgnoredName, isPictureName } from "./file-names.js";
import { MOST_DEPTH } from "./limits.js";
import { reasonOf } from "./read-file.js";

export interface WalkedFolder {
  /** Relative to the root, "" for the root itself, with "/" between names. */
  readonly path: string;
  /** Of everything in it but folders, sorted by code units, so that the order is the same everywhere. */
  readonly names: readonly string[];
}

export interface WalkListener {
  /** Called with each folder's full path before it is read. */
  onFolder(path: string): Promise<void>;
  onProblem(file: string, reason: string): Promise<void>;
}

/** A link to a folder is followed, and one to a folder that was already visited is a problem. */
export async function* walk(root: string, listener: WalkListener): AsyncGenerator<WalkedFolder> {
  const visited = new Set<string>();
  const pending = [{ path: "", depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { path, depth } = next;
    const full = join(root, path);
    try {
      const { dev, ino } = await stat(full, { bigint: true });
      if (visited.has(`${dev}:${ino}`)) {
        await listener.onProblem(path, "is a link to a folder that is read already");
        continue;
      }
      visited.add(`${dev}:${ino}`);
      if (depth > MOST_DEPTH) {
        await listener.onProblem(path, `lies more than ${MOST_DEPTH} folders deep`);
        continue;
      }
      await listener.onFolder(full);
      const names = (await readdir(full)).sort();
      const folders = await foldersAmong(full, names);
      for (const name of folders.toReversed()) {
        pending.push({ path: path === "" ? name : `${path}/${name}`, depth: depth + 1 });
      }
      const isFolder = new Set(folders);
      yield { path, names: names.filter((name) => !isIgnoredName(name) && !isFolder.has(name)) };
    } catch (error) {
      await listener.onProblem(path, reasonOf(error));
    }
  }
}

/** Names that look like files are not asked for, so that a folder of a million pictures is one call. */
async function foldersAmong(folder: string, names: readonly string[]): Promise<string[]> {
  const folders: string[] = [];
  for (const name of names) {
    if (isIgnoredName(name) || isPictureName(name) || isForeignPictureName(name)) continue;
    if (/\.(txt|json|caption)$/i.test(name)) continue;
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.isDirectory()) folders.push(name);
  }
  return folders;
}
