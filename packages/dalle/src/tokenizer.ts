/**
 * @file Captions to text ids and back, by Hugging Face tokenizers from a model folder's tokenizer.json.
 * Adds no start, end or padding ids: those belong to the transformer. Works in Node and in the browser.
 */
import { badOption, DalleError } from "@dalle-ts/tensor";
import { Tokenizer } from "@huggingface/tokenizers";

/** A caption that fits the transformer's text states. */
export interface FittedCaption {
  readonly ids: readonly number[];
  /** The end of the caption that did not fit; undefined when all of it did. Show it: the picture will not follow it. */
  readonly dropped: string | undefined;
}

export class CaptionTokenizer {
  /** Ids are the integers in [0, vocabularySize). */
  readonly vocabularySize: number;
  readonly #tokenizer: Tokenizer;
  readonly #longestToken: number;

  private constructor(tokenizer: Tokenizer) {
    const tokens = [...tokenizer.get_vocab().keys()];
    this.vocabularySize = tokens.length;
    this.#tokenizer = tokenizer;
    this.#longestToken = tokens.reduce((longest, token) => Math.max(longest, token.length), 1);
  }

  /** `text` is the content of a tokenizer.json. */
  static fromJson(text: string): CaptionTokenizer {
    try {
      // Without this option decoding deletes the spaces before punctuation.
      const options = { clean_up_tokenization_spaces: false };
      return new CaptionTokenizer(new Tokenizer(JSON.parse(text), options));
    } catch (cause) {
      throw new DalleError(
        "bad_file",
        `tokenizer.json cannot be used: ${(cause as Error).message}; copy the model folder again.`,
        { cause },
      );
    }
  }

  /** All ids of the caption. Takes time with the caption's length: for text from outside use `fitCaption`. */
  encode(caption: string): number[] {
    if (typeof caption !== "string") throw badOption("caption", "a string", caption);
    return this.#tokenizer.encode(caption, { add_special_tokens: false }).ids;
  }

  /** The text of the ids; for a tokenizer of this project, decoding what was encoded gives the caption in lower case. */
  decode(ids: readonly number[]): string {
    const wrong = ids.find((id) => !(Number.isInteger(id) && id >= 0 && id < this.vocabularySize));
    if (wrong !== undefined) {
      throw badOption("ids", `integers in [0, ${this.vocabularySize})`, wrong);
    }
    return ids.length === 0 ? "" : this.#tokenizer.decode([...ids]);
  }

  /** The first ids of the caption, at most `limit` and never half a character, and the text that had to be dropped. */
  fitCaption(caption: string, limit: number): FittedCaption {
    if (typeof caption !== "string") throw badOption("caption", "a string", caption);
    // More characters cannot fit, so encoding them would only cost time.
    const readable = wholeCharacters(caption, limit * this.#longestToken);
    const unread = caption.slice(readable.length);
    const ids = this.encode(readable);
    if (ids.length <= limit && unread === "") return { ids, dropped: undefined };
    const kept = this.#characterBoundary(ids, limit);
    return { ids: ids.slice(0, kept), dropped: this.decode(ids.slice(kept)) + unread };
  }

  /** The largest count of ids, up to `limit`, that ends a character: a token can be any one of its up to four bytes. */
  #characterBoundary(ids: readonly number[], limit: number): number {
    const whole = this.decode(ids);
    for (let count = limit; count > Math.max(0, limit - 4); count--) {
      const halves = this.decode(ids.slice(0, count)) + this.decode(ids.slice(count));
      if (halves === whole) return count;
    }
    return Math.max(0, limit - 4);
  }
}

/** The first `length` UTF-16 units, or one fewer if that would split an emoji. */
function wholeCharacters(text: string, length: number): string {
  const head = text.slice(0, length);
  return head.length < text.length && /[\ud800-\udbff]$/.test(head) ? head.slice(0, -1) : head;
}
