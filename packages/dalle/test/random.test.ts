import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawSeed, SeededRandom, seedOfImage } from "../src/random.js";

const draw = (seed: number, count: number): number[] => {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, () => random.next() * 2 ** 32);
};

describe("SeededRandom", () => {
  // From the authors' C code (prng.di.unimi.it), splitmix64 filling xoshiro128** low word first, compiled with gcc.
  test.each([
    [0, [3737715805, 2584255861, 2876756834, 3286328325, 1553311962]],
    [7, [1801096769, 1554325924, 2992800842, 3588980540, 2077056966]],
    [Number.MAX_SAFE_INTEGER, [1233166643, 1287031142, 661813442, 2960669951, 2601079046]],
  ])("seed %d gives the known numbers", (seed, expected) => {
    expect(draw(seed, 5)).toEqual(expected);
  });

  test("the millionth number of seed 7 is known too", () => {
    expect(draw(7, 1_000_000).at(-1)).toBe(251287093);
  });

  test("next works on its own and stays in [0, 1) with mean 1/2", () => {
    const { next } = new SeededRandom(3);
    const numbers = Array.from({ length: 100_000 }, next);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(numbers.reduce((sum, number) => sum + number) / numbers.length).toBeCloseTo(0.5, 2);
  });

  test("two generators do not disturb each other", () => {
    const first = new SeededRandom(1);
    const second = new SeededRandom(2);
    const mixed = Array.from({ length: 5 }, () => [first.next(), second.next()]);
    expect(mixed.map(([a]) => a! * 2 ** 32)).toEqual(draw(1, 5));
    expect(mixed.map(([, b]) => b! * 2 ** 32)).toEqual(draw(2, 5));
  });

  test.each([-1, 0.5, 2 ** 53, Number.NaN, "7"])("refuses seed %s", (seed) => {
    expect(() => new SeededRandom(seed as number)).toThrow(
      /^seed: expected an integer in \[0, 2\^53\), got/,
    );
  });
});

describe("seedOfImage", () => {
  test("is seed + index, and wraps at 2^53", () => {
    expect(seedOfImage(7, 3)).toBe(10);
    expect(seedOfImage(Number.MAX_SAFE_INTEGER, 0)).toBe(Number.MAX_SAFE_INTEGER);
    expect(seedOfImage(Number.MAX_SAFE_INTEGER, 2)).toBe(1);
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(100_000), (seed, index) => {
        const expected = (BigInt(seed) + BigInt(index)) % 2n ** 53n;
        expect(BigInt(seedOfImage(seed, index))).toBe(expected);
      }),
    );
  });
});

test("drawSeed gives a usable seed, another one each time", () => {
  const seeds = Array.from({ length: 8 }, drawSeed);
  expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(true);
  expect(new Set(seeds).size).toBeGreaterThan(1);
});
