/** @file Operators that look along whole axes: sums, means, argmax, softmax, layer normalisation. */
import { badOption } from "../../errors.js";
import { axisIndex, mayEqual } from "../axes.js";
import type { GraphTensor } from "../graph-tensor.js";
import { requireFloat, shapeError } from "../shape-error.js";

export function reduce(
  operator: string,
  onnxName: string,
  tensor: GraphTensor,
  axes: readonly number[],
  keepDims: boolean,
): GraphTensor {
  const indices = axes.map((axis) => axisIndex(operator, axis, tensor.axes.length));
  const reduced = new Set(indices);
  if (reduced.size === 0 || reduced.size < indices.length)
    throw badOption(`${operator} axes`, "one or more different axes", `[${axes}]`);
  if (tensor.dtype === "bool") throw shapeError(operator, [tensor], "cast to a number type first");
  const kept = tensor.axes.flatMap((size, index) => {
    if (!reduced.has(index)) return [size];
    return keepDims ? [1] : [];
  });
  const operand = tensor.graph.constant(
    BigInt64Array.from(indices, BigInt),
    [indices.length],
    "i64",
  );
  return tensor.graph.emit(onnxName, [tensor, operand], kept, tensor.dtype, {
    keepdims: { int: keepDims ? 1 : 0 },
  });
}

export function mean(tensor: GraphTensor, axes: readonly number[], keepDims: boolean): GraphTensor {
  requireFloat("mean", tensor);
  return reduce("mean", "ReduceMean", tensor, axes, keepDims);
}

export function argmax(tensor: GraphTensor, axis: number): GraphTensor {
  const index = axisIndex("argmax", axis, tensor.axes.length);
  return tensor.graph.emit("ArgMax", [tensor], tensor.axes.toSpliced(index, 1), "i64", {
    axis: { int: index },
    keepdims: { int: 0 },
  });
}

export function softmax(
  operator: string,
  onnxName: string,
  tensor: GraphTensor,
  axis: number,
): GraphTensor {
  requireFloat(operator, tensor);
  const index = axisIndex(operator, axis, tensor.axes.length);
  return tensor.graph.emit(onnxName, [tensor], tensor.axes, tensor.dtype, { axis: { int: index } });
}

export function layerNorm(
  tensor: GraphTensor,
  weight: GraphTensor,
  bias: GraphTensor,
  epsilon: number,
): GraphTensor {
  requireFloat("layerNorm", tensor);
  const width = tensor.axes.at(-1);
  for (const operand of [weight, bias]) {
    const fits =
      width !== undefined && operand.axes.length === 1 && mayEqual(operand.axes[0]!, width);
    if (!fits || operand.dtype !== tensor.dtype) {
      const rule = `weight and bias must be ${tensor.dtype} [${width ?? "width"}]`;
      throw shapeError("layerNorm", [tensor, weight, bias], rule);
    }
  }
  return tensor.graph.emit(
    "LayerNormalization",
    [tensor, weight, bias],
    tensor.axes,
    tensor.dtype,
    { axis: { int: -1 }, epsilon: { float: epsilon } },
  );
}
