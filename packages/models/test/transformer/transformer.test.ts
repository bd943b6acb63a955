/** @file The whole transformer: causality, what each mask sees, parameters, precision [SPEC §2]. */
import { type ParameterTree, parameterCount } from "@dalle-ts/tensor";
import {
  gradients,
  noGradient,
  requireGradient,
  type TorchTensor,
  tensor,
  tidy,
} from "@dalle-ts/torch";
import { describe, expect, test } from "vitest";
import {
  attends,
  checkTransformerConfig,
  imageLogits,
  imagePosition,
  type MaskKind,
  maskKinds,
  paperTransformer,
  type StreamAttention,
  sparseAttention,
  streamIds,
  streamStates,
  type TransformerConfig,
  type TransformerOptions,
  textLogits,
  textStream,
  transformer,
  transformerSpecs,
} from "../../src/index.js";
import { loudParameters, relativeError, tinyTransformer, torchTree } from "../tiny.js";
import { denseAttention } from "./dense-attention.js";

const config = tinyTransformer;
const states = streamStates(config);
const text = config.textStates;
const parameters = loudParameters(transformerSpecs(config), 11);
const idCount = streamIds(config).startOfImage + 1;

/** Ids that visit the whole joint table, and the positions of a caption of two tokens. */
const ids = Array.from({ length: states }, (_, index) => (index * 7 + 3) % idCount);
const positions = [
  ...textStream(config, [1, 2]).positions,
  ...Array.from({ length: states - text }, (_, index) => imagePosition(config, index)),
];

const matrix = (rows: readonly number[][]) =>
  tensor(BigInt64Array.from(rows.flat(), BigInt), [rows.length, rows[0]!.length], "i64");

/** The normalised states of one stream, one array a state. */
function run(
  stream: readonly number[],
  options: TransformerOptions<TorchTensor> = {},
  of = config,
): Float32Array[] {
  const data = noGradient(() =>
    tidy(() => {
      const tree = torchTree(parameters);
      return transformer(tree, of, matrix([[...stream]]), matrix([positions]), options).toArray();
    }),
  ) as Float32Array;
  return Array.from({ length: states }, (_, state) =>
    data.slice(state * config.width, (state + 1) * config.width),
  );
}

/** Every layer with one mask. */
const only =
  (kind: MaskKind): StreamAttention<TorchTensor> =>
  (of, _, query, key, value) =>
    sparseAttention(of, kind, query, key, value);

/** States whose values differ, if only in the last bit. */
function changed(before: Float32Array[], after: Float32Array[]): number[] {
  return before.flatMap((row, state) =>
    row.every((value, index) => Object.is(value, after[state]![index])) ? [] : [state],
  );
}

const change = (state: number) => ids.with(state, (ids[state]! + 5) % idCount);

describe("causality: another token in state j", () => {
  const runs: [string, TransformerOptions<TorchTensor>][] = [
    ["all three masks, as trained", {}],
    ...maskKinds.map((kind): [string, TransformerOptions<TorchTensor>] => [
      `${kind} in every layer`,
      { attention: only(kind) },
    ]),
    ["in bf16", { precision: "bf16" }],
  ];

  test.each(runs)("leaves all states before it bit for bit: %s", (_, options) => {
    const before = run(ids, options);
    for (let state = 0; state < states; state++) {
      const differing = changed(before, run(change(state), options));
      expect(differing[0]).toBe(state);
    }
  });

  test("reaches every later state through eight layers", () => {
    const before = run(ids);
    for (const state of [0, text, text + 7]) {
      expect(changed(before, run(change(state)))).toHaveLength(states - state);
    }
  });

  test.each(maskKinds)("in one layer reaches exactly the states that see j: %s", (kind) => {
    const one = { ...config, layers: 1 };
    const options = { attention: only(kind) };
    const before = run(ids, options, one);
    for (let key = 0; key < states; key++) {
      const sees = (query: number) => {
        if (query < key) return false;
        return key < text || attends(kind, query - text, key - text, config);
      };
      const expected = Array.from({ length: states }, (_, state) => state).filter(sees);
      expect(changed(before, run(change(key), options, one))).toEqual(expected);
    }
  });
});

test("sparse and dense attention give the same states (relative error ≤ 1e-5)", () => {
  const sparse = run(ids).flatMap((row) => [...row]);
  const dense = run(ids, { attention: denseAttention }).flatMap((row) => [...row]);
  expect(relativeError(sparse, dense)).toBeLessThanOrEqual(1e-5);
});

