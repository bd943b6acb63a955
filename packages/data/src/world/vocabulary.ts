/** @module Which words captions of the painted world have: those that its grammar can say, and no others. */
import { type FamilyName, familyNames, familyOf } from "./families.js";
import type { Grammar } from "./grammar.js";

export { familyNames };

/**
 * Words of a caption that no caption of these families has, in their order, each once; none where a family is not of this version
 * of the world, of whose words nothing is known.
 */
export function unknownWords(caption: string, families: readonly string[]): string[] {
  const names = new Set(families);
  if (![...names].every((name) => (familyNames as readonly string[]).includes(name))) return [];
  const known = new Set([...names].flatMap((name) => vocabularyOf(name as FamilyName)));
  const isKnown = (word: string) =>
    known.has(word) || word.split("-").every((part) => known.has(part));
  return [...new Set(wordsIn(caption))].filter((word) => !isKnown(word));
}

/** Every word of a family's captions; "star-shaped" is one, and so are its parts. */
function vocabularyOf(family: FamilyName): string[] {
  const words = wordsOf(familyOf(family).grammar);
  return ["an", ...words, ...words.flatMap((word) => word.split("-"))];
}

/** "a", of which `say` makes "an", as it is written; words of the templates, and of the holes that they have. */
function wordsOf({ templates, slots }: Grammar): string[] {
  const holes = new Set<string>();
  const texts = templates.map((template) =>
    template.replace(/\{(\w+)\}/g, (_, name: string) => {
      holes.add(name);
      return " ";
    }),
  );
  for (const hole of holes) {
    const { words, pattern } = slots[hole]!;
    texts.push(words?.join(" ") ?? spelledOut(pattern));
  }
  return texts.flatMap(wordsIn);
}

/** The words of a slot's pattern, which is made of words, alternatives and what may be left out. */
function spelledOut(pattern: string): string {
  return pattern.replace(/\\(.)/g, "$1").replace(/\(\?:|[|()?*]/g, " ");
}

/** In lower case; a hyphen or an apostrophe inside a word belongs to it. */
function wordsIn(text: string): string[] {
  const plain = text.toLowerCase().replaceAll("’", "'");
  return plain.match(/[\p{L}\p{M}\p{N}]+(?:['-][\p{L}\p{M}\p{N}]+)*/gu) ?? [];
}
