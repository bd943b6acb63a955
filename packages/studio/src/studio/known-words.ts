/** @file Words that a model's tokenizer holds whole: it met them often. */
import type { CaptionTokenizer } from "dalle-ts";

/** Whole words of three letters and more, in alphabetical order. */
export function knownWords(tokenizer: CaptionTokenizer): string[] {
  const ids = Array.from({ length: tokenizer.vocabularySize }, (_, id) => id);
  // A word in the middle of a caption begins with its space; others are parts of words.
  const words = ids.map((id) => tokenizer.decode([id])).filter((text) => /^ [a-z]{3,}$/.test(text));
  const whole = words
    .map((text) => text.trim())
    // A beginning that longer words share, such as " yel", stands for no word of its own.
    .filter((word, _, all) => !all.some((other) => other !== word && other.startsWith(word)));
  return [...new Set(whole)].sort();
}