test("bf16 inside the blocks stays within three percent of fp32", () => {
  const exact = run(ids).flatMap((row) => [...row]);
  const rounded = run(ids, { precision: "bf16" }).flatMap((row) => [...row]);
  expect(relativeError(rounded, exact)).toBeLessThan(0.03);
  expect(relativeError(rounded, exact)).toBeGreaterThan(1e-4);
});

test("streams of a batch do not meet (relative error ≤ 1e-6)", () => {
  const other = ids.map((id) => (id * 3 + 1) % idCount);
  const together = noGradient(() =>
    tidy(() => {
      const tree = torchTree(parameters);
      return transformer(
        tree,
        config,
        matrix([ids, other]),
        matrix([positions, positions]),
      ).toArray();
    }),
  ) as Float32Array;
  const alone = [...run(ids), ...run(other)].flatMap((row) => [...row]);
  expect(relativeError(together, alone)).toBeLessThanOrEqual(1e-6);
});

describe("parameters", () => {
  const configs: [string, TransformerConfig][] = [
    ["eight layers", config],
    ["one layer, heads narrower than the width", { ...config, layers: 1, heads: 3, headSize: 4 }],
  ];

  test.each(configs)("both losses together use every parameter that is declared: %s", (_, of) => {
    const specs = transformerSpecs(of);
    tidy(() => {
      const tree: ParameterTree<TorchTensor> = torchTree(loudParameters(specs, 3));
      const leaves = specs.map(({ name }) => requireGradient(tree.get(name)));
      const out = transformer(tree, of, matrix([ids]), matrix([positions]));
      const texts = textLogits(tree, of, out);
      const images = imageLogits(tree, of, out);
      expect(texts.shape).toEqual([1, text, of.textVocabulary + 1]);
      expect(images.shape).toEqual([1, states - text, of.imageCodes]);
      const total = texts
        .mul(texts)
        .sum([0, 1, 2])
        .add(images.mul(images).sum([0, 1, 2]));
      const found = gradients(total, leaves);
      expect(specs.filter((_, index) => !found[index]).map(({ name }) => name)).toEqual([]);
    });
  });

  test("names are different, and a missing one is named", () => {
    const names = transformerSpecs(config).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const rest = parameters.filter(({ name }) => name !== "layers.3.feed_forward.expand.bias");
    expect(() =>
      tidy(() => transformer(torchTree(rest), config, matrix([ids]), matrix([positions]))),
    ).toThrow(/no parameter "layers\.3\.feed_forward\.expand\.bias"/);
  });

  test("the paper's model has 12 billion: 12 · 64 · 3968² in the layers", () => {
    const specs = transformerSpecs(paperTransformer);
    const inLayers = specs.filter(
      ({ name, shape }) => name.startsWith("layers.") && shape.length === 2,
    );
    expect(parameterCount(inLayers)).toBe(12 * 64 * 3968 ** 2);
    // With gains, biases, 25,154 vectors of tokens and positions, and the two heads.
    expect(parameterCount(specs)).toBe(12_292_844_929);
  });

  test("residual outputs start smaller by √(2 · layers)", () => {
    const init = (name: string) =>
      transformerSpecs(paperTransformer).find((each) => each.name === name)?.init;
    expect(init("layers.0.attention.query_key_value.weight")).toEqual({ normal: 0.02 });
    expect(init("layers.0.attention.output.weight")).toEqual({ normal: 0.02 / Math.sqrt(128) });
    expect(init("layers.9.feed_forward.contract.weight")).toEqual({
      normal: 0.02 / Math.sqrt(128),
    });
    expect(init("layers.9.attention.norm.weight")).toEqual({ fill: 1 });
  });
});

describe("checkTransformerConfig", () => {
  test.each(Object.keys(config))("refuses a %s that is not a count, by name", (field) => {
    for (const value of [0, -2, 2.5, Number.NaN]) {
      expect(() => checkTransformerConfig({ ...config, [field]: value })).toThrow(
        new RegExp(`^transformer\\.${field}: expected an integer ≥ 1, got ${value}$`),
      );
    }
  });

  test("refuses an even kernel and a stream without room for a caption", () => {
    expect(() => checkTransformerConfig({ ...config, convolutionKernel: 4 })).toThrow(
      /^transformer\.convolutionKernel: expected an odd integer, got 4/,
    );
    expect(() => checkTransformerConfig({ ...config, textStates: 1 })).toThrow(
      /^transformer\.textStates/,
    );
  });

  test("accepts the paper's", () => {
    expect(checkTransformerConfig(paperTransformer)).toBe(paperTransformer);
  });
});
