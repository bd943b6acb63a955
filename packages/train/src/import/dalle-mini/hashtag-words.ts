/** @file dalle-mini's list of words by how often Wikipedia has them, by which its program cuts hashtags [SPEC §7.4]. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { DalleError } from "@dalle-ts/tensor";

/**
 * The file among `paths` that is called like enwiki-words-frequency.txt, lines of a word and its count, the most common
 * first → the text of a model folder's list. Undefined where none is given.
 */
export async function findHashtagWords(paths: readonly string[]): Promise<string | undefined> {
  const path = paths.find((each) => /words-frequency.*\.txt$/.test(basename(each)));
  if (path === undefined) return undefined;
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  // Hashtags are cut when they are ASCII in lower case; other words keep their rank alone.
  const words = lines.map((line) => /^\s*([a-z0-9]+)(?=\s|$)/.exec(line)?.[1] ?? "");
  if (words.some((word) => word !== "")) return words.join("\n");
  throw new DalleError(
    "bad_file",
    `${path} is no list of words and their counts; get it again, or leave it out.`,
  );
}
