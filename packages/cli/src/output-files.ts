/** @file Where results go: names from -o, checked before any work, and written all or none. */
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { DalleError, replaceFiles } from "@dalle-ts/tensor";
import { usageError } from "./options.js";

/** out.png for one picture, out-0.png … out-3.png for four. */
export function numberedPaths(path: string, count: number): string[] {
  if (count === 1) return [path];
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  return Array.from({ length: count }, (_, index) => `${stem}-${index}${extension}`);
}

/** Refuses a path that no PNG could be written to, while nothing has been computed yet. */
export async function checkPicturePath(option: string, path: string): Promise<void> {
  await checkOutputPath(option, path, ".png");
}

/** Refuses a path that no file of this extension could be written to. */
export async function checkOutputPath(
  option: string,
  path: string,
  extension: string,
): Promise<void> {
  if (extname(path).toLowerCase() !== extension) {
    throw usageError(option, `a path that ends in ${extension}`, path);
  }
  const folder = dirname(path);
  const found = await stat(folder).catch(() => undefined);
  if (found && !found.isDirectory()) {
    throw usageError(option, `a path within a folder, and ${folder} is a file`, path);
  }
  if (!found) {
    throw new DalleError(
      "not_found",
      `The folder ${folder} for ${path} does not exist; create it first.`,
    );
  }
  await access(folder, constants.W_OK).catch((cause) => {
    throw new DalleError(
      "io",
      `The folder ${folder} cannot be written to; choose another ${option}.`,
      {
        cause,
      },
    );
  });
  if ((await stat(path).catch(() => undefined))?.isDirectory()) {
    throw usageError(option, "a file, and this is a folder", path);
  }
}

/** Refuses a file where a folder is to be written. */
export async function checkOutputFolder(option: string, path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isDirectory()) throw usageError(option, "a folder", path);
}

export interface OutputFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What fails while it is written, as on a full disk, leaves older files of these names as they were, and no part of a new one. */
export async function writeFiles(files: readonly OutputFile[]): Promise<void> {
  await replaceFiles(
    files.map(({ path, bytes }) => ({ path, fill: (writer) => writer.write(bytes) })),
  );
}
