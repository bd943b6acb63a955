/**
 * @file A tokenizer.json that cuts captions at "Whitespace", as this package reads it. In the format such words are of letters
 * of any script; the reader at hand takes only ASCII's for letters, so the cut is told as a pattern, which it does know.
 */
import { DalleError } from "@dalle-ts/tensor";

/** What \w of Unicode is made of. */
const letters = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}";
const words = {
  type: "Split",
  pattern: { Regex: `[${letters}]+|[^${letters}\\p{White_Space}]+` },
  behavior: "Removed",
  invert: true,
};

/** text: of a tokenizer.json called `name`. */
export function withUnicodeWords(text: string, name: string): string {
  try {
    return JSON.stringify(
      JSON.parse(text, (_, value) => (value?.type === "Whitespace" ? words : value)),
    );
  } catch (cause) {
    throw new DalleError(
      "bad_file",
      `${name} is no JSON (${(cause as Error).message}); give the tokenizer.json that the model was trained with.`,
      { cause },
    );
  }
}
