/**
 * @file CLIP's tokenizer, bpe_simple_vocab_16e6.txt [SPEC §7.2], as a tokenizer.json: mended text, words in lower case,
 * byte pairs with "</w>" at the end of a word. Start, end and padding are added where the model is fed.
 */
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { DalleError } from "@dalle-ts/tensor";
import { symbolOfByte } from "../../tokenizer/byte-alphabet.js";
import { bytePairJson } from "../byte-pair-json.js";
import { mendingNormalizers } from "../mended-text.js";
import { checkMerges, parseMerges } from "../read-texts.js";

const PUBLISHED_NAME = "bpe_simple_vocab_16e6.txt";
/** Twenty times what the published file holds: a small file may unpack to more than there is memory. */
const MOST_MEBIBYTES = 64;
const wordEnd = "</w>";
/** Pieces that are words: contractions, runs of letters, single digits, runs of other signs. */
const words = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

/** vocabulary: all ids of the model, start and end among them. Undefined where no path names CLIP's merges. */
export async function findClipTokenizerJson(
  paths: readonly string[],
  vocabulary: number,
): Promise<string | undefined> {
  const path = paths.find((each) => /\.txt(\.gz)?$/.test(each));
  if (path === undefined) return undefined;
  const text = (await unpacked(await readFile(path), path)).toString("utf8");
  return clipTokenizerJson(text, vocabulary, path);
}

/** Some servers and browsers unpack a file and leave its name as it is, so the bytes tell. */
async function unpacked(bytes: Buffer, path: string): Promise<Buffer> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MOST_MEBIBYTES * 2 ** 20 });
  } catch (cause) {
    throw new DalleError(
      "bad_file",
      `clip: ${path} is damaged or unpacks to more than ${MOST_MEBIBYTES} MiB; give ${PUBLISHED_NAME}.gz as it is published.`,
      { cause },
    );
  }
}

/** text: of bpe_simple_vocab_16e6.txt, unpacked. path: of the file, for the error. */
export function clipTokenizerJson(text: string, vocabulary: number, path = PUBLISHED_NAME): string {
  // In the order of their code points, which puts bytes that stand for themselves first.
  const letters = symbolOfByte.toSorted();
  const own = [...letters, ...letters.map((letter) => letter + wordEnd)];
  // The file has a line about itself in front, and more merges than the model knows.
  const lines = text.slice(text.indexOf("\n") + 1);
  const merges = parseMerges(lines, path).slice(0, vocabulary - own.length - 2);
  const tokens = [...own, ...merges.map((pair) => pair.join(""))];
  if (tokens.length !== vocabulary - 2)
    throw new DalleError(
      "bad_file",
      `clip: the list of merges gives ${tokens.length + 2} ids, and the model has ${vocabulary}; give ${PUBLISHED_NAME}.`,
    );
  const ids = Object.fromEntries(tokens.map((token, id) => [token, id]));
  checkMerges(merges, ids, path);
  return bytePairJson({
    normalizers: [
      ...mendingNormalizers(),
      { type: "Replace", pattern: { Regex: "\\s+" }, content: " " },
      { type: "Lowercase" },
    ],
    preTokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: words }, behavior: "Removed", invert: true },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
    wordEnd,
    vocabulary: ids,
    merges,
  });
}
