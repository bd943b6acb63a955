import { describe, expect, test } from "vitest";
import { logProbability } from "../../src/drawing/log-probability.js";
import { effectiveSize, resample, sharesOf } from "../../src/drawing/resample.js";
import { SeededRandom } from "../../src/random.js";

describe("shares", () => {
  test("are the normalised weights, however small these are", () => {
    const shares = sharesOf([-2000, -2000 + Math.log(3)]);
    expect(shares[0]).toBeCloseTo(0.25, 10);
    expect(shares[1]).toBeCloseTo(0.75, 10);
    const never = Number.NEGATIVE_INFINITY;
    expect(sharesOf([never, 0])).toEqual([0, 1]);
    expect(sharesOf([never, never])).toEqual([0.5, 0.5]);
  });

  test("are worth as many candidates as they spread over", () => {
    expect(effectiveSize([0.25, 0.25, 0.25, 0.25])).toBe(4);
    expect(effectiveSize([0, 1, 0, 0])).toBe(1);
  });
});

describe("resampling", () => {
  test("takes each candidate as often as its share says, and the taken stay in place", () => {
    const { next } = new SeededRandom(5);
    const shares = [0.05, 0.5, 0, 0.3, 0.15];
    const taken = [0, 0, 0, 0, 0];
    const rounds = 1000;
    for (let round = 0; round < rounds; round++) {
      const sources = resample(shares, next());
      for (const source of sources) {
        taken[source]!++;
        expect(sources[source]).toBe(source);
      }
      for (const [candidate, share] of shares.entries()) {
        const times = sources.filter((source) => source === candidate).length;
        expect(Math.abs(times - share * shares.length)).toBeLessThan(1);
      }
    }
    for (const [candidate, share] of shares.entries()) {
      expect(taken[candidate]! / (rounds * shares.length)).toBeCloseTo(share, 1.5);
    }
  });

  test("has a place for everyone at both ends of the random number", () => {
    for (const random of [0, 1 - 2 ** -32]) {
      expect(resample([0.25, 0.25, 0.25, 0.25], random)).toEqual([0, 1, 2, 3]);
      expect(resample([0, 0, 1], random)).toEqual([2, 2, 2]);
    }
  });
});

test("the probabilities of all codes come to 1, also of large logits", () => {
  const logits = Float32Array.of(1000, 999, 998.5, -1000);
  const sum = [0, 1, 2, 3].reduce((all, code) => all + Math.exp(logProbability(logits, code)), 0);
  expect(sum).toBeCloseTo(1, 10);
  expect(logProbability(logits, 0) - logProbability(logits, 1)).toBeCloseTo(1, 6);
});
