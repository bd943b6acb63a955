/**
 * @file tokenizer.json in Hugging Face format, version 1.0: lower case, byte level, BPE, no special tokens (padding and
 * start states belong to the transformer, not to the vocabulary). Ids 0 to 255 are the bytes; then one id per merge.
 * The snake_case names are the format's own; they stay in this file.
 */
import { createHash } from "node:crypto";
import { DalleError } from "@dalle-ts/tensor";
import { symbolOfByte } from "./byte-alphabet.js";

interface ByteLevel {
  readonly type: "ByteLevel";
  readonly add_prefix_space: false;
  readonly trim_offsets: false;
  readonly use_regex: true;
}

export interface TokenizerJson {
  readonly version: "1.0";
  readonly truncation: null;
  readonly padding: null;
  readonly added_tokens: readonly [];
  readonly normalizer: { readonly type: "Lowercase" };
  readonly pre_tokenizer: ByteLevel;
  readonly post_processor: null;
  readonly decoder: ByteLevel;
  readonly model: {
    readonly type: "BPE";
    readonly dropout: null;
    readonly unk_token: null;
    readonly continuing_subword_prefix: null;
    readonly end_of_word_suffix: null;
    readonly fuse_unk: false;
    readonly byte_fallback: false;
    readonly ignore_merges: false;
    readonly vocab: Readonly<Record<string, number>>;
    /** "left right", the most valuable merge first. */
    readonly merges: readonly string[];
  };
}

/** Two symbols that become one; written in the byte alphabet. */
export type Merge = readonly [left: string, right: string];

/** The ids and ranks that a tokenizer.json stands for. */
export interface BytePairTables {
  readonly idOfSymbol: ReadonlyMap<string, number>;
  readonly merges: readonly Merge[];
}

// A prefix space would come back out of decode; without it decoding gives exactly the lower-cased caption.
const byteLevel: ByteLevel = {
  type: "ByteLevel",
  add_prefix_space: false,
  trim_offsets: false,
  use_regex: true,
};

export function buildTokenizerJson({ idOfSymbol, merges }: BytePairTables): TokenizerJson {
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: { type: "Lowercase" },
    pre_tokenizer: byteLevel,
    post_processor: null,
    decoder: byteLevel,
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(idOfSymbol),
      merges: merges.map(([left, right]) => `${left} ${right}`),
    },
  };
}

/** The bytes of tokenizer.json: the same tokenizer always gives the same text. */
export function tokenizerText(tokenizer: TokenizerJson): string {
  return `${JSON.stringify(tokenizer, null, 1)}\n`;
}

/** SHA-256 in hex of the text of a tokenizer.json; checkpoints store it to refuse a different tokenizer. */
export function tokenizerHash(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** Takes the text or the parsed value; refuses what the encoder of this package would encode differently. */
export function readTokenizerJson(source: string | TokenizerJson): BytePairTables {
  const tokenizer = typeof source === "string" ? parse(source) : source;
  for (const [field, expected] of supportedFields) {
    const found = valueAt(tokenizer, field);
    if (found !== expected) {
      throw unsupported(
        `${field} is ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`,
      );
    }
  }
  const idOfSymbol = new Map(Object.entries(tokenizer.model.vocab));
  const missing = symbolOfByte.find((symbol) => !idOfSymbol.has(symbol));
  if (missing !== undefined) {
    throw unsupported(`model.vocab has no entry ${JSON.stringify(missing)}, one of the 256 bytes`);
  }
  const merges = tokenizer.model.merges.map((line): Merge => {
    const [left, right, ...rest] = line.split(" ");
    const isKnown = left !== undefined && right !== undefined && rest.length === 0;
    if (!isKnown || ![left, right, left + right].every((symbol) => idOfSymbol.has(symbol))) {
      throw unsupported(
        `model.merges has ${JSON.stringify(line)}, whose symbols are not in model.vocab`,
      );
    }
    return [left, right];
  });
  return { idOfSymbol, merges };
}

/** The fields that change ids. */
const supportedFields: ReadonlyArray<readonly [field: string, expected: unknown]> = [
  ["normalizer.type", "Lowercase"],
  ["pre_tokenizer.type", "ByteLevel"],
  ["pre_tokenizer.add_prefix_space", false],
  ["pre_tokenizer.use_regex", true],
  ["added_tokens.length", 0],
  ["model.type", "BPE"],
  ["model.ignore_merges", false],
  ["model.continuing_subword_prefix", null],
  ["model.end_of_word_suffix", null],
];

function valueAt(value: unknown, field: string): unknown {
  return field
    .split(".")
    .reduce<unknown>(
      (inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key],
      value,
    );
}

function parse(text: string): TokenizerJson {
  try {
    return JSON.parse(text) as TokenizerJson;
  } catch (cause) {
    throw new DalleError(
      "bad_file",
      "The tokenizer.json is not valid JSON; train or copy it again.",
      {
        cause,
      },
    );
  }
}

function unsupported(reason: string): DalleError {
  return new DalleError(
    "unsupported",
    `This tokenizer.json cannot be used for training: ${reason}; train one with "dalle train tokenizer".`,
  );
}
