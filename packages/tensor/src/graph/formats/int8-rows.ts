/**
 * @file Linear layers in 8 bits with one scale for each output of the weight and each row of the activations: as fast in
 * WebAssembly as elsewhere, and bit for bit the same result whatever else is in the batch, for six more small nodes than
 * `int8`.
 */
import { bytesOf } from "../../element-types.js";
import type { Shape } from "../../tensor.js";
import type { Graph } from "../graph.js";
import type { GraphTensor } from "../graph-tensor.js";
import type { StoredReader } from "../graph-weights.js";
import type { Parameter } from "../record.js";
import type { LinearFormat } from "./formats.js";

/** ONNX Runtime's fast kernels take unsigned activations; this code stands for 0. */
const zeroCode = 128;

/** Codes lie in [−127, 127]: with −128 left out, the scale is the same on both sides of zero. */
const largestCode = 127;

export const linearInt8Rows: LinearFormat = (input, weight, bias) => {
  const { graph } = input;
  const { codes, scales } = storeInt8(graph, weight);
  const step = graph.constant(Float32Array.of(1 / largestCode), [], "f32");
  const zero = graph.constant(Uint8Array.of(zeroCode), [], "u8");
  const lastAxis = graph.constant(BigInt64Array.of(-1n), [1], "i64");
  const largest = graph.emit("ReduceMax", [input.abs(), lastAxis], input.axes.with(-1, 1), "f32");
  // A row of zeros becomes NaN here, then codes without meaning, and zeros again when `largest` scales it back.
  const rows = graph.emit("QuantizeLinear", [input.div(largest), step, zero], input.axes, "u8");
  const product = graph
    .emit(
      "MatMulIntegerToFloat",
      [rows, codes, step, scales, zero],
      input.axes.with(-1, weight.shape[0]!),
      "f32",
      {},
      "com.microsoft",
    )
    .mul(largest);
  return bias ? product.add(bias) : product;
};

const codesName = (weight: string) => `${weight}.int8`;
const scalesName = (weight: string) => `${weight}.int8_scales`;

/**
 * weight: [outputs, inputs]. codes: [inputs, outputs]; scales: [outputs], what one step of a code is worth. Stored
 * once, however often it is used.
 */
function storeInt8(
  graph: Graph,
  weight: Parameter,
): { readonly codes: GraphTensor; readonly scales: GraphTensor } {
  const [outputs, inputs] = weight.shape as [number, number];
  const codes = graph.store({
    name: codesName(weight.name),
    type: "i8",
    shape: [inputs, outputs],
    read: async () => {
      const data = await weight.load();
      return bytesOf(quantize(data, rowScales(data, weight.shape), inputs));
    },
  });
  const scales = graph.store({
    name: scalesName(weight.name),
    type: "f32",
    shape: [outputs],
    read: async () => bytesOf(rowScales(await weight.load(), weight.shape)),
  });
  return { codes, scales };
}

/** The weight [outputs, inputs] again, up to half a step of its codes; undefined where it is stored in another way. */
export async function restoreInt8Rows(
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

/** What one step of a code is worth in each row of `values`, [rows, columns]; 1 where the row is zero. */
export function rowScales(values: Float32Array, [rows, columns]: Shape): Float32Array {
  return Float32Array.from({ length: rows! }, (_, row) => {
    let largest = 0;
    for (let index = row * columns!; index < (row + 1) * columns!; index++)
      largest = Math.max(largest, Math.abs(values[index]!));
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
