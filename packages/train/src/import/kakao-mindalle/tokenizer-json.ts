/**
 * @file minDALL-E's tokenizer [SPEC §7.5] as a tokenizer.json: BERT's words in lower case, byte pairs with "</w>" at the end of
 * a word. Padding and cutting are left to whoever feeds the model.
 */
import { bytePairJson } from "../byte-pair-json.js";
import { readBytePairs } from "../read-texts.js";

/** tokenizerJson: of `kakaoTokenizerJson` → the id of padding; a vocabulary that leaves it out gives it the next free one. */
export function paddingId(tokenizerJson: string): number {
  const vocabulary: Record<string, number> = JSON.parse(tokenizerJson).model.vocab;
  return vocabulary["[PAD]"] ?? Object.keys(vocabulary).length;
}

/** Paths of `bpe-16k-vocab.json` and `bpe-16k-merges.txt`, in any order → the text of a tokenizer.json. */
export async function kakaoTokenizerJson(paths: readonly string[]): Promise<string> {
  const names = { vocabulary: "bpe-16k-vocab.json", merges: "bpe-16k-merges.txt" };
  return bytePairJson({
    normalizers: [
      // Accents stay: the reference lets BERT's rules do all but the lower case, and those two go together.
      {
        type: "BertNormalizer",
        clean_text: true,
        handle_chinese_chars: true,
        strip_accents: false,
        lowercase: false,
      },
      { type: "Lowercase" },
    ],
    preTokenizer: { type: "BertPreTokenizer" },
    decoder: { type: "BPEDecoder", suffix: "</w>" },
    unknown: "[UNK]",
    wordEnd: "</w>",
    ...(await readBytePairs(paths, names)),
  });
}
