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
  const path = candidates.find((each) => basename(each).includes(word));
  if (path !== undefined) return readFile(path, "utf8");
  // A file of another name is taken for it if it can be it: a config is no vocabulary.
  const couldBe = contents[ending] ?? (() => true);
  for (const candidate of candidates) {
    const text = await readFile(candidate, "utf8");
    if (couldBe(text)) return text;
  }
  const others =
    candidates.length > 0
      ? `, nor is it ${candidates.map((each) => basename(each)).join(" or ")}`
      : "";
  throw new DalleError("bad_file", `There is no ${name} among the files${others}; add its path.`);
}

/** Whether a text is what the files of an ending hold. */
const contents: Readonly<Record<string, (text: string) => boolean>> = {
  ".json": (text) => vocabularyOf(text) !== undefined,
  ".txt": (text) => parseMerges(text).every((pair) => pair.length === 2),
};

/** The vocabulary of a JSON object, a token's id by its text. */
export function parseVocabulary(text: string, name: string): Record<string, number> {
  const vocabulary = vocabularyOf(text);
  if (vocabulary) return vocabulary;
  throw new DalleError("bad_file", `${name} is no list of tokens and ids in JSON; get it again.`);
}

function vocabularyOf(text: string): Record<string, number> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isVocabulary(value) ? value : undefined;
  } catch {
    return undefined;
  }
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
