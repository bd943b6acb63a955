import { tensor, tidy } from "@dalle-ts/torch";
import { describe, expect, test } from "vitest";
import { codeUsage, collapseLimit, collapseWatch } from "../../src/dvae/code-usage.js";

const usageOf = (codes: number[], count: number) =>
  tidy(() => codeUsage(tensor(BigInt64Array.from(codes, BigInt), [codes.length], "i64"), count));

describe("code usage", () => {
  test.each([
    ["all codes evenly", [0, 1, 2, 3, 3, 2, 1, 0], 4, 1, 4],
    ["one code", [2, 2, 2], 8, 1 / 8, 1],
    ["two of eight evenly", [1, 5, 5, 1], 8, 1 / 4, 2],
    // Entropy of (¾, ¼): exp(¾ ln 4/3 + ¼ ln 4) = 1.7548
    ["three quarters and one quarter", [0, 0, 0, 1], 2, 1, 1.7547654],
  ])("%s", (_, codes, count, usage, perplexity) => {
    const found = usageOf(codes, count);
    expect(found.usage).toBeCloseTo(usage, 10);
    expect(found.perplexity).toBeCloseTo(perplexity, 6);
  });
});

describe("the warning of a collapse", () => {
  const run = (perplexities: number[], count = 512) => {
    const watch = collapseWatch(count, 100);
    return perplexities.map((perplexity, index) => watch(10 * (index + 1), perplexity));
  };
  const said = (warnings: (string | undefined)[]) =>
    warnings.flatMap((warning, index) => (warning ? [10 * (index + 1)] : []));

  test("the limit is a 64th of the codes, and at least two", () => {
    expect(collapseLimit(8192)).toBe(128);
    expect(collapseLimit(16)).toBe(2);
  });

  test("comes once, when two logged steps of the second half stay below the limit", () => {
    const warnings = run([1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(said(warnings)).toEqual([70]);
    expect(warnings[6]).toMatch(/collapsed: at step 70 a batch uses 1\.0 of 512 codes; .*klWeight/);
  });

  test("does not come for a single low step, for the first half, or at the limit", () => {
    expect(said(run([1, 1, 1, 1, 1, 1, 90, 1, 90, 1]))).toEqual([]);
    expect(said(run([1, 1, 1, 1, 1, 90, 90, 90, 90, 90]))).toEqual([]);
    expect(said(run(Array.from({ length: 10 }, () => 8)))).toEqual([]);
  });
});
