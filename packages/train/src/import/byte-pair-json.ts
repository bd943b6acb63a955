/**
 * @file A byte-pair tokenizer of a public checkpoint as the text of a tokenizer.json in Hugging Face's format, version 1.0. What
 * models want around the ids (start, end, padding) is added where they are fed.
 */

export interface BytePairParts {
  /** Steps of the normalizer, in order, as the format writes them. */
  readonly normalizers: readonly object[];
  readonly preTokenizer: object;
  readonly decoder: object;
  /** The token that stands for what the vocabulary lacks. @default none: it lacks nothing */
  readonly unknown?: string;
  /** Whether neighbours that the vocabulary lacks become one unknown token. @default false */
  readonly fuseUnknown?: boolean;
  /** Behind the last token of a word. @default nothing */
  readonly wordEnd?: string;
  readonly vocabulary: Readonly<Record<string, number>>;
  /** Best first. */
  readonly merges: readonly (readonly string[])[];
}

export function bytePairJson(parts: BytePairParts): string {
  const { normalizers, preTokenizer, decoder, unknown, vocabulary, merges } = parts;
  return JSON.stringify({
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: { type: "Sequence", normalizers },
    pre_tokenizer: preTokenizer,
    post_processor: null,
    decoder,
    model: {
      type: "BPE",
      dropout: null,
      unk_token: unknown ?? null,
      continuing_subword_prefix: null,
      end_of_word_suffix: parts.wordEnd ?? null,
      fuse_unk: parts.fuseUnknown ?? false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: vocabulary,
      merges,
    },
  });
}
