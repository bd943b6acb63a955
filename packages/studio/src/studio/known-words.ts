/** @file Words that a model's tokenizer holds whole: it met them often. */
import type { CaptionTokenizer } from "dalle-ts";

const ENDING = /^(s|es|d|ed|r|er|ing|ly)$/;

/** Whole words of three letters and more, in alphabetical order. */
export function knownWords(tokenizer: CaptionTokenizer): string[] {
  const ids = Array.from({ length: tokenizer.vocabularySize }, (_, id) => id);
  // A word in the middle of a caption begins with its space; others are parts of words.
  const words = ids.map((id) => tokenizer.decode([id])).filter((text) => /^ [a-z]{3,}$/.test(text));
  const whole = words
    .map((text) => text.trim())
    .filter((word, _, all) => !all.some((other) => isBeginning(word, other)));
  return [...new Set(whole)].sort();
}

/** "yel" of "yellow", which stands for no word of its own; but "cube" is one beside "cubes". */
function isBeginning(word: string, other: string): boolean {
  return other !== word && other.startsWith(word) && !ENDING.test(other.slice(word.length));
}
