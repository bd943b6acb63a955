/**
 * @module Which words of a caption the painted world does not know. Needs a list of its words and nothing of the world
 * itself, whose grammar and painters take a tenth of a second to load.
 */
import { readFileSync } from "node:fs";

/** Written by tools/vocabulary.ts from the grammar. One family a line: its name, then its words. */
const lines = readFileSync(new URL("../../words/vocabulary.txt", import.meta.url), "utf8").trim();

/** The words of each family, by its name. */
export const knownWords: ReadonlyMap<string, readonly string[]> = new Map(
  lines.split("\n").map((line) => {
    const [family, ...words] = line.split(" ");
    return [family!, words];
  }),
);

/**
 * Words of a caption that no caption of these families has, in their order, each once; none where a family is not of this version
 * of the world, of whose words nothing is known.
 */
export function unknownWords(caption: string, families: readonly string[]): string[] {
  const names = new Set(families);
  if (![...names].every((name) => knownWords.has(name))) return [];
  const known = new Set([...names].flatMap((name) => knownWords.get(name)!));
  const isKnown = (word: string) =>
    known.has(word) || word.split("-").every((part) => known.has(part));
  return [...new Set(wordsIn(caption))].filter((word) => !isKnown(word));
}

/** In lower case; a hyphen or an apostrophe inside a word belongs to it. An emoji is a word of its own. */
export function wordsIn(text: string): string[] {
  const plain = text.toLowerCase().replaceAll("’", "'");
  const word = /[\p{L}\p{M}\p{N}]+(?:['-][\p{L}\p{M}\p{N}]+)*|\p{Extended_Pictographic}/gu;
  return plain.match(word) ?? [];
}
