/**
 * @file What a picture's codes looked at in its caption: for each code, the softmax weights that its state gave to the
 * words, averaged over all heads and layers of the transformer. Says where the model looked; not that it drew for that reason.
 */
import type { TransformerConfig } from "@dalle-ts/models";
import { badOption } from "@dalle-ts/tensor";
import type { TextAttentionRuntime } from "../runtime/text-attention.js";
import type { CaptionTokenizer } from "../tokenizer.js";
import { type CaptionWord, captionWords } from "./words.js";

export interface ExplainedWord {
  /** As the model read it: lower case, with its punctuation. */
  readonly text: string;
  /** For each code in raster order its share of attention; ≥ 0. */
  readonly attention: Float32Array;
}

/** Over all words, `start`, `padding` and `picture`, the shares of a code sum to 1. */
export interface Explanation {
  /** As it was given; what is beyond the model's limit is not in `words`. */
  readonly caption: string;
  /** The picture's codes in raster order, `rows` × `columns`. */
  readonly codes: Int32Array;
  readonly rows: number;
  readonly columns: number;
  readonly words: readonly ExplainedWord[];
  /** What went to the start of the caption: where there is nothing to look for, models look there. */
  readonly start: Float32Array;
  /** To the states behind its end. */
  readonly padding: Float32Array;
  /** To codes before this one. */
  readonly picture: Float32Array;
}

/** codes: refused unless they are those of a whole picture of this model. */
export async function explainPicture(
  runtime: TextAttentionRuntime,
  tokenizer: CaptionTokenizer,
  { caption, tokens, codes }: { caption: string; tokens: readonly number[]; codes: Int32Array },
): Promise<Explanation> {
  checkCodes(codes, runtime.config);
  const attention = await runtime.read(tokens, codes);
  const words = captionWords(tokens.length, (count) => tokenizer.decode(tokens.slice(0, count)));
  const shares = sharesOf(runtime.config, attention, { words, tokenCount: tokens.length });
  return { caption, codes, ...shares };
}

/** attention: [codes, textStates], as the explaining graph gives it; words: of the caption's `tokenCount` tokens. */
function sharesOf(
  { gridRows: rows, gridColumns: columns, textStates }: TransformerConfig,
  attention: Float32Array,
  { words, tokenCount }: { words: readonly CaptionWord[]; tokenCount: number },
): Omit<Explanation, "caption" | "codes"> {
  const sumOf = (states: readonly number[]) =>
    Float32Array.from({ length: rows * columns }, (_, code) =>
      states.reduce((sum, state) => sum + attention[code * textStates + state]!, 0),
    );
  const all = Array.from({ length: textStates }, (_, state) => state);
  return {
    rows,
    columns,
    // State 0 is the start; token t is state t + 1.
    words: words.map(({ text, tokens }) => ({
      text,
      attention: sumOf(tokens.map((token) => token + 1)),
    })),
    start: sumOf([0]),
    padding: sumOf(all.slice(tokenCount + 1)),
    picture: sumOf(all).map((share) => Math.max(0, 1 - share)),
  };
}

function checkCodes(
  codes: Int32Array,
  { gridRows, gridColumns, imageCodes }: TransformerConfig,
): void {
  const count = gridRows * gridColumns;
  if (codes.length !== count) {
    throw badOption("codes", `the ${count} codes of one picture`, `${codes.length} codes`);
  }
  const wrong = codes.find((code) => !(code >= 0 && code < imageCodes));
  if (wrong !== undefined) throw badOption("codes", `integers in [0, ${imageCodes})`, wrong);
}
