/** @file Layers that add nothing can be left out; the others compute what they did. */
import { transformerSpecs } from "@dalle-ts/models";
import { expect, test } from "vitest";
import {
  loudParameters,
  relativeError,
  tinyTransformer,
  torchParameters,
} from "../../../models/test/tiny.js";
import { deepen } from "../../src/transformer/deepen.js";
import { withoutLayers } from "../../src/transformer/without-layers.js";
import { statesOf } from "./states-of.js";

const shallow = { ...tinyTransformer, layers: 8 };
const deep = { ...tinyTransformer, layers: 12 };
const parameters = torchParameters(loudParameters(transformerSpecs(shallow), 5));
const deeper = { config: deep, parameters: deepen(parameters, 8, deep), hash: "kept" };

test("without what was added, a deepened model is the one it was", () => {
  const found = withoutLayers(deeper, new Set([5, 6, 7, 8]));
  expect(found.config).toEqual(shallow);
  expect(found.hash).toBe("kept");
  expect([...found.parameters.keys()]).toEqual([...parameters.keys()]);
  expect(
    relativeError(statesOf(found.parameters, found.config), statesOf(parameters, shallow)),
  ).toBe(0);
});

test("without none it is as it is", () => {
  const found = withoutLayers(deeper, new Set());
  expect(found.config).toEqual(deep);
  expect([...found.parameters]).toEqual([...deeper.parameters]);
});

test("what taught layers do not stand is refused", () => {
  const left = (...layers: number[]) => withoutLayers(deeper, new Set(layers));
  expect(() => left(13)).toThrow(
    "withoutLayers: expected layers from 1 to 12, which it has, got 13",
  );
  expect(() => left(0)).toThrow("expected layers from 1 to 12");
  const masks =
    "withoutLayers: expected layers without which each other one keeps its mask, such as 4 in a row of them before the last, got";
  expect(() => left(5)).toThrow(`${masks} [5]`); // the sixth, of columns, would come to a place of rows
  expect(() => left(9, 10, 11, 12)).toThrow(`${masks} [9,10,11,12]`); // the eighth would be the last
  expect(() => left(...Array.from({ length: 12 }, (_, index) => index + 1))).toThrow(masks);
});
