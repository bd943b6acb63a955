/**
 * @file One suite for every engine: each operator of the Tensor interface, on the same inputs, must give what the
 * reference gives. Tolerance in fp32: L2 norm of the difference ≤ 1e-5 of the L2 norm of the reference.
 */
import { describe, expect, test } from "vitest";
import type { Engine, HostTensor } from "./operators/case.js";
import { operatorCases } from "./operators/cases.js";
import { onnxRuntime, reference, torch, whyNoTorch } from "./operators/engines.js";

const largestError = 1e-5;

function relativeError(found: HostTensor, expected: HostTensor): number {
  let difference = 0;
  let norm = 0;
  const values = Array.from(found.data, Number);
  for (const [index, value] of Array.from(expected.data, Number).entries()) {
    difference += (values[index]! - value) ** 2;
    norm += value ** 2;
  }
  return Math.sqrt(difference / (norm || 1));
}

function testEngine(engine: Engine, skip?: string): void {
  describe(engine.name, () => {
    if (skip) console.warn(`The suite leaves ${engine.name} out: ${skip}.`);
    for (const operatorCase of operatorCases) {
      test.skipIf(skip)(operatorCase.name, async () => {
        const expected = await reference.run(operatorCase);
        const found = await engine.run(operatorCase);
        expect(found.shape).toEqual(expected.shape);
        expect(found.dtype).toBe(expected.dtype);
        expect(relativeError(found, expected)).toBeLessThanOrEqual(largestError);
      });
    }
  });
}

testEngine(onnxRuntime);
testEngine(torch, whyNoTorch());
