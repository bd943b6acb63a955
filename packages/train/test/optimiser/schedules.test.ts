/** @file Schedules by the paper's known answers [SPEC §1.3, §10]. */
import { describe, expect, test } from "vitest";
import { klWeightAt, temperatureAt } from "../../src/dvae/recipe.js";
import { warmUpThenCosine } from "../../src/optimiser/schedules.js";
import { findRecipe } from "../../src/recipes/index.js";
import { optimisationOf } from "../../src/run/recipe.js";

describe("the paper's schedules", () => {
  const paper = findRecipe("dvae", "paper-dvae");

  test.each([
    [0, 0],
    [2_500, 3.3],
    [5_000, 6.6],
    [1_000_000, 6.6],
  ])("KL weight at step %d is %d", (step, expected) => {
    expect(klWeightAt(paper, step)).toBeCloseTo(expected, 10);
  });

  test.each([
    [0, 1],
    [75_000, 0.53125],
    [150_000, 0.0625],
    [2_999_999, 0.0625],
  ])("temperature at step %d is %d", (step, expected) => {
    expect(temperatureAt(paper, step)).toBeCloseTo(expected, 10);
  });

  test("begin where the autoencoder ends", () => {
    const later = { ...paper, steps: 6_000_000, autoencoderShare: 0.5 };
    expect(klWeightAt(later, 2_500 + 3_000_000)).toBeCloseTo(3.3, 10);
    expect(temperatureAt(later, 75_000 + 3_000_000)).toBeCloseTo(0.53125, 10);
  });

  test.each([
    [0, 1e-4],
    [600_000, (1e-4 + 1.25e-6) / 2],
    [1_200_000, 1.25e-6],
    [3_000_000, 1.25e-6],
  ])("step size at step %d is %d", (step, expected) => {
    expect(optimisationOf(paper).learningRate(step)).toBeCloseTo(expected, 15);
  });

  test.each([
    [0, 4.5e-4 / 5000],
    [4_999, 4.5e-4],
    [430_000, 1.40625e-5],
  ])("the transformer's step size at step %d is %d", (step, expected) => {
    const { learningRate } = optimisationOf(findRecipe("transformer", "paper-transformer"));
    expect(learningRate(step)).toBeCloseTo(expected, 15);
  });
});

describe("warm-up, then a half cosine", () => {
  const at = (step: number) =>
    warmUpThenCosine({ peak: 4.5e-4, end: 1e-5, warmUp: 5, steps: 25 }, step);

  test("rises by equal parts and never starts at 0", () => {
    const risen = [0, 1, 2, 3, 4].map((step) => at(step) / 4.5e-4);
    for (const [step, share] of risen.entries()) expect(share).toBeCloseTo((step + 1) / 5, 12);
  });

  test("falls from the peak to the end", () => {
    expect(at(5)).toBeCloseTo(4.5e-4, 12);
    expect(at(15)).toBeCloseTo((4.5e-4 + 1e-5) / 2, 12);
    expect(at(25)).toBe(1e-5);
    expect(at(1000)).toBe(1e-5);
    for (let step = 5; step < 25; step++) expect(at(step + 1)).toBeLessThan(at(step));
  });

  test("a run shorter than its warm-up stays finite", () => {
    const short = { peak: 1, end: 0.1, warmUp: 10, steps: 3 };
    for (const step of [0, 2, 10, 11]) expect(warmUpThenCosine(short, step)).toBeGreaterThan(0);
  });
});
