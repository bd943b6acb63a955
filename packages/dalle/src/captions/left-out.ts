/** @file What is said of the end of a caption for which a model has no room. */
import { wholeCharacters } from "../tokenizer.js";

/** Of the end that is quoted. */
const QUOTED_CHARACTERS = 60;

/** reader: who reads no more than so many tokens, "The model" or "CLIP". */
export function leftOutWarning(reader: string, tokens: number, end: string): string {
  const start = wholeCharacters(end, QUOTED_CHARACTERS);
  const more = end.length - start.length;
  const quoted = more === 0 ? `"${end}"` : `"${start}…" (${more} more characters)`;
  return `${reader} reads ${tokens} tokens; the end of the caption was left out: ${quoted}; shorten the caption.`;
}
