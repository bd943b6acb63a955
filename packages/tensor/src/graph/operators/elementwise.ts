/** @file Element-wise operators as ONNX nodes: each result depends on one element of each operand, after broadcasting. */

import { isFloat, onnxTypes, scalarData } from "../../element-types.js";
import { badOption } from "../../errors.js";
import type { DType } from "../../tensor.js";
import { broadcastAxes } from "../axes.js";
import type { GraphTensor } from "../graph-tensor.js";
import { requireFloat, shapeError } from "../shape-error.js";

/** The factor of the sigmoid approximation of GELU (SPEC §2.1). */
const quickGeluFactor = 1.702;

export function cast(tensor: GraphTensor, dtype: DType): GraphTensor {
  if (tensor.dtype === dtype) return tensor;
  return tensor.graph.emit("Cast", [tensor], tensor.axes, dtype, {
    to: { int: onnxTypes[dtype] },
  });
}

export function binary(
  operator: string,
  onnxName: string,
  left: GraphTensor,
  other: GraphTensor | number,
): GraphTensor {
  const right = typeof other === "number" ? scalar(operator, left, other) : other;
  const axes = broadcastAxes(left.axes, right.axes);
  if (!axes)
    throw shapeError(operator, [left, right], "aligned at the last axis, sizes must be equal or 1");
  if (left.dtype !== right.dtype || left.dtype === "bool")
    throw shapeError(operator, [left, right], "cast both to one number type first");
  return left.graph.emit(onnxName, [left, right], axes, left.dtype);
}

/** Division of floats: what integers should do, the engines disagree on. */
export function div(left: GraphTensor, other: GraphTensor | number): GraphTensor {
  requireFloat("div", left);
  return binary("div", "Div", left, other);
}

export function unary(operator: string, onnxName: string, tensor: GraphTensor): GraphTensor {
  requireFloat(operator, tensor);
  return tensor.graph.emit(onnxName, [tensor], tensor.axes, tensor.dtype);
}

export function quickGelu(tensor: GraphTensor): GraphTensor {
  return timesSigmoid("quickGelu", tensor, quickGeluFactor);
}

export function silu(tensor: GraphTensor): GraphTensor {
  return timesSigmoid("silu", tensor, 1);
}

/** x · σ(factor · x), for which ONNX Runtime has one kernel. */
function timesSigmoid(operator: string, tensor: GraphTensor, factor: number): GraphTensor {
  requireFloat(operator, tensor);
  const { graph, axes, dtype } = tensor;
  if (dtype !== "f32") return tensor.mul(tensor.mul(factor).sigmoid());
  const attributes = { alpha: { float: factor } };
  return graph.emit("QuickGelu", [tensor], axes, dtype, attributes, "com.microsoft");
}

export function gelu(tensor: GraphTensor): GraphTensor {
  requireFloat("gelu", tensor);
  const { graph, axes, dtype } = tensor;
  if (dtype !== "f32") return tensor.cast("f32").gelu().cast(dtype);
  return graph.emit("Gelu", [tensor], axes, dtype, {}, "com.microsoft");
}

export function lessThan(tensor: GraphTensor, limit: number): GraphTensor {
  const right = scalar("lessThan", tensor, limit);
  return tensor.graph.emit("Less", [tensor, right], tensor.axes, "bool");
}

export function choose(condition: GraphTensor, yes: GraphTensor, no: GraphTensor): GraphTensor {
  const operands = [condition, yes, no];
  if (condition.dtype !== "bool" || yes.dtype !== no.dtype)
    throw shapeError("choose", operands, "it needs a bool and two tensors of one type");
  const values = broadcastAxes(yes.axes, no.axes);
  const axes = values && broadcastAxes(condition.axes, values);
  if (!axes)
    throw shapeError("choose", operands, "aligned at the last axis, sizes must be equal or 1");
  return condition.graph.emit("Where", operands, axes, yes.dtype);
}

/** `value` as a constant of the type of `tensor`. */
function scalar(operator: string, tensor: GraphTensor, value: number): GraphTensor {
  const { graph, dtype } = tensor;
  const data = scalarData(value, dtype);
  if (data) return graph.constant(data, [], dtype);
  if (isFloat(dtype)) return graph.constant(Float32Array.of(value), [], "f32").cast(dtype);
  throw badOption(`${operator} operand`, `a number that ${dtype} can hold`, value);
}
