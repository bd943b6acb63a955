/** @file The two residual blocks against their formulas in double precision [SPEC §2.1]; relative error at most 1e-5. */
import { noGradient, tensor, tidy } from "@dalle-ts/torch";
import { expect, test } from "vitest";
import { causalAttention } from "../src/attention.js";
import { attentionBlock, feedForwardBlock, residualSpecs } from "../src/residual-blocks.js";
import { loudParameters, normalArray, relativeError, torchTree } from "./tiny.js";

const width = 6;
const shape = { heads: 2, headSize: 4 };
const states = 3;
const parameters = loudParameters(residualSpecs(1, width, shape), 3);
const input = normalArray(states * width, 4, 2);

type Rows = number[][];

const of = (name: string) => [
  ...parameters.find((parameter) => parameter.name === `layers.0.${name}`)!.data,
];
const rows = Array.from({ length: states }, (_, state) => [
  ...input.slice(state * width, (state + 1) * width),
]);
const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, index) => sum + value * b[index]!, 0);

function linear(name: string, x: Rows): Rows {
  const [weight, bias] = [of(`${name}.weight`), of(`${name}.bias`)];
  return x.map((row) => bias.map((start, out) => start + dot(row, weight.slice(out * row.length))));
}

function norm(name: string, x: Rows): Rows {
  const [gain, bias] = [of(`${name}.weight`), of(`${name}.bias`)];
  return x.map((row) => {
    const mean = row.reduce((a, b) => a + b) / row.length;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
    return row.map((v, i) => ((v - mean) / Math.sqrt(variance + 1e-5)) * gain[i]! + bias[i]!);
  });
}

const run = (compute: (x: ReturnType<typeof tensor>) => ReturnType<typeof tensor>) =>
  noGradient(() =>
    tidy(() => compute(tensor(input, [1, states, width], "f32")).toArray()),
  ) as Float32Array;
const branch = (name: string) => torchTree(parameters).at(`layers.0.${name}`);

test("attention: norm first, scores divided by √(head size), queries, then keys, then values in one matrix", () => {
  const { heads, headSize } = shape;
  const together = linear("attention.query_key_value", norm("attention.norm", rows));
  const part = (state: number, kind: number, head: number) => {
    const start = (kind * heads + head) * headSize;
    return together[state]!.slice(start, start + headSize);
  };
  const mixed = rows.map((_, state) =>
    Array.from({ length: heads }, (_, head) => {
      const seen = Array.from({ length: state + 1 }, (_, key) => key);
      const weights = seen.map((key) =>
        Math.exp(dot(part(state, 0, head), part(key, 1, head)) / Math.sqrt(headSize)),
      );
      const total = weights.reduce((a, b) => a + b);
      return Array.from({ length: headSize }, (_, at) =>
        seen.reduce((sum, key) => sum + (weights[key]! / total) * part(key, 2, head)[at]!, 0),
      );
    }).flat(),
  );
  const expected = linear("attention.output", mixed).flat();
  const found = run((x) => attentionBlock(branch("attention"), shape, x, "f32", causalAttention));
  expect(relativeError(found, expected)).toBeLessThanOrEqual(1e-5);
});

test("feed-forward: norm first, four times the width, x · σ(1.702 x)", () => {
  const inner = linear("feed_forward.expand", norm("feed_forward.norm", rows));
  expect(inner[0]).toHaveLength(4 * width);
  const active = inner.map((row) => row.map((value) => value / (1 + Math.exp(-1.702 * value))));
  const expected = linear("feed_forward.contract", active).flat();
  const found = run((x) => feedForwardBlock(branch("feed_forward"), x, "f32"));
  expect(relativeError(found, expected)).toBeLessThanOrEqual(1e-5);
});
