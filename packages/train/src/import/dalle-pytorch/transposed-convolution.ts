/**
 * @file A transposed convolution of 4 × 4, stride 2 and padding 1, as a convolution of 3 × 3 that gives the squares of
 * 2 × 2 pixels of each channel: a pixel gets something of its own cell and of the one next to it on its side, alike for
 * rows and columns.
 */
import type { ParameterSpec } from "@dalle-ts/tensor";
import type { GraphParameter } from "../../export/record.js";
import type { Weights } from "../weights.js";

/** The kernel's entry for a pixel, first or second of its square, from the cell before, its own, and the one after. */
const entries = [
  [3, 1, undefined],
  [undefined, 2, 0],
] as const;

/**
 * spec: weight [4 · O, I, 3, 3] or bias [4 · O] of the convolution; source: weight [I, O, 4, 4] or bias [O] of the
 * transposed one.
 */
export function transposedConvolution(
  weights: Weights,
  spec: ParameterSpec,
  source: string,
): GraphParameter {
  const [outputs, inputs] = [spec.shape[0]! / 4, spec.shape[1]];
  if (inputs === undefined) {
    const bias = weights.parameter({ ...spec, shape: [outputs] }, source);
    return {
      ...spec,
      data: async () => {
        const values = await bias.data();
        return Float32Array.from({ length: 4 * outputs }, (_, index) => values[index >> 2]!);
      },
    };
  }
  const weight = weights.parameter({ ...spec, shape: [inputs, outputs, 4, 4] }, source);
  return {
    ...spec,
    data: async () => squaresOf(await weight.data(), inputs, outputs),
  };
}

function squaresOf(weight: Float32Array, inputs: number, outputs: number): Float32Array {
  const result = new Float32Array(4 * outputs * inputs * 9);
  let index = 0;
  for (let output = 0; output < outputs; output++)
    for (const rows of entries)
      for (const columns of entries)
        for (let input = 0; input < inputs; input++)
          for (const row of rows)
            for (const column of columns) {
              if (row !== undefined && column !== undefined)
                result[index] = weight[((input * outputs + output) * 4 + row) * 4 + column]!;
              index++;
            }
  return result;
}
