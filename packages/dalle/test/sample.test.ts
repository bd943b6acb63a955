import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SeededRandom } from "../src/random.js";
import { checkSampleOptions, mixGuidance, type SampleOptions, sampleCode } from "../src/sample.js";

/** Probability of each code, measured with evenly spaced "random" numbers: exact to 1 / draws. */
function measure(logits: Float32Array, options: SampleOptions, draws = 4000): number[] {
  const counts = new Array<number>(logits.length).fill(0);
  for (let draw = 0; draw < draws; draw++) {
    const code = sampleCode(logits, () => (draw + 0.5) / draws, options);
    counts[code]! += 1 / draws;
  }
  return counts;
}

/** The definition, with a full sort; of equal logits the first come first. */
function define(
  logits: Float32Array,
  { temperature = 1, topK, topP = 1 }: SampleOptions,
): number[] {
  const largest = Math.max(...logits);
  const weights = Array.from(logits, (logit) => Math.exp((logit - largest) / temperature));
  const order = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]! || a - b).slice(0, topK);
  const sum = (codes: number[]) => codes.reduce((total, code) => total + weights[code]!, 0);
  const target = sum(order) * topP;
  const kept = order.filter((_, rank) => topP === 1 || sum(order.slice(0, rank)) < target - 1e-12);
  return weights.map((weight, code) => (kept.includes(code) ? weight / sum(kept) : 0));
}

/** Rows with ties and with codes ruled out; multiples of 1/16, so that different logits have different weights. */
const row = fc
  .tuple(
    fc.array(fc.integer({ min: -320, max: 320 }), { minLength: 1, maxLength: 40 }),
    fc.array(fc.nat(40), { maxLength: 3 }),
    fc.constantFrom(1, 1 / 16, 1 / 80),
  )
  .map(([logits, ruledOut, unit]) =>
    Float32Array.from(logits, (logit, code) =>
      code > 0 && ruledOut.includes(code)
        ? Number.NEGATIVE_INFINITY
        : Math.round(logit * unit) / 16,
    ),
  );

