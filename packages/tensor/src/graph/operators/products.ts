/** @file Matrix products, linear layers and table look-up as ONNX nodes. */
import { type Axis, broadcastAxes, mayEqual } from "../axes.js";
import { linearFormats } from "../formats/formats.js";
import { narrowLookup } from "../formats/tables.js";
import type { GraphTensor } from "../graph-tensor.js";
import { requireFloat, requireRank, shapeError } from "../shape-error.js";

export function matmul(
  left: GraphTensor,
  right: GraphTensor,
  transposeOther: boolean,
): GraphTensor {
  requireFloat("matmul", left);
  const operands = [left, right];
  if (left.dtype !== right.dtype)
    throw shapeError("matmul", operands, "cast both to one type first");
  if (left.axes.length < 2 || right.axes.length < 2)
    throw shapeError("matmul", operands, "both need rank 2 or more");
  const [inner, columns] = transposeOther ? [-1, -2] : [-2, -1];
  if (!mayEqual(left.axes.at(-1)!, right.axes.at(inner)!))
    throw shapeError(
      "matmul",
      operands,
      `the inner sizes ${left.axes.at(-1)} and ${right.axes.at(inner)} must be equal`,
    );
  const batch = broadcastAxes(left.axes.slice(0, -2), right.axes.slice(0, -2));
  if (!batch) throw shapeError("matmul", operands, "the leading axes must be equal or 1");
  const axes: Axis[] = [...batch, left.axes.at(-2)!, right.axes.at(columns)!];
  if (!transposeOther) return left.graph.emit("MatMul", operands, axes, left.dtype);
  if (left.dtype !== "f32") return matmul(left, swapLastAxes(right), false);
  // ONNX Runtime's kernel reads the second operand in place, so a key cache needs no transpose.
  const attributes = { transB: { int: 1 } };
  return left.graph.emit("FusedMatMul", operands, axes, left.dtype, attributes, "com.microsoft");
}

export function linear(input: GraphTensor, weight: GraphTensor, bias?: GraphTensor): GraphTensor {
  requireFloat("linear", input);
  requireRank("linear weight", weight, 2, "[outputs, inputs]");
  const [outputs, inputs] = weight.axes as [Axis, Axis];
  if (input.axes.length === 0 || !mayEqual(input.axes.at(-1)!, inputs))
    throw shapeError(
      "linear",
      [input, weight],
      `the last axis must have the weight's ${inputs} inputs`,
    );
  if (bias && (bias.axes.length !== 1 || !mayEqual(bias.axes[0]!, outputs)))
    throw shapeError("linear", [input, weight, bias], `the bias must be [${outputs}]`);
  const { parameter } = weight;
  if (!parameter || input.dtype !== "f32") {
    const product = matmul(input, swapLastAxes(weight), false);
    return bias ? product.add(bias) : product;
  }
  const format = linearFormats[input.graph.weightFormat(parameter.name, parameter.shape)];
  return format(input, parameter, bias);
}

export function lookup(table: GraphTensor, ids: GraphTensor): GraphTensor {
  requireRank("lookup", table, 2, "[rows, width]");
  if (ids.dtype !== "i64") throw shapeError("lookup", [table, ids], "ids must be i64");
  const narrowed = table.parameter && narrowLookup(table.parameter, ids);
  if (narrowed) return narrowed;
  return table.graph.emit("Gather", [table, ids], [...ids.axes, table.axes[1]!], table.dtype);
}

function swapLastAxes(tensor: GraphTensor): GraphTensor {
  const rank = tensor.axes.length;
  const order = tensor.axes.map((_, index) => index);
  return tensor.permute([...order.slice(0, rank - 2), rank - 1, rank - 2]);
}
