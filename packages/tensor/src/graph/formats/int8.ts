/**
 * @file Linear layers with 8-bit weights: symmetric, one scale per output. ONNX Runtime quantises the activations
 * as it goes, with one scale for the whole tensor, and multiplies in integers (AMX, VNNI), bias included.
 */
import { bytesOf } from "../../element-types.js";
import type { LinearFormat } from "./formats.js";

/** Codes lie in [−127, 127]; −128 is left out so that negating a weight negates its code. */
const largestCode = 127;

export const linearInt8: LinearFormat = (input, weight, bias) => {
  const { graph } = input;
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
  return graph.emit(
    "DynamicQuantizeMatMul",
    [input, codes, scales, undefined, bias],
    [...input.axes.slice(0, -1), outputs],
    "f32",
    {},
    "com.microsoft",
  );
};

/** The value of one code step for each row of `weight`, [outputs, inputs]; 1 where the row is zero. */
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
