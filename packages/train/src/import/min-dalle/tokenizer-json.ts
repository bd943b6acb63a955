/**
 * @file min-dalle's tokenizer [SPEC §7.3] as a tokenizer.json: emoji by name, lower case, ASCII alone, and byte pairs of each
 * word with a "Ġ" in front. Between "<s>" and "</s>", which are added where the model is fed.
 */
import { DalleError } from "@dalle-ts/tensor";
import { bytePairJson } from "../byte-pair-json.js";
import { emojiNormalizers } from "../emoji-names.js";
import { readBytePairs } from "../read-texts.js";

/**
 * Paths of `vocab.json` and `merges.txt`, in any order → the text of a tokenizer.json. normalizers: what is done to a caption
 * first, as that format writes it.
 */
export async function minDalleTokenizerJson(
  paths: readonly string[],
  normalizers: readonly object[] = minDalleNormalizers(),
): Promise<string> {
  const names = { vocabulary: "vocab.json", merges: "merges.txt" };
  const spacing = {
    type: "Metaspace",
    replacement: "Ġ",
    prepend_scheme: "always",
    split: true,
  };
  return bytePairJson({
    normalizers,
    preTokenizer: spacing,
    decoder: spacing,
    unknown: "<unk>",
    ...(await readBytePairs(paths, names)),
  });
}

/** tokenizerJson: of `minDalleTokenizerJson` → the ids in front of a caption and behind it. */
export function captionEnds(tokenizerJson: string): { textStart: number; textEnd: number } {
  const vocabulary: Record<string, number> = JSON.parse(tokenizerJson).model.vocab;
  const [textStart, textEnd] = ["<s>", "</s>"].map((token) => {
    const id = vocabulary[token];
    if (id !== undefined) return id;
    throw new DalleError("bad_file", `vocab.json has no token "${token}"; get it again.`);
  }) as [number, number];
  return { textStart, textEnd };
}

function minDalleNormalizers(): object[] {
  return [
    ...emojiNormalizers(),
    { type: "Lowercase" },
    replace("[^\\x00-\\x7F]", ""),
    replace(" +", " "),
    { type: "Strip", strip_left: true, strip_right: true },
  ];
}

function replace(pattern: string, content: string): object {
  return { type: "Replace", pattern: { Regex: pattern }, content };
}
