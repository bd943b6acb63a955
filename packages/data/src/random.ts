/**
 * @file Seeded randomness that is the same on every engine: xoshiro128** on 32-bit integers, keyed by
 * (seed, index). No `Math.random`, and no floating-point function decides what is drawn.
 */
import { badOption } from "@dalle-ts/tensor";

/** A stream of draws. Two streams made from the same (seed, index) give the same draws for ever. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** `seed` and `index` are integers in [0, 2^53); nearby keys give unrelated streams. */
  constructor(seed: number, index: number) {
    requireCount("seed", seed);
    requireCount("index", index);
    // A 32-bit mixing chain over the four halves; the constant keeps the state from being all zero.
    let state = 0x9e3779b9;
    const absorb = (word: number): number => {
      state = mix(state ^ word);
      return state;
    };
    absorb(seed >>> 0);
    absorb(Math.floor(seed / 2 ** 32));
    absorb(index >>> 0);
    this.#a = absorb(Math.floor(index / 2 ** 32));
    this.#b = absorb(1);
    this.#c = absorb(2);
    this.#d = absorb(3) | 1;
  }

  /** A 32-bit unsigned integer. */
  next(): number {
    const result = Math.imul(rotate(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotate(this.#d, 11);
    return result;
  }

  /** A number in [0, 1), a multiple of 2⁻³². */
  fraction(): number {
    return this.next() / 2 ** 32;
  }

  /** An integer in [0, count). */
  integer(count: number): number {
    return Math.floor(this.fraction() * count);
  }

  /** A number in [low, high], on a grid of 1/1000 so that it prints and reads back exactly. */
  between(low: number, high: number): number {
    return Math.round(low * 1000 + this.integer(Math.round((high - low) * 1000) + 1)) / 1000;
  }

  /** True once in `oneIn` draws on average. */
  oneIn(oneIn: number): boolean {
    return this.integer(oneIn) === 0;
  }

  /** One element, all equally likely; `list` is not empty. */
  pick<Value>(list: readonly Value[]): Value {
    return list[this.integer(list.length)]!;
  }

  /** One key of `weights`, with a probability in proportion to its whole-number weight. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key {
    const entries = Object.entries(weights) as [Key, number][];
    let left = this.integer(entries.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [key, weight] of entries) {
      left -= weight;
      if (left < 0) return key;
    }
    throw badOption("weights", "at least one positive weight", JSON.stringify(weights));
  }

  /** `count` different elements of `list`, in random order. */
  sample<Value>(list: readonly Value[], count: number): Value[] {
    const rest = [...list];
    return Array.from({ length: count }, () => rest.splice(this.integer(rest.length), 1)[0]!);
  }
}

/** Throws unless `value` is an integer in [0, 2^53). */
export function requireCount(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw badOption(name, "an integer in [0, 2^53)", value);
  }
}

/** Throws unless `value` is an integer in [1, 2^53). */
export function requirePositive(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw badOption(name, "an integer >= 1", value);
  }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** murmur3's finaliser after a Weyl step: every input bit reaches every output bit. */
function mix(word: number): number {
  let h = (word + 0x9e3779b9) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
