/** @file Every word that captions of a family can have, read off its grammar. */
import { type FamilyName, familyOf } from "./families.js";
import type { Grammar } from "./grammar.js";
import { wordsIn } from "./unknown-words.js";

/** In alphabetical order, each once; "star-shaped" is one, and so are its parts. */
export function vocabularyOf(family: FamilyName): string[] {
  const words = wordsOf(familyOf(family).grammar);
  const parts = words.flatMap((word) => word.split("-"));
  return [...new Set(["an", ...words, ...parts])].sort(); // `say` makes "an" of "a"
}

/** Words of the templates, and of the holes that they have. */
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
