/**
 * @file Linear layers in 8 bits with one activation scale per row: bit for bit the same result whatever else is in
 * the batch, which `int8` cannot promise, for six more small nodes.
 */
import type { LinearFormat } from "./formats.js";
import { largestCode, storeInt8 } from "./int8-weight.js";

/** ONNX Runtime's fast kernels take unsigned activations; this code stands for 0. */
const zeroCode = 128;

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
