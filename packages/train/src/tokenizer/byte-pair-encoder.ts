/**
 * @file Caption to ids during training, with BPE dropout. Without dropout the ids equal those of Hugging Face tokenizers
 * for the same tokenizer.json. Knows nothing about text length, padding or start states.
 * BPE dropout (Provilkov et al. 2020; the DALL·E paper uses 0.1): at every step each possible merge is left out with
 * that probability, so one caption is seen under many spellings.
 */
import { badOption } from "@dalle-ts/tensor";
import { symbolOfByte } from "./byte-alphabet.js";
import { Chain, NONE } from "./chain.js";
import { Heap } from "./heap.js";
import { readTokenizerJson, type TokenizerJson } from "./tokenizer-json.js";
import { splitWords } from "./words.js";

export interface EncodeOptions {
  /** Probability of leaving a merge out, in [0, 1]. The paper trains with 0.1. @default 0 */
  readonly dropout?: number;
  /** Numbers in [0, 1); needed when `dropout` > 0, and a seeded one repeats the encoding. */
  readonly random?: () => number;
}

interface MergeRule {
  readonly rank: number;
  readonly id: number;
}

// Captions repeat their words; beyond this many different ones the rest is encoded each time.
const CACHED_WORDS = 65_536;
const LONGEST_CACHED_WORD = 64;

export class BytePairEncoder {
  readonly vocabularySize: number;
  readonly #idOfByte: Int32Array;
  readonly #rules = new Map<number, MergeRule>();
  readonly #cache = new Map<string, readonly number[]>();

  private constructor(
    idOfSymbol: ReadonlyMap<string, number>,
    merges: readonly (readonly [string, string])[],
  ) {
    this.vocabularySize = idOfSymbol.size;
    this.#idOfByte = Int32Array.from(symbolOfByte, (symbol) => idOfSymbol.get(symbol)!);
    for (const [rank, [left, right]] of merges.entries()) {
      const key = this.#keyOf(idOfSymbol.get(left)!, idOfSymbol.get(right)!);
      this.#rules.set(key, { rank, id: idOfSymbol.get(left + right)! });
    }
  }

  /** From the text of a tokenizer.json, or from what `trainTokenizer` returned. */
  static fromJson(source: string | TokenizerJson): BytePairEncoder {
    const { idOfSymbol, merges } = readTokenizerJson(source);
    return new BytePairEncoder(idOfSymbol, merges);
  }

  encode(text: string, { dropout = 0, random }: EncodeOptions = {}): number[] {
    if (!(dropout >= 0 && dropout <= 1)) throw badOption("dropout", "a number in [0, 1]", dropout);
    if (dropout > 0 && !random) {
      throw badOption(
        "random",
        "a function giving numbers in [0, 1), as dropout is above 0",
        random,
      );
    }
    const ids: number[] = [];
    for (const word of splitWords(text)) {
      const wordIds =
        dropout > 0 && random
          ? this.#mergeWord(word, () => random() < dropout)
          : this.#cachedWord(word);
      for (const id of wordIds) ids.push(id);
    }
    return ids;
  }

  #cachedWord(word: string): readonly number[] {
    const cached = this.#cache.get(word);
    if (cached) return cached;
    const ids = this.#mergeWord(word, () => false);
    if (word.length <= LONGEST_CACHED_WORD && this.#cache.size < CACHED_WORDS) {
      this.#cache.set(word, ids);
    }
    return ids;
  }

  /** The ids of bytes as they are, which need not be whole words or characters. */
  spell(bytes: Uint8Array): readonly number[] {
    return this.#merge(bytes, () => false);
  }

  #mergeWord(word: string, isLeftOut: () => boolean): readonly number[] {
    return this.#merge(Buffer.from(word, "utf8"), isLeftOut);
  }

  /** Applies the best-ranked merge, leftmost first, until none is left; n log n, so a word of any length will do. */
  #merge(bytes: Uint8Array, isLeftOut: () => boolean): readonly number[] {
    const chain = new Chain(bytes, this.#idOfByte);
    const queue = new Heap<number>((a, b) => a < b);
    // A queued merge is one number, rank first and position second, so that a smaller number is the better merge.
    const enqueue = (position: number) => {
      const rule = position === NONE ? undefined : this.#ruleAt(chain, position);
      if (rule) queue.push(rule.rank * chain.length + position);
    };
    for (let position = 0; position < chain.length; position++) enqueue(position);

    const leftOut: number[] = [];
    for (let queued = queue.pop(); queued !== undefined; queued = queue.pop()) {
      const position = queued % chain.length;
      const rule = this.#ruleAt(chain, position);
      // A pair that an earlier merge changed has another rule, or none.
      if (!rule || rule.rank !== Math.floor(queued / chain.length)) continue;
      if (isLeftOut()) {
        leftOut.push(queued);
        continue;
      }
      chain.mergeWithNext(position, rule.id);
      enqueue(position);
      enqueue(chain.previous[position]!);
      for (const again of leftOut.splice(0)) queue.push(again);
    }
    return chain.ids();
  }

  #ruleAt(chain: Chain, position: number): MergeRule | undefined {
    const next = chain.next[position]!;
    if (next === NONE) return undefined;
    return this.#rules.get(this.#keyOf(chain.symbols[position]!, chain.symbols[next]!));
  }

  #keyOf(left: number, right: number): number {
    return left * this.vocabularySize + right;
  }
}
