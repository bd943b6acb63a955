/**
 * @file Captions to text ids and back, by Hugging Face tokenizers from a model folder's tokenizer.json.
 * Adds no start, end or padding ids: those belong to the transformer. Works in Node and in the browser.
 */
import { badOption, DalleError } from "@dalle-ts/tensor";
import { Tokenizer } from "@huggingface/tokenizers";
import { expandHashtags, HASHTAG_STEP } from "./captions/hashtags.js";

/** A caption that fits the transformer's text states. */
export interface FittedCaption {
  readonly ids: readonly number[];
  /** The end of the caption that did not fit; undefined when all of it did. Show it: the picture will not follow it. */
  readonly dropped: string | undefined;
}

export interface CaptionTokenizerOptions {
  /**
   * For a tokenizer.json with the step `HASHTAG_STEP`: the list that `expandHashtags` cuts them with. @default they
   * stay as typed
   */
  readonly hashtagWords?: string;
}

// Without this option decoding deletes the spaces before punctuation.
const readerOptions = { clean_up_tokenization_spaces: false };

export class CaptionTokenizer {
  /** Tokens. */
  readonly vocabularySize: number;
  /** Ids are in [0, largestId], which is more than vocabularySize − 1 where a tokenizer from elsewhere leaves some out. */
  readonly largestId: number;
  readonly #tokenizer: Tokenizer;
  readonly #prepare: (caption: string) => string;
  readonly #longestToken: number;

  /** prepare: what is done to a caption before the tokenizer has it. */
  private constructor(tokenizer: Tokenizer, prepare: (caption: string) => string) {
    // Ids that are left out have an entry without a token.
    const entries = [...tokenizer.get_vocab()].filter(([token]) => token !== undefined);
    const tokens = entries.map(([token]) => token);
    this.vocabularySize = tokens.length;
    this.largestId = entries.reduce((most, [, id]) => Math.max(most, id), -1);
    this.#tokenizer = tokenizer;
    this.#prepare = prepare;
    this.#longestToken = tokens.reduce((longest, token) => Math.max(longest, token.length), 1);
  }

  /** `text` is the content of a tokenizer.json. */
  static fromJson(text: string, { hashtagWords }: CaptionTokenizerOptions = {}): CaptionTokenizer {
    try {
      const json = JSON.parse(text);
      const parts = hashtagWords === undefined ? undefined : aroundHashtags(json);
      if (!parts) return new CaptionTokenizer(new Tokenizer(json, readerOptions), asTyped);
      const { normalizer } = new Tokenizer(parts.before, readerOptions);
      return new CaptionTokenizer(new Tokenizer(parts.after, readerOptions), (caption) =>
        expandHashtags(normalizer!.normalize(caption), hashtagWords!),
      );
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
    return this.#tokenizer.encode(this.#prepare(caption), { add_special_tokens: false }).ids;
  }

  /** The text of the ids; for a tokenizer of this project, decoding what was encoded gives the caption in lower case. */
  decode(ids: readonly number[]): string {
    const wrong = ids.find((id) => !(Number.isInteger(id) && id >= 0 && id <= this.largestId));
    if (wrong !== undefined) {
      throw badOption("ids", `integers in [0, ${this.largestId + 1})`, wrong);
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
    // Without spaces, which some tokenizers' texts have neither first nor last.
    const read = (part: readonly number[]) => this.decode(part).replace(/\s/gu, "");
    const whole = read(ids);
    for (let count = limit; count > Math.max(0, limit - 4); count--)
      if (read(ids.slice(0, count)) + read(ids.slice(count)) === whole) return count;
    return Math.max(0, limit - 4);
  }
}

/** The first `length` UTF-16 units, or one fewer if that would split an emoji. */
export function wholeCharacters(text: string, length: number): string {
  const head = text.slice(0, length);
  return head.length < text.length && /[\ud800-\udbff]$/.test(head) ? head.slice(0, -1) : head;
}

const asTyped = (caption: string): string => caption;

interface NormalizingJson {
  readonly normalizer: {
    readonly normalizers?: readonly { pattern?: { Regex?: string } }[];
  } | null;
}

/** A tokenizer.json cut where hashtags are: one of the steps before them, and one of the rest. */
function aroundHashtags<Json extends NormalizingJson>(json: Json) {
  const steps = json.normalizer?.normalizers ?? [];
  const place = steps.findIndex(({ pattern }) => pattern?.Regex === HASHTAG_STEP.pattern.Regex);
  if (place < 0) return undefined;
  const having = (normalizers: typeof steps) => ({
    ...json,
    normalizer: { ...json.normalizer, normalizers },
  });
  return { before: having(steps.slice(0, place)), after: having(steps.slice(place + 1)) };
}
