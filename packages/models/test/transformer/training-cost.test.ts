/** @file What training takes: counted from the dimensions, and held against what is known. */
import { describe, expect, test } from "vitest";
import { paperTransformer, type TransformerConfig, trainingCost } from "../../src/index.js";

const shipped: TransformerConfig = {
  layers: 12,
  width: 256,
  heads: 4,
  headSize: 64,
  textStates: 48,
  textVocabulary: 2048,
  imageCodes: 1024,
  gridRows: 16,
  gridColumns: 16,
  convolutionKernel: 11,
};

describe("trainingCost", () => {
  test("the paper's model has 12 billion parameters, 24 GB in 16 bits", () => {
    const { parameters, weightBytes } = trainingCost(paperTransformer);
    expect(parameters / 1e9).toBeCloseTo(12.3, 1);
    expect(weightBytes / 2 / 1e9).toBeCloseTo(24.6, 1);
  });

  test("operations are about six for each parameter and state: heads see a part of them, and attention is cheap", () => {
    const { parameters, pairOperations } = trainingCost(paperTransformer);
    expect(pairOperations / (6 * parameters * 1280)).toBeCloseTo(1, 2);
  });

  test("a pair of the shape that was measured takes 97 to 105 MB", () => {
    const { pairBytes } = trainingCost(shipped);
    expect(pairBytes / 1e6).toBeGreaterThan(97);
    expect(pairBytes / 1e6).toBeLessThan(105);
  });

  test("twice the layers take twice the memory, heads and tables aside", () => {
    const [once, twice] = [8, 16].map((layers) => trainingCost({ ...paperTransformer, layers }));
    expect(twice!.pairBytes / once!.pairBytes).toBeCloseTo(2, 0);
    expect(twice!.pairOperations / once!.pairOperations).toBeCloseTo(2, 0);
  });
});
