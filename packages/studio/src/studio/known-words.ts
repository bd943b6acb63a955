/** @file Words that a model's tokenizer holds whole: it met them often. */
import type { CaptionTokenizer } from "dalle-ts/parts";

const ENDING = /^(s|es|d|ed|r|er|ing|ly)$/;

/** Whole words of three letters and more, in alphabetical order. */
export function knownWords(tokenizer: CaptionTokenizer): string[] {
  const ids = Array.from({ length: tokenizer.vocabularySize }, (_, id) => id);
  // A word in the middle of a caption begins with its space; others are parts of words.
  const words = ids.map((id) => tokenizer.decode([id])).filter((text) => /^ [a-z]{3,}$/.test(text));
  const sorted = [...new Set(words.map((text) => text.trim()))].sort();
  return sorted.filter((_, place) => !isBeginning(sorted, place));
}

/** "yel" of "yellow", which stands for no word of its own; but "cube" is one beside "cubes". */
function isBeginning(sorted: readonly string[], place: number): boolean {
  const word = sorted[place]!;
  // Words that begin with it come next.
  for (let next = place + 1; sorted[next]?.startsWith(word); next++) {
    if (!ENDING.test(sorted[next]!.slice(word.length))) return true;
  }
  return false;
}
