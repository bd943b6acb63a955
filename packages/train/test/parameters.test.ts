/** @file Fresh parameters are drawn as their list says. */
import { seedGenerator } from "@dalle-ts/torch";
import { expect, test } from "vitest";
import { initialiseParameters } from "../src/parameters.js";

const specs = [
  { name: "weight", shape: [200, 200], init: { normal: 0.05 } },
  { name: "gain", shape: [3], init: { fill: 1 } },
];
const drawn = (seed: number) => {
  seedGenerator(seed);
  const parameters = initialiseParameters(specs, "cpu");
  return [...parameters.values()].map((each) => each.toArray() as Float32Array);
};

test("normal numbers have mean 0 and the deviation that is named, and a seed draws the same again", () => {
  const [weight, gain] = drawn(2) as [Float32Array, Float32Array];
  const mean = weight.reduce((a, b) => a + b) / weight.length;
  const deviation = Math.sqrt(weight.reduce((sum, x) => sum + x * x, 0) / weight.length);
  // 40,000 draws know the mean to 1/200 of a deviation, and the deviation to 1/283 of itself: four of each.
  expect(Math.abs(mean)).toBeLessThan((4 / 200) * 0.05);
  expect(Math.abs(deviation / 0.05 - 1)).toBeLessThan(4 / 283);
  expect([...gain]).toEqual([1, 1, 1]);
  expect(drawn(2)).toEqual([weight, gain]);
  expect(drawn(3)[0]).not.toEqual(weight);
});
