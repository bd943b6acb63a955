/**
 * @file The seeded random numbers behind every picture: xoshiro128** (Blackman and Vigna), its state filled by
 * splitmix64 from an integer seed. Integer arithmetic only, so a seed gives the same numbers in every JavaScript engine.
 * Image i of a request has a generator of its own, seeded with seed + i, whatever the batch size.
 */
import { badOption } from "@dalle-ts/tensor";

/** Seeds are the integers in [0, 2^53), which a JavaScript number holds exactly. */
const SEED_RANGE = 2 ** 53;

export class SeededRandom {
  readonly #state: Uint32Array;

  constructor(seed: number) {
    this.#state = fillState(checkSeed(seed));
  }

  /** The next number in [0, 1), a multiple of 2^-32. An arrow, so that `random.next` can be passed on its own. */
  readonly next = (): number => {
    const state = this.#state;
    const second = state[1]!;
    const result = Math.imul(rotateLeft(Math.imul(second, 5), 7), 9);
    state[2]! ^= state[0]!;
    state[3]! ^= second;
    state[1]! ^= state[2]!;
    state[0]! ^= state[3]!;
    state[2]! ^= second << 9;
    state[3] = rotateLeft(state[3]!, 11);
    return (result >>> 0) / 2 ** 32;
  };
}

/** The seed of image `index` in a request: seed + index, wrapping round at 2^53. */
export function seedOfImage(seed: number, index: number): number {
  const room = SEED_RANGE - checkSeed(seed);
  return index < room ? seed + index : index - room;
}

/** A seed for a request that names none; short enough to read out and type again. */
export function drawSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!;
}

function checkSeed(seed: number): number {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw badOption("seed", "an integer in [0, 2^53)", seed);
  }
  return seed;
}

/** Two outputs of splitmix64, low half first: near seeds give unrelated states, and never the all-zero one. */
function fillState(seed: number): Uint32Array {
  const words = new BigUint64Array(2);
  let counter = BigInt(seed);
  for (const index of words.keys()) {
    counter = BigInt.asUintN(64, counter + 0x9e3779b97f4a7c15n);
    let mixed = counter;
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n);
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
    words[index] = mixed ^ (mixed >> 31n);
  }
  return Uint32Array.from(
    [...words].flatMap((word) => [Number(word & 0xffffffffn), Number(word >> 32n)]),
  );
}

const rotateLeft = (value: number, bits: number): number =>
  (value << bits) | (value >>> (32 - bits));
