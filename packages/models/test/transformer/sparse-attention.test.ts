/**
 * @file Sparse attention against dense masked attention: outputs and gradients within 1e-5 (L2 norm of the difference
 * over that of the dense result), and a cost that follows the mask.
 */
import { gradients, requireGradient, TorchTensor, tensor, tidy } from "@dalle-ts/torch";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  imageStates,
  type MaskKind,
  maskKinds,
  paperTransformer,
  type StreamAttention,
  sparseAttention,
  streamStates,
  type TransformerConfig,
} from "../../src/index.js";
import { blockPlan } from "../../src/transformer/block-attention.js";
import { normalArray, relativeError, tinyTransformer } from "../tiny.js";
import { denseAttention } from "./dense-attention.js";

const largestError = 1e-5;

/** Mixed values and the gradients of queries, keys and values under a fixed random weighting of the result. */
function runAttention(
  attention: StreamAttention<TorchTensor>,
  config: TransformerConfig,
  kind: MaskKind,
) {
  return tidy(() => {
    const shape = [2, 2, streamStates(config), 4];
    const length = shape.reduce((a, b) => a * b);
    const inputs = [1, 2, 3].map((seed) =>
      requireGradient(tensor(normalArray(length, seed), shape, "f32")),
    ) as [TorchTensor, TorchTensor, TorchTensor];
    const mixed = attention(config, kind, ...inputs);
    expect(mixed.shape).toEqual(shape);
    const weighted = mixed.mul(tensor(normalArray(length, 4), shape, "f32"));
    const found = gradients(weighted.sum([0, 1, 2, 3]), inputs);
    return [mixed, ...found].map((each) => each!.toArray() as Float32Array);
  });
}

const grids = [
  [4, 4],
  [8, 8],
  [16, 16],
  [3, 7],
  [7, 3],
  [1, 6],
  [6, 1],
  [1, 1],
] as const;

describe.each(grids)("grid %d × %d", (gridRows, gridColumns) => {
  const cases = maskKinds.flatMap((kind) =>
    (kind === "convolution" ? [3, 5, 11] : [3]).map((kernel) => [kind, kernel] as const),
  );

  test.each(cases)("%s, kernel %d", (kind, convolutionKernel) => {
    const config = { ...tinyTransformer, textStates: 3, gridRows, gridColumns, convolutionKernel };
    const dense = runAttention(denseAttention, config, kind);
    const sparse = runAttention(sparseAttention, config, kind);
    for (const [index, expected] of dense.entries()) {
      expect(relativeError(sparse[index]!, expected)).toBeLessThanOrEqual(largestError);
    }
  });
});

describe("cost on the paper's grid, 32 × 32 with 256 text states", () => {
  afterEach(() => vi.restoreAllMocks());

  /** Multiplications in all matrix products of one head of size 2, per number of the head. */
  function productsOf(attention: StreamAttention<TorchTensor>, kind: MaskKind): number {
    let products = 0;
    const matmul = TorchTensor.prototype.matmul;
    vi.spyOn(TorchTensor.prototype, "matmul").mockImplementation(function (
      this: TorchTensor,
      other,
      options,
    ) {
      const result = matmul.call(this, other, options);
      products += result.shape.reduce((a, b) => a * b, 1) * this.shape.at(-1)!;
      return result;
    });
    tidy(() => {
      const shape = [1, 1, streamStates(paperTransformer), 2];
      const states = tensor(normalArray(shape[2]! * 2, 1), shape, "f32");
      attention(paperTransformer, kind, states, states, states);
    });
    return products / 2;
  }

  /** Scores and weighted sums: two products for each pair of query and key. */
  const text = 2 * 256 * 256;
  const imageToText = 2 * 1024 * 256;

  test.each<[MaskKind, number]>([
    ["row", 64], // its own row and the one before: at most twice the 33 that the mask sees
    ["column", 32], // its own column
    ["convolution", 224], // its own row and the six before that 165 positions can touch
  ])("%s: each image state meets %d image keys", (kind, keys) => {
    expect(productsOf(sparseAttention, kind)).toBe(text + imageToText + 2 * 1024 * keys);
    const { blocks, blockLength, reach, bias } = blockPlan(paperTransformer, kind);
    expect((reach + 1) * blockLength).toBe(keys);
    expect(blocks * blockLength).toBe(imageStates(paperTransformer));
    expect(bias).toHaveLength(1024 * keys);
  });

  test("a dense mask meets all 1280", () => {
    expect(productsOf(denseAttention, "row")).toBe(2 * 1280 * 1280);
  });

  test("the row mask pays at most 1.1 · 2 · 33 image keys a query", () => {
    const { blockLength, reach } = blockPlan(paperTransformer, "row");
    expect((reach + 1) * blockLength).toBeLessThanOrEqual(1.1 * 2 * 33);
  });
});