describe("sampleCode", () => {
  test("probabilities are those of the definition, whatever the options", () => {
    const options = fc.record(
      {
        temperature: fc.double({ min: 0.1, max: 5, noNaN: true }),
        topK: fc.integer({ min: 1, max: 12 }),
        topP: fc.double({ min: 0.01, max: 1, noNaN: true }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(row, options, (logits, chosen) => {
        const expected = define(logits, chosen);
        for (const [code, probability] of measure(logits, chosen).entries()) {
          expect(Math.abs(probability - expected[code]!)).toBeLessThan(1 / 4000 + 1e-9);
        }
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  test("100,000 seeded draws follow softmax (chi-square)", () => {
    const logits = Float32Array.from({ length: 20 }, (_, code) => Math.sin(code * 1.7) * 2);
    const expected = define(logits, {});
    const counts = new Array<number>(20).fill(0);
    const { next } = new SeededRandom(11);
    for (let draw = 0; draw < 100_000; draw++) counts[sampleCode(logits, next)]!++;
    const chiSquare = counts.reduce(
      (sum, count, code) => sum + (count - 1e5 * expected[code]!) ** 2 / (1e5 * expected[code]!),
      0,
    );
    expect(chiSquare).toBeLessThan(43.8); // 19 degrees of freedom, one in a thousand
  });

  test("temperature 0 and topK 1 take the largest logit, the first of equals", () => {
    fc.assert(
      fc.property(
        row,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (logits, number) => {
          const best = logits.indexOf(Math.max(...logits));
          expect(sampleCode(logits, () => number, { temperature: 0 })).toBe(best);
          expect(sampleCode(logits, () => number, { topK: 1 })).toBe(best);
        },
      ),
      { seed: 5 },
    );
  });

  test("of equal logits the first are kept", () => {
    const logits = Float32Array.from([0, 1, 1, 1]);
    expect(measure(logits, { topK: 2 })).toEqual(measure(Float32Array.of(-99, 1, 1, -99), {}));
    expect(measure(logits, { topP: 0.4 })).toEqual(measure(Float32Array.of(-99, 1, 1, -99), {}));
  });

  test("topP keeps the smallest set that reaches p", () => {
    const logits = Float32Array.from([0.1, 0.5, 0.15, 0.25], Math.log);
    const kept = (topP: number) =>
      measure(logits, { topP }).flatMap((p, code) => (p > 0 ? [code] : []));
    expect(kept(0.49)).toEqual([1]);
    expect(kept(0.51)).toEqual([1, 3]);
    expect(kept(0.76)).toEqual([1, 2, 3]);
    expect(kept(0.91)).toEqual([0, 1, 2, 3]);
  });

  test("reads the logits and never writes them; scratch from a longer row does not leak in", () => {
    const long = Float32Array.from({ length: 100 }, (_, code) => code);
    sampleCode(long, () => 0.5, { topK: 5, topP: 0.5 });
    const logits = Float32Array.from([1, 3, 2]);
    expect(sampleCode(logits, () => 1 - 2 ** -32, { topK: 2, topP: 0.99 })).toBe(2);
    expect([...logits]).toEqual([1, 3, 2]);
  });

  test("a temperature near 0 and huge logits stay finite", () => {
    expect(measure(Float32Array.of(1000, 1000 + Math.log(3)), {})[1]).toBeCloseTo(0.75, 3);
    const logits = Float32Array.from([3e38, -3e38, 2.9e38]);
    expect(sampleCode(logits, () => 0.999, { temperature: 1e-300 })).toBe(0);
    expect(sampleCode(logits, () => 0.999, { temperature: 1e300 })).toBe(2);
  });

  test.each([
    ["NaN", [1, Number.NaN, 2]],
    ["NaN", [Number.NaN]],
    ["Infinity", [1, Number.POSITIVE_INFINITY]],
    ["-Infinity", [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]],
  ])("%s logits are a typed error", (value, logits) => {
    const draw = () => sampleCode(Float32Array.from(logits), () => 0.5);
    expect(draw).toThrow(`The model gave ${value} as the logit`);
    expect(draw).toThrow(expect.objectContaining({ code: "bad_model" }));
  });
});

describe("checkSampleOptions", () => {
  test("accepts what sampleCode takes", () => {
    checkSampleOptions({}, 1024);
    checkSampleOptions({ temperature: 0, topK: 1024, topP: 1 }, 1024);
    checkSampleOptions({ temperature: 1.5, topK: 1, topP: 1e-9 }, 1024);
  });

  test.each([
    ["temperature", -1],
    ["temperature", Number.NaN],
    ["temperature", Number.POSITIVE_INFINITY],
    ["temperature", "1"],
    ["topK", 0],
    ["topK", 1.5],
    ["topK", 1025],
    ["topP", 0],
    ["topP", 1.1],
    ["topP", Number.NaN],
    ["topP", "0.5"],
  ])("refuses %s %s", (name, value) => {
    const check = () => checkSampleOptions({ [name]: value }, 1024);
    const got = typeof value === "string" ? `"${value}" \\(string\\)` : value;
    expect(check).toThrow(new RegExp(`^${name}: expected .* got ${got}$`));
  });
});

describe("mixGuidance", () => {
  const conditional = Float32Array.from([1, 2, 3]);
  const unconditional = Float32Array.from([0, 4, 3]);

  test.each([
    [0, [0, 4, 3]],
    [1, [1, 2, 3]],
    [3, [3, -2, 3]],
  ])("scale %d", (scale, expected) => {
    const out = new Float32Array(3);
    mixGuidance(conditional, unconditional, scale, out);
    expect([...out]).toEqual(expected);
    expect([...conditional, ...unconditional]).toEqual([1, 2, 3, 0, 4, 3]);
  });

  test("may write into an input; refuses rows of different length", () => {
    const out = Float32Array.from(conditional);
    mixGuidance(out, unconditional, 3, out);
    expect([...out]).toEqual([3, -2, 3]);
    expect(() => mixGuidance(conditional, new Float32Array(2), 1, out)).toThrow(/got 3, 2 and 3/);
  });
});
