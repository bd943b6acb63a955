/**
 * @file Caption to words: lower case, then GPT-2's split. Merges never cross a word.
 * Must equal the Lowercase normalizer and the ByteLevel pre-tokenizer of tokenizer.json; a property test holds them
 * together. There is no Unicode normalisation (NFC would not give back the characters that came in), so joining the
 * words of `s` gives `s.toLowerCase()` exactly. A space belongs to the word after it: "a red" is "a", " red".
 */
const WORD = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

export function splitWords(text: string): readonly string[] {
  return text.toLowerCase().match(WORD) ?? [];
}
