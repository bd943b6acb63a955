/**
 * @file min-dalle's tokenizer [SPEC §7.3] as a tokenizer.json: emoji by name, lower case, ASCII alone, and byte pairs of each
 * word with a "Ġ" in front. Between "<s>" and "</s>", which are added where the model is fed.
 */
import { createRequire } from "node:module";
import { bytePairJson } from "../byte-pair-json.js";
import { parseMerges, parseVocabulary, textEndingIn } from "../read-texts.js";

/**
 * Paths of `vocab.json` and `merges.txt`, in any order → the text of a tokenizer.json. normalizers: what is done to a caption
 * first, as that format writes it.
 */
export async function minDalleTokenizerJson(
  paths: readonly string[],
  normalizers: readonly object[] = minDalleNormalizers(),
): Promise<string> {
  const vocabulary = await textEndingIn(paths, ".json", "vocab.json");
  const merges = await textEndingIn(paths, ".txt", "merges.txt");
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
    vocabulary: parseVocabulary(vocabulary, "vocab.json"),
    merges: parseMerges(merges),
  });
}

function minDalleNormalizers(): object[] {
  return [
    ...emojiNames().map(([emoji, name]) => replace({ String: emoji }, name)),
    { type: "Lowercase" },
    replace({ Regex: "[^\\x00-\\x7F]" }, ""),
    replace({ Regex: " +" }, " "),
    { type: "Strip", strip_left: true, strip_right: true },
  ];
}

function replace(pattern: { String: string } | { Regex: string }, content: string): object {
  return { type: "Replace", pattern, content };
}

interface Emoji {
  readonly emoji: string;
  readonly label: string;
  /** Absent for parts of emoji, such as the letters of flags. */
  readonly group?: number;
  readonly skins?: readonly Emoji[];
}

/** What asks for a coloured picture of a character; people leave it out. */
const pictureSelector = "\uFE0F";

/** Each emoji with its name in Unicode's data, long sequences before their parts. */
function emojiNames(): [emoji: string, name: string][] {
  const data: readonly Emoji[] = createRequire(import.meta.url)("emojibase-data/en/data.json");
  const all = data
    .filter(({ group }) => group !== undefined)
    .flatMap((entry) => [entry, ...(entry.skins ?? [])])
    .map(({ emoji, label }): [string, string] => [
      emoji.replaceAll(pictureSelector, ""),
      label
        .replace(/^flag: /, "")
        .replace(/[^\p{L}\p{N}\s-]/gu, "")
        .replace(/\s+/g, "_"),
    ]);
  return [[pictureSelector, ""], ...all.toSorted(([a], [b]) => b.length - a.length)];
}
