/**
 * @file min-dalle's tokenizer [SPEC §7.3] as a tokenizer.json: emoji by name, lower case, ASCII alone, and byte pairs of each
 * word with a "Ġ" in front. Between "<s>" and "</s>", which are added where the model is fed.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { DalleError } from "@dalle-ts/tensor";

/** Paths of `vocab.json` and `merges.txt`, in any order → the text of a tokenizer.json. */
export async function minDalleTokenizerJson(paths: readonly string[]): Promise<string> {
  const vocab = await vocabularyOf(await textOf(paths, ".json", "vocab.json"));
  const lines = (await textOf(paths, ".txt", "merges.txt")).split("\n");
  const merges = lines.filter((line) => line !== "" && !line.startsWith("#version"));
  return JSON.stringify({
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: {
      type: "Sequence",
      normalizers: [
        ...emojiNames().map(([emoji, name]) => replace({ String: emoji }, name)),
        { type: "Lowercase" },
        replace({ Regex: "[^\\x00-\\x7F]" }, ""),
        replace({ Regex: " +" }, " "),
        { type: "Strip", strip_left: true, strip_right: true },
      ],
    },
    pre_tokenizer: { type: "Metaspace", replacement: "Ġ", prepend_scheme: "always", split: true },
    post_processor: null,
    decoder: { type: "Metaspace", replacement: "Ġ", prepend_scheme: "always", split: true },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: "<unk>",
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab,
      merges: merges.map((line) => line.split(" ")),
    },
  });
}

async function textOf(paths: readonly string[], ending: string, name: string): Promise<string> {
  const path = paths.find((each) => each.endsWith(ending));
  if (path === undefined)
    throw new DalleError(
      "bad_file",
      `min-dalle: there is no ${name} among the files; add its path.`,
    );
  return readFile(path, "utf8");
}

async function vocabularyOf(text: string): Promise<Record<string, number>> {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DalleError("bad_file", "min-dalle: its vocab.json is not JSON; get it again.", {
      cause,
    });
  }
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
