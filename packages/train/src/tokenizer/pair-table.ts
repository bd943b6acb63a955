/**
 * @file How often each pair of neighbouring symbols occurs, kept up to date as pairs are merged: a merge visits only the
 * words that contain it, and the most frequent pair comes from a heap whose outdated entries are corrected when popped.
 */
import { Heap } from "./heap.js";

/** Two neighbouring symbols, by id. */
export interface Pair {
  readonly left: number;
  readonly right: number;
}

interface Candidate extends Pair {
  /** Occurrences when the candidate was pushed; the table may hold another number by now. */
  readonly count: number;
}

interface Word {
  ids: number[];
  /** Occurrences of the word in the captions. */
  readonly count: number;
}

interface PairEntry extends Pair {
  count: number;
  /** Indices of words that contain the pair, or did before another merge. */
  readonly words: Set<number>;
}

// A pair as one number, the key of the table; ids stay far below 2^26, so the key is an exact integer.
const ID_RANGE = 2 ** 26;

export class PairTable {
  readonly #symbols: readonly string[];
  readonly #words: Word[] = [];
  readonly #entries = new Map<number, PairEntry>();
  #queue: Heap<Candidate> | undefined;

  /** `symbols[id]` is the written form, which decides between equally frequent pairs; the caller may append to it. */
  constructor(symbols: readonly string[]) {
    this.#symbols = symbols;
  }

  /** Adds a word that occurs `count` times; all words come before the first merge. */
  add(ids: Iterable<number>, count: number): void {
    const word: Word = { ids: Array.from(ids), count };
    const index = this.#words.push(word) - 1;
    this.#countPairs(word, index, count);
  }

  /** The most frequent pair, or undefined if none occurs `minimumCount` times. */
  takeMostFrequent(minimumCount: number): Pair | undefined {
    const queue = this.#openQueue();
    for (let top = queue.pop(); top; top = queue.pop()) {
      const count = this.#entries.get(keyOf(top.left, top.right))?.count ?? 0;
      if (count === top.count) return count >= minimumCount ? top : undefined;
      if (count > 0) queue.push({ left: top.left, right: top.right, count });
    }
    return undefined;
  }

  /** Replaces every occurrence of the pair by symbol `id` and recounts the neighbours. */
  merge(pair: Pair, id: number): void {
    const key = keyOf(pair.left, pair.right);
    const touched = new Set<number>();
    for (const index of this.#entries.get(key)?.words ?? []) {
      const word = this.#words[index]!;
      const merged = replacePair(word.ids, pair, id);
      if (merged.length === word.ids.length) continue;
      this.#countPairs(word, index, -word.count);
      word.ids = merged;
      this.#countPairs(word, index, word.count, touched);
    }
    this.#entries.delete(key);
    for (const changed of touched) {
      const { left, right, count } = this.#entries.get(changed)!;
      // Every other pair can only have become rarer, which takeMostFrequent sees by itself.
      if (left === id || right === id) this.#queue?.push({ left, right, count });
    }
  }

  #countPairs({ ids }: Word, index: number, change: number, touched?: Set<number>): void {
    for (let position = 1; position < ids.length; position++) {
      const left = ids[position - 1]!;
      const right = ids[position]!;
      const key = keyOf(left, right);
      let entry = this.#entries.get(key);
      if (!entry) {
        entry = { left, right, count: 0, words: new Set() };
        this.#entries.set(key, entry);
      }
      entry.count += change;
      if (change > 0) entry.words.add(index);
      touched?.add(key);
    }
  }

  #openQueue(): Heap<Candidate> {
    if (this.#queue) return this.#queue;
    this.#queue = new Heap((a, b) => this.#comesBefore(a, b));
    for (const { left, right, count } of this.#entries.values()) {
      this.#queue.push({ left, right, count });
    }
    return this.#queue;
  }

  #comesBefore(a: Candidate, b: Candidate): boolean {
    if (a.count !== b.count) return a.count > b.count;
    if (a.left !== b.left) return this.#symbols[a.left]! < this.#symbols[b.left]!;
    return this.#symbols[a.right]! < this.#symbols[b.right]!;
  }
}

const keyOf = (left: number, right: number): number => left * ID_RANGE + right;

function replacePair(ids: readonly number[], { left, right }: Pair, id: number): number[] {
  const merged: number[] = [];
  for (let position = 0; position < ids.length; position++) {
    if (ids[position] === left && ids[position + 1] === right) {
      merged.push(id);
      position++;
    } else {
      merged.push(ids[position]!);
    }
  }
  return merged;
}
