/** @file A deeper transformer begins by computing what the shallower one computed. */
import { transformerSpecs } from "@dalle-ts/models";
import type { TorchTensor } from "@dalle-ts/torch";
import { expect, test } from "vitest";
import {
  loudParameters,
  relativeError,
  tinyTransformer,
  torchParameters,
} from "../../../models/test/tiny.js";
import { canDeepen, deepen } from "../../src/transformer/deepen.js";
import { statesOf } from "./states-of.js";

const config = tinyTransformer;

test.each([
  [8, 12],
  [5, 9],
  [8, 16],
  [12, 16],
])("%d layers grow to %d and compute the same", (from, to) => {
  const shallow = { ...config, layers: from };
  const deep = { ...config, layers: to };
  const parameters = torchParameters(loudParameters(transformerSpecs(shallow), 3));
  const deeper = deepen(parameters, from, deep);
  expect([...deeper.keys()]).toEqual(transformerSpecs(deep).map(({ name }) => name));
  const before = statesOf(parameters, shallow);
  expect(relativeError(statesOf(deeper, deep), before)).toBeLessThan(1e-6);
  // Not for want of anything in the new layers: their residual outputs alone are zero.
  const added = `layers.${4 * Math.ceil(from / 8)}`;
  expect(norm(deeper.get(`${added}.attention.query_key_value.weight`)!)).toBeGreaterThan(0.1);
  expect(norm(deeper.get(`${added}.feed_forward.expand.weight`)!)).toBeGreaterThan(0.1);
  expect(norm(deeper.get(`${added}.attention.output.weight`)!)).toBe(0);
  expect(norm(deeper.get(`${added}.feed_forward.contract.weight`)!)).toBe(0);
  expect(norm(deeper.get(`${added}.feed_forward.contract.bias`)!)).toBe(0);
});

test("layers are added where each of the old ones keeps its mask", () => {
  expect(canDeepen(8, 12)).toBe(true);
  expect(canDeepen(8, 10)).toBe(false);
  expect(canDeepen(8, 8)).toBe(false);
  expect(canDeepen(12, 8)).toBe(false);
  expect(canDeepen(4, 8)).toBe(false); // the first four would be behind the last one's mask
});

function norm(x: TorchTensor): number {
  return Math.hypot(...(x.toArray() as Float32Array));
}
