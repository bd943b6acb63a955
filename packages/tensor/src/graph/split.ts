/** @file The inverse of `concat`, for parts whose sizes may be unknown until run time, such as a growing cache. */
import type { Tensor } from "../tensor.js";
import { addAxes, axisIndex } from "./axes.js";
import { GraphTensor } from "./graph-tensor.js";
import { shapeError } from "./shape-error.js";

/**
 * Cuts `whole` along `axis` into pieces with the sizes that `parts` have along `partAxis`:
 * `splitLike(a.concat([b], 1), 1, [a, b])` has the entries of a and b. Works on every engine.
 */
export function splitLike<T extends Tensor<T>>(
  whole: T,
  axis: number,
  parts: readonly T[],
  partAxis: number = axis,
): T[] {
  if (whole instanceof GraphTensor)
    return splitRecorded(
      whole,
      axis,
      parts as readonly unknown[] as GraphTensor[],
      partAxis,
    ) as unknown[] as T[];
  let start = 0;
  return parts.map((part) => {
    const end = start + part.shape.at(partAxis)!;
    const piece = whole.slice(axis, start, end);
    start = end;
    return piece;
  });
}

/** One Split node; where all sizes are named or known, the operand that lists them is shared by the whole graph. */
function splitRecorded(
  whole: GraphTensor,
  axis: number,
  parts: readonly GraphTensor[],
  partAxis: number,
): GraphTensor[] {
  const { graph } = whole;
  const index = axisIndex("splitLike", axis, whole.axes.length);
  const places = parts.map((part) => axisIndex("splitLike", partAxis, part.axes.length));
  const sizes = parts.map((part, at) => part.axes[places[at]!]!);
  const total = addAxes(sizes);
  if (
    typeof total === "number" &&
    typeof whole.axes[index] === "number" &&
    total !== whole.axes[index]
  )
    throw shapeError("splitLike", [whole, ...parts], `the parts must fill axis ${axis}`);
  if (parts.length === 1) return [whole];
  const operand = sizes.every((size) => typeof size === "number")
    ? graph.constant(BigInt64Array.from(sizes, BigInt), [sizes.length], "i64")
    : graph.join(parts.map((part, at) => graph.sizeOf(part, places[at]!)));
  const results = sizes.map((size) => whole.axes.with(index, size));
  return graph.emitMany("Split", [whole, operand], results, whole.dtype, { axis: { int: index } });
}
