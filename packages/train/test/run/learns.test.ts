/** @file Which parameters learn, and that a slip of the pen in their names is told. */
import { expect, test } from "vitest";
import { isLearnt, requireLearns } from "../../src/run/learns.js";

const specs = ["text.head.weight", "layers.0.norm.weight", "layers.0.norm.bias"].map((name) => ({
  name,
  shape: [2],
  init: { fill: 0 },
}));

test("those whose names begin so, or all", () => {
  expect(isLearnt({ learns: ["text.", "layers.1."] }, "text.head.weight")).toBe(true);
  expect(isLearnt({ learns: ["text.", "layers.1."] }, "layers.0.norm.bias")).toBe(false);
  expect(isLearnt({}, "layers.0.norm.bias")).toBe(true);
});

test("each beginning must be one, also beside others that are", () => {
  expect(() => requireLearns({}, specs)).not.toThrow();
  expect(() => requireLearns({ learns: ["text.head.", "layers.0"] }, specs)).not.toThrow();
  expect(() => requireLearns({ learns: ["text.head.", "layer.0."] }, specs)).toThrow(
    "learns: expected beginnings of parameters' names, of which the nearest are layers.0, ",
  );
  expect(() => requireLearns({ learns: [] }, specs)).toThrow("got none");
});
