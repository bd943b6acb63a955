/** @file A weight in 8 bits: symmetric, one scale per output, transposed as ONNX multiplies. */
import { bytesOf } from "../../element-types.js";
import type { Graph } from "../graph.js";
import type { GraphTensor } from "../graph-tensor.js";
import type { Parameter } from "../record.js";

/** Codes lie in [−127, 127]: with −128 left out, the scale is the same on both sides of zero. */
export const largestCode = 127;

export interface Int8Weight {
  /** [inputs, outputs] */
  readonly codes: GraphTensor;
  /** [outputs]: what one step of a code is worth. */
  readonly scales: GraphTensor;
}

/** weight: [outputs, inputs]. Stored once, however often it is used. */
export function storeInt8(graph: Graph, weight: Parameter): Int8Weight {
  const [outputs, inputs] = weight.shape as [number, number];
  const codes = graph.store({
    name: `${weight.name}.int8`,
    type: "i8",
    shape: [inputs, outputs],
    read: async () => {
      const data = await weight.load();
      return bytesOf(quantize(data, scalesOf(data, outputs, inputs), inputs));
    },
  });
  const scales = graph.store({
    name: `${weight.name}.int8_scales`,
    type: "f32",
    shape: [outputs],
    read: async () => bytesOf(scalesOf(await weight.load(), outputs, inputs)),
  });
  return { codes, scales };
}

/** One scale for each row of `weight`, [outputs, inputs]; 1 where the row is zero. */
function scalesOf(weight: Float32Array, outputs: number, inputs: number): Float32Array {
  return Float32Array.from({ length: outputs }, (_, row) => {
    let largest = 0;
    for (let index = row * inputs; index < (row + 1) * inputs; index++)
      largest = Math.max(largest, Math.abs(weight[index]!));
    return largest / largestCode || 1;
  });
}

/** Codes of `weight`, [outputs, inputs], transposed to [inputs, outputs]. */
function quantize(weight: Float32Array, scales: Float32Array, inputs: number): Int8Array {
  const outputs = scales.length;
  const codes = new Int8Array(weight.length);
  for (let row = 0; row < outputs; row++) {
    for (let column = 0; column < inputs; column++)
      codes[column * outputs + row] = Math.round(weight[row * inputs + column]! / scales[row]!);
  }
  return codes;
}
