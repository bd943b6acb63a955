/** @file The text files of a checkpoint: configs, vocabularies, merges. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { DalleError } from "@dalle-ts/tensor";

/** The text of the one path that ends in `ending`; `name`: what the file is called where it is published. */
export async function textEndingIn(
  paths: readonly string[],
  ending: string,
  name: string,
): Promise<string> {
  const candidates = paths.filter((each) => each.endsWith(ending));
  // Among several that which has the published name, or the end of it: whole releases have other files of the ending.
  const word = name.slice(0, -ending.length).split("-").at(-1)!;
  const path = candidates.find((each) => basename(each).includes(word)) ?? candidates[0];
  if (path === undefined)
    throw new DalleError("bad_file", `There is no ${name} among the files; add its path.`);
  return readFile(path, "utf8");
}

/** The vocabulary of a JSON object, a token's id by its text. */
export function parseVocabulary(text: string, name: string): Record<string, number> {
  try {
    const vocabulary: unknown = JSON.parse(text);
    if (isVocabulary(vocabulary)) return vocabulary;
  } catch (cause) {
    throw new DalleError("bad_file", `${name} is not JSON; get it again.`, { cause });
  }
  throw new DalleError("bad_file", `${name} is no list of tokens and ids; get it again.`);
}

function isVocabulary(value: unknown): value is Record<string, number> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((id) => Number.isInteger(id) && id >= 0);
}

/** The pairs of a merges.txt, best first. */
export function parseMerges(text: string): string[][] {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#version"));
  return lines.map((line) => line.split(" "));
}
