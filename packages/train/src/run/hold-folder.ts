/**
 * @file A run folder belongs to one process at a time: two that train in it would remove each other's checkpoints. And it
 * lies apart from the pictures that are trained on.
 */
import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type CodeShards, isWithin, type PictureSource } from "@dalle-ts/data";
import { DalleError, holdFolder } from "@dalle-ts/tensor";
import { isModelFolder } from "./model-parts.js";

/** The user's own pictures, or codes of them. */
type Own = Pick<PictureSource, "path" | "kind"> | Pick<CodeShards, "path">;

/**
 * As `holdFolder`. Throws `bad_option` for a model folder, where a run would not be found, and as `refuseAmongPictures`.
 */
export async function holdRunFolder(directory: string, own?: Own): Promise<AsyncDisposable> {
  if (await isModelFolder(directory)) {
    throw new DalleError(
      "bad_option",
      `${directory} is a model folder; choose another run folder with -o.`,
    );
  }
  if (own) await refuseAmongPictures(directory, own);
  return await holdFolder(directory, "trains in");
}

/**
 * Throws `bad_option` where a run in the folder would make another source of the pictures, so that it could not go on:
 * metrics.jsonl would be a table among them, and sheets pictures.
 */
export async function refuseAmongPictures(directory: string, own: Own): Promise<void> {
  const [run, pictures] = await Promise.all([realPath(directory), realPath(own.path)]);
  const refuse = (what: string) =>
    new DalleError("bad_option", `${what}; choose another run folder with -o.`);
  if (run === pictures) throw refuse(`${directory} is the folder that is read`);
  if ("kind" in own && own.kind === "folder" && isWithin(pictures, run)) {
    throw refuse(`${directory} lies in ${own.path}, where its sheets would be pictures to read`);
  }
}

/** Of a folder that is not there yet as well: as much of it as is. */
async function realPath(path: string): Promise<string> {
  const full = resolve(path);
  const found = await realpath(full).catch(() => undefined);
  if (found !== undefined || dirname(full) === full) return found ?? full;
  return join(await realPath(dirname(full)), basename(full));
}
