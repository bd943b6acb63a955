/** @file The paper's masks by their known answers [SPEC §2.3, §10]. */
import { describe, expect, test } from "vitest";
import {
  attends,
  layerMask,
  type MaskKind,
  maskExtent,
  maskKinds,
  paperTransformer,
  type TransformerConfig,
} from "../../src/index.js";

/** Raster indices that image state `query` sees. */
function keysOf(kind: MaskKind, query: number, config: TransformerConfig): number[] {
  const states = config.gridRows * config.gridColumns;
  return Array.from({ length: states }, (_, key) => key).filter((key) =>
    attends(kind, query, key, config),
  );
}

describe("layers", () => {
  const kinds = Array.from({ length: 64 }, (_, index) => layerMask(index + 1, 64));

  test("of 64, 47 have the row mask, 16 the column mask, the last the convolutional one", () => {
    const count = (kind: MaskKind) => kinds.filter((each) => each === kind).length;
    expect([count("row"), count("column"), count("convolution")]).toEqual([47, 16, 1]);
    expect(kinds.at(-1)).toBe("convolution");
  });

  test("the first eight are row column row row row column row row", () => {
    expect(kinds.slice(0, 8).join(" ")).toBe("row column row row row column row row");
  });

  test("column layers are 2, 6, …, 62", () => {
    const columns = kinds.flatMap((kind, index) => (kind === "column" ? [index + 1] : []));
    expect(columns).toEqual(Array.from({ length: 16 }, (_, index) => 4 * index + 2));
  });
});

describe("image keys of the 32 × 32 grid", () => {
  test.each<[MaskKind, Record<number, number>]>([
    ["row", { 0: 1, 31: 32, 32: 33, 1023: 33 }],
    ["column", { 0: 1, 31: 1, 32: 2, 1023: 32 }],
    ["convolution", { 0: 1, 1023: 61 }],
  ])("%s", (kind, expected) => {
    for (const [query, count] of Object.entries(expected)) {
      expect(keysOf(kind, Number(query), paperTransformer)).toHaveLength(count);
    }
  });

  test.each<[MaskKind, number]>([
    ["row", 32.5],
    ["column", 16.5],
    ["convolution", 55.8],
  ])("%s sees %d keys a query on average", (kind, mean) => {
    let total = 0;
    for (let query = 0; query < 1024; query++)
      total += keysOf(kind, query, paperTransformer).length;
    expect(total / 1024).toBeCloseTo(mean, 1);
  });

  test("the convolution has 61 offsets, up to 165 back", () => {
    const offsets = keysOf("convolution", 1023, paperTransformer).map((key) => 1023 - key);
    expect(Math.max(...offsets)).toBe(165);
    expect(maskExtent("convolution", paperTransformer)).toBe(165);
    const expected = [];
    for (let up = 0; up <= 5; up++) {
      for (let right = -5; right <= 5; right++)
        if (up > 0 || right <= 0) expected.push(up * 32 - right);
    }
    expect(offsets.sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b));
  });
});

describe("the 4 × 4 example with a 3 × 3 kernel", () => {
  const config = { ...paperTransformer, gridRows: 4, gridColumns: 4, convolutionKernel: 3 };

  test.each<[MaskKind, number[]]>([
    ["row", [11, 12, 13, 14, 15]],
    ["column", [3, 7, 11, 15]],
    ["convolution", [10, 11, 12, 14, 15]],
  ])("state 15, %s", (kind, expected) => {
    expect(keysOf(kind, 15, config)).toEqual(expected);
  });

  test("the row mask reaches the same column of the previous row, across the row's edge", () => {
    expect(keysOf("row", 5, config)).toEqual([1, 2, 3, 4, 5]);
    expect(keysOf("row", 4, config)).toEqual([0, 1, 2, 3, 4]);
  });

  test("the convolution wraps in raster order", () => {
    // State 4 begins row 1: offsets 0, 1, 3, 4 of {0, 1, 3, 4, 5} are inside the picture.
    expect(keysOf("convolution", 4, config)).toEqual([0, 1, 3, 4]);
  });
});

describe.each(maskKinds)("%s on many grids", (kind) => {
  test("sees itself, nothing later, and nothing beyond its extent", () => {
    for (const [gridRows, gridColumns] of [
      [1, 1],
      [1, 7],
      [7, 1],
      [3, 5],
      [8, 8],
    ] as const) {
      for (const convolutionKernel of [1, 3, 5, 11]) {
        const config = { ...paperTransformer, gridRows, gridColumns, convolutionKernel };
        const extent = maskExtent(kind, config);
        for (let query = 0; query < gridRows * gridColumns; query++) {
          const keys = keysOf(kind, query, config);
          expect(keys.at(-1)).toBe(query);
          expect(query - keys[0]!).toBeLessThanOrEqual(extent);
        }
      }
    }
  });
});
