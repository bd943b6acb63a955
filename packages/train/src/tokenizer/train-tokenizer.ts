/**
 * @file Learns a byte-level BPE from captions: start with 256 bytes, then merge the most frequent neighbours into a new
 * symbol until the vocabulary is full. Captions are lower-cased (paper, section 2.2); merges stay inside words.
 * The result depends on how often each word occurs and on nothing else: not on the order of the captions, and equally
 * frequent pairs are taken in lexicographic order of their written form.
 */
import { badOption } from "@dalle-ts/tensor";
import { symbolOfByte } from "./byte-alphabet.js";
import { PairTable } from "./pair-table.js";
import { buildTokenizerJson, type Merge, type TokenizerJson } from "./tokenizer-json.js";
import { splitWords } from "./words.js";

export interface TrainTokenizerOptions {
  /** Entries of the vocabulary, bytes included; an integer >= 256. Fewer come back if the captions hold fewer pairs. */
  readonly vocabularySize: number;
  /** A pair must occur this often to be merged; an integer >= 1. @default 2 */
  readonly minimumCount?: number;
}

/** A longer word (a pasted blob, a text without spaces) teaches nothing about captions and would make every merge slow. */
const LONGEST_WORD_BYTES = 256;

export function trainTokenizer(
  captions: Iterable<string>,
  options: TrainTokenizerOptions,
): TokenizerJson {
  const counts: WordCounts = new Map();
  for (const caption of captions) countWords(caption, counts);
  return trainOnWords(counts, options);
}

/** How often each word occurs: all that a tokenizer knows of its captions. */
export type WordCounts = Map<string, number>;

export function trainOnWords(
  counts: WordCounts,
  { vocabularySize, minimumCount = 2 }: TrainTokenizerOptions,
): TokenizerJson {
  if (!Number.isSafeInteger(vocabularySize) || vocabularySize < 256) {
    throw badOption("vocabularySize", "an integer >= 256", vocabularySize);
  }
  if (!Number.isSafeInteger(minimumCount) || minimumCount < 1) {
    throw badOption("minimumCount", "an integer >= 1", minimumCount);
  }
  const symbols = [...symbolOfByte];
  const merges: Merge[] = [];
  const table = new PairTable(symbols);
  for (const [word, count] of counts) table.add(Buffer.from(word, "utf8"), count);

  while (symbols.length < vocabularySize) {
    const pair = table.takeMostFrequent(minimumCount);
    if (!pair) break;
    const merge: Merge = [symbols[pair.left]!, symbols[pair.right]!];
    merges.push(merge);
    // Always a new symbol: where its text stood between the same borders before, the same merges had joined it.
    table.merge(pair, symbols.push(merge[0] + merge[1]) - 1);
  }
  const idOfSymbol = new Map(symbols.map((symbol, id) => [symbol, id]));
  return buildTokenizerJson({ idOfSymbol, merges });
}

/** Adds the words of one caption. */
export function countWords(caption: string, counts: WordCounts): void {
  for (const word of splitWords(caption)) {
    if (Buffer.byteLength(word) <= LONGEST_WORD_BYTES) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
}
