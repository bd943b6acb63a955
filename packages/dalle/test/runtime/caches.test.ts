/** @file The caches of decoding: each state finds in them what its mask shows it, and nothing else. */
import { attends, maskKinds, type TransformerConfig } from "@dalle-ts/models";
import { describe, expect, test } from "vitest";
import { slotsOf, sparseLayout } from "../../src/runtime/cache-layout.js";
import { DecodeCaches } from "../../src/runtime/caches.js";
import { imageBias, textBias } from "../../src/runtime/mask-biases.js";

const config: TransformerConfig = {
  layers: 3,
  width: 8,
  heads: 2,
  headSize: 4,
  textStates: 3,
  textVocabulary: 5,
  imageCodes: 7,
  gridRows: 6,
  gridColumns: 5,
  convolutionKernel: 3,
};
const states = config.gridRows * config.gridColumns;
const layout = sparseLayout(config);
/** Row, column, convolution. */
const { masks } = layout;

/** [batch, H, length, D] of one number, as a run of the graph returns it. */
function filled(batch: number, length: number, markOf: (entry: number) => number): Float32Array {
  const perEntry = config.heads * length * config.headSize;
  return Float32Array.from({ length: batch * perEntry }, (_, index) =>
    markOf(Math.floor(index / perEntry)),
  );
}

/** What batch entry `entry`, head `head` finds in the slots that are not masked: one number a slot. */
function seen(caches: DecodeCaches, layer: number, index: number, entry: number, head: number) {
  const slots = slotsOf(layout, masks[layer]!);
  const { headSize, heads } = config;
  const keys = caches.inputs(index)[`key_${layer}`]!.data as Float32Array;
  const bias = imageBias(layout, masks[layer]!, index);
  expect(bias).toHaveLength(slots + 1);
  return Array.from({ length: slots }, (_, slot) => slot)
    .filter((slot) => bias[slot] === 0)
    .map((slot) => {
      const start = ((entry * heads + head) * slots + slot) * headSize;
      const vector = keys.subarray(start, start + headSize);
      expect(new Set(vector).size).toBe(1);
      return vector[0]!;
    });
}

describe("caches", () => {
  test.each([...maskKinds.entries()])(
    "layer %d (%s) shows each state what its mask sees",
    (layer, kind) => {
      const batch = 2;
      const caches = new DecodeCaches(layout, batch);
      // State i of entry n is marked 100 n + i + 1, the captions −1 and −2.
      caches.storeText(
        (entry) => entry,
        [-1, -2].map((mark) => () => ({
          key: filled(1, config.textStates, () => mark),
          value: filled(1, config.textStates, () => mark),
        })),
      );
      for (let index = 0; index < states; index++) {
        const visible = Array.from({ length: index }, (_, key) => key).filter((key) =>
          attends(kind, index, key, config),
        );
        for (const entry of [0, 1]) {
          for (const head of [0, 1]) {
            const expected = [
              ...Array.from({ length: config.textStates }, () => -1 - entry),
              ...visible.map((key) => 100 * entry + key + 1),
            ];
            const found = seen(caches, layer, index, entry, head);
            expect(found.sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b));
          }
        }
        const fresh = filled(batch, 1, (entry) => 100 * entry + index + 1);
        caches.storeImage(index, () => ({ key: fresh, value: fresh }));
      }
    },
  );

  test.each([...maskKinds.entries()])(
    "layer %d (%s): an entry goes on from another's image states",
    (layer) => {
      const caches = new DecodeCaches(layout, 3);
      for (let index = 0; index < states - 1; index++) {
        if (index === 17) caches.copyEntries([0, 0, 2]);
        const fresh = filled(3, 1, (entry) => 100 * entry + index + 1);
        caches.storeImage(index, () => ({ key: fresh, value: fresh }));
        if (index < 17) continue;
        // Text slots, which nothing was stored in, are 0; states before the copy are those of entry 0.
        for (const mark of seen(caches, layer, index + 1, 1, 1).filter((each) => each > 0)) {
          expect(mark > 100).toBe(mark % 100 > 17);
        }
        for (const mark of seen(caches, layer, index + 1, 2, 1)) {
          expect(mark === 0 || mark > 200).toBe(true);
        }
      }
    },
  );

  test.each(masks)("$name: a state always sees itself, in the slot behind the cache", (mask) => {
    for (let index = 0; index < states; index++) {
      expect(imageBias(layout, mask, index).at(-1)).toBe(0);
    }
  });

  test.each(masks)("$name: the caption sees itself causally and nothing of the cache", (mask) => {
    const slots = slotsOf(layout, mask);
    const width = slots + config.textStates;
    const visible = [...textBias(layout, mask).entries()].flatMap(([index, bias]) =>
      bias === 0 ? [[Math.floor(index / width), (index % width) - slots]] : [],
    );
    expect(visible).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 1],
      [2, 2],
    ]);
  });

  test("holds as many slots as the mask needs, of the paper's grid too", () => {
    const paper = {
      ...config,
      textStates: 256,
      gridRows: 32,
      gridColumns: 32,
      convolutionKernel: 11,
    };
    expect(sparseLayout(paper).masks.map(({ window }) => window)).toEqual([32, 32, 165]);
  });
});
