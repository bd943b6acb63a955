/** @file A weight in 8 bits: symmetric, one scale per output, transposed as ONNX multiplies. */
import { bytesOf } from "../../element-types.js";
import type { Shape } from "../../tensor.js";
import type { Graph } from "../graph.js";
import type { GraphTensor } from "../graph-tensor.js";
import type { StoredReader } from "../graph-weights.js";
import type { Parameter } from "../record.js";

/** Codes lie in [−127, 127]: with −128 left out, the scale is the same on both sides of zero. */
export const largestCode = 127;

export interface Int8Weight {
  /** [inputs, outputs] */
  readonly codes: GraphTensor;
  /** [outputs]: what one step of a code is worth. */
  readonly scales: GraphTensor;
}

const codesName = (weight: string) => `${weight}.int8`;
const scalesName = (weight: string) => `${weight}.int8_scales`;

/** weight: [outputs, inputs]. Stored once, however often it is used. */
export function storeInt8(graph: Graph, weight: Parameter): Int8Weight {
  const [outputs, inputs] = weight.shape as [number, number];
  const codes = graph.store({
    name: codesName(weight.name),
    type: "i8",
    shape: [inputs, outputs],
    read: async () => {
      const data = await weight.load();
      return bytesOf(quantize(data, scalesOf(data, outputs, inputs), inputs));
    },
  });
  const scales = graph.store({
    name: scalesName(weight.name),
    type: "f32",
    shape: [outputs],
    read: async () => bytesOf(scalesOf(await weight.load(), outputs, inputs)),
  });
  return { codes, scales };
}

/** The weight [outputs, inputs] again, up to half a step of its codes; undefined where it is stored in another way. */
export async function restoreInt8(
  stored: StoredReader,
  weight: string,
  shape: Shape,
): Promise<Float32Array | undefined> {
  if (!stored.has(codesName(weight))) return undefined;
  const [outputs, inputs] = shape as [number, number];
  const codes = await stored.int8(codesName(weight), [inputs, outputs]);
  const scales = await stored.float32(scalesName(weight), [outputs]);
  const restored = new Float32Array(codes.length);
  for (let row = 0; row < outputs; row++) {
    for (let column = 0; column < inputs; column++)
      restored[row * inputs + column] = codes[column * outputs + row]! * scales[row]!;
  }
  return restored;
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
