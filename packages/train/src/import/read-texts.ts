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
  return (await findText(paths, ending, name)).text;
}

/**
 * The vocabulary and the merges, best first, of a byte-pair tokenizer. names: what the two files are called where they are
 * published.
 */
export async function readBytePairs(
  paths: readonly string[],
  names: { readonly vocabulary: string; readonly merges: string },
): Promise<{ vocabulary: Record<string, number>; merges: string[][] }> {
  const words = await findText(paths, ".json", names.vocabulary);
  const pairs = await findText(paths, ".txt", names.merges);
  const vocabulary = vocabularyOf(words.text);
  if (!vocabulary)
    throw new DalleError(
      "bad_file",
      `${words.path} is no list of tokens and ids in JSON; replace it with the published file.`,
    );
  const merges = parseMerges(pairs.text, pairs.path);
  checkMerges(merges, vocabulary, pairs.path);
  return { vocabulary, merges };
}

interface FoundText {
  readonly path: string;
  readonly text: string;
}

async function findText(
  paths: readonly string[],
  ending: string,
  name: string,
): Promise<FoundText> {
  const candidates = paths.filter((each) => each.endsWith(ending));
  // Among several that which has the published name, or the end of it: whole releases have other files of the ending.
  const word = name.slice(0, -ending.length).split("-").at(-1)!;
  const path = candidates.find((each) => basename(each).includes(word));
  if (path !== undefined) return { path, text: await readText(path) };
  // A file of another name is taken for it if it can be it: a config is no vocabulary.
  const couldBe = contents[ending] ?? (() => true);
  for (const candidate of candidates) {
    const text = await readText(candidate);
    if (couldBe(text)) return { path: candidate, text };
  }
  const others =
    candidates.length > 0
      ? `, nor is it ${candidates.map((each) => basename(each)).join(" or ")}`
      : "";
  throw new DalleError("bad_file", `There is no ${name} among the files${others}; add its path.`);
}

/** Editors on Windows put a byte order mark in front, which is none of the content. */
async function readText(path: string): Promise<string> {
  return (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
}

/** Whether a text is what the files of an ending hold. */
const contents: Readonly<Record<string, (text: string) => boolean>> = {
  ".json": (text) => vocabularyOf(text) !== undefined,
  ".txt": (text) => mergesOf(text) !== undefined,
};

/** The ids by their tokens; undefined where it is anything else. */
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

/** The pairs of a merges.txt, best first. path: of the file, for the error. */
export function parseMerges(text: string, path: string): string[][] {
  const merges = mergesOf(text);
  if (merges) return merges;
  throw new DalleError(
    "bad_file",
    `${path} is no list of merges, two tokens a line; replace it with the published file.`,
  );
}

/** Undefined where it is anything else, or nothing. A checkout on Windows ends lines with "\r\n". */
function mergesOf(text: string): string[][] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#version"));
  const merges = lines.map((line) => line.split(" "));
  const isList =
    merges.length > 0 && merges.every((pair) => pair.length === 2 && !pair.includes(""));
  return isList ? merges : undefined;
}

/**
 * Refuses merges of another tokenizer, and files of two words a line that are none; they would only show as worse pictures. A list
 * whose vocabulary was cut is still one, so half of its merges may lead to tokens that are not there.
 */
export function checkMerges(
  merges: readonly (readonly string[])[],
  vocabulary: Readonly<Record<string, number>>,
  path: string,
): void {
  const isUnknown = (token: string) => !Object.hasOwn(vocabulary, token);
  const foreign = merges.filter((pair) => [...pair, pair.join("")].some(isUnknown));
  if (foreign.length <= merges.length / 2) return;
  throw new DalleError(
    "bad_file",
    `${path} is not of this vocabulary, which has no tokens of most of its merges ("${foreign[0]!.join('" and "')}" is the first); give the published files of one tokenizer.`,
  );
}
