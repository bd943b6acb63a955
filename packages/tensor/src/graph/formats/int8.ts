/**
 * @file Linear layers in 8 bits, in one node. ONNX Runtime quantises the activations as it goes, with one scale for
 * the whole tensor, so a result depends a little on what else is in the batch; `int8-rows` does not.
 */
import type { LinearFormat } from "./formats.js";
import { storeInt8 } from "./int8-weight.js";

export const linearInt8: LinearFormat = (input, weight, bias) => {
  const { codes, scales } = storeInt8(input.graph, weight);
  return input.graph.emit(
    "DynamicQuantizeMatMul",
    [input, codes, scales, undefined, bias],
    [...input.axes.slice(0, -1), weight.shape[0]!],
    "f32",
    {},
    "com.microsoft",
  );
};
