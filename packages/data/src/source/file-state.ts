/** @file What tells that a picture or its caption has changed: size and time of the files, kept in the entry that names them. */
import { stat } from "node:fs/promises";
import { join } from "node:path";

/** Bytes and whole seconds since 1970 of each file, as copies keep them; nothing of one that is not there. */
export type FileStates = readonly (readonly [size: number, seconds: number] | null)[];

/** paths: relative to `root`. */
export function fileStates(root: string, paths: readonly string[]): Promise<FileStates> {
  return Promise.all(
    paths.map((path) =>
      stat(join(root, path)).then(
        ({ size, mtimeMs }) => [size, Math.floor(mtimeMs / 1000)] as const,
        () => null,
      ),
    ),
  );
}

export const isSameState = (one: FileStates, other: FileStates): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
