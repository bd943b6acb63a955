/** @file A deeper transformer begins by computing what the shallower one computed. */
import { transformer, transformerSpecs } from "@dalle-ts/models";
import { noGradient, seedGenerator, type TorchTensor, tensor } from "@dalle-ts/torch";
import { expect, test } from "vitest";
import { relativeError, tinyTransformer } from "../../../models/test/tiny.js";
import { initialiseParameters, treeOf } from "../../src/parameters.js";
import { canDeepen, deepen } from "../../src/transformer/deepen.js";

const config = tinyTransformer;
const states = config.textStates + config.gridRows * config.gridColumns;
seedGenerator(3);

test.each([
  [8, 12],
  [5, 9],
  [8, 16],
  [12, 16],
])("%d layers grow to %d and compute the same", (from, to) => {
  const shallow = { ...config, layers: from };
  const deep = { ...config, layers: to };
  const parameters = initialiseParameters(transformerSpecs(shallow), "cpu");
  const deeper = deepen(parameters, from, deep);
  expect([...deeper.keys()]).toEqual(transformerSpecs(deep).map(({ name }) => name));
  const before = outputs(parameters, shallow);
  expect(relativeError(outputs(deeper, deep), before)).toBeLessThan(1e-6);
  // Not for want of anything in the new layers: their residual outputs alone are zero.
  const added = `layers.${4 * Math.ceil(from / 8)}`;
  expect(norm(deeper.get(`${added}.attention.query_key_value.weight`)!)).toBeGreaterThan(0.1);
  expect(norm(deeper.get(`${added}.feed_forward.expand.weight`)!)).toBeGreaterThan(0.1);
  expect(norm(deeper.get(`${added}.attention.output.weight`)!)).toBe(0);
  expect(norm(deeper.get(`${added}.feed_forward.contract.weight`)!)).toBe(0);
});

test("layers are added where each of the old ones keeps its mask", () => {
  expect(canDeepen(8, 12)).toBe(true);
  expect(canDeepen(8, 10)).toBe(false);
  expect(canDeepen(8, 8)).toBe(false);
  expect(canDeepen(12, 8)).toBe(false);
  expect(canDeepen(4, 8)).toBe(false); // the first four would be behind the last one's mask
});

function outputs(parameters: ReturnType<typeof initialiseParameters>, of: typeof config) {
  const some = (ids: number[]) => tensor(BigInt64Array.from(ids, BigInt), [1, states], "i64");
  const places = Array.from({ length: states }, (_, index) => index);
  return noGradient(
    () =>
      transformer(
        treeOf(parameters),
        of,
        some(places.map((place) => (place * 7) % 11)),
        some(places),
      ).toArray() as Float32Array,
  );
}

function norm(x: TorchTensor): number {
  return Math.hypot(...(x.toArray() as Float32Array));
}
