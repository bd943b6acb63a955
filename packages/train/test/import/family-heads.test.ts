/** @file The rule for heads that no file tells: the same for a model folder and for a comparison. */
import { expect, test } from "vitest";
import { findHeads } from "../../src/import/check/find-heads.js";
import { familyHeads, headsNote, likelyHeads } from "../../src/import/family-heads.js";

test.each([
  [1024, 64, 16],
  [2048, 128, 16],
  [56, 64, 1],
  [100, 64, 2],
  [200, 64, 4],
  [144, 64, 2],
  [48, 128, 1],
  [97, 64, 1],
])("a width of %i in heads of about %i: %i", async (width, headSize, heads) => {
  expect(familyHeads(width, headSize)).toBe(heads);
  // A reference that tells nothing leaves the comparison with the same rule.
  expect(await findHeads(width, headSize, async () => Number.NaN)).toBe(heads);
});

test("a number of heads that is nearly right is not taken for the one that is", async () => {
  const errors = new Map([[1, 4e-4]]);
  const tried: number[] = [];
  const heads = await findHeads(6, 6, async (guess) => {
    tried.push(guess);
    return guess === 3 ? 1e-6 : (errors.get(guess) ?? 9e-4);
  });
  expect([heads, tried]).toEqual([3, [1, 2, 3]]);
});

test("all numbers of heads that a width can have are tried, the likely first", () => {
  expect(likelyHeads(56, 28)).toEqual([2, 4, 7, 8, 14, 28, 56, 1]);
});

test("the note says whether the family's size fitted", () => {
  expect(headsNote({ width: 1024, heads: 16 }, 64)).toMatch(
    /assumed 16 of 64 dimensions, the family's size\./,
  );
  expect(headsNote({ width: 100, heads: 2 }, 64)).toMatch(
    /2 of 50 dimensions, as near to the family's 64 as a width of 100 allows\. .* --heads\.$/,
  );
});
