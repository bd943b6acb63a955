/** @file Which tokens of a caption make up which word, so that what is known of tokens can be said of words. */

export interface CaptionWord {
  /** As the model read it: lower case, with its punctuation. */
  readonly text: string;
  /** Places of its tokens in the caption. */
  readonly tokens: readonly number[];
}

/** `decode` gives the text of the first tokens of a caption of `count` tokens; words are parted by white space. */
export function captionWords(
  count: number,
  decode: (tokens: number) => string,
): readonly CaptionWord[] {
  const text = decode(count);
  const ends = [...text.matchAll(/\S+/g)].map((match) => match.index + match[0].length);
  const tokens: number[][] = ends.map(() => []);
  for (let token = 0; token < count; token++) {
    // A token of white space alone goes with the word after it, or at the end with the last; half a character decodes to something as long.
    const start = decode(token).length;
    const word = ends.findIndex((end) => start < end);
    tokens.at(word)?.push(token);
  }
  const texts = text.match(/\S+/g) ?? [];
  return texts.map((word, index) => ({ text: word, tokens: tokens[index]! }));
}
