/**
 * @file reshape, where sizes may be unknown until run time. −1 is inferred; several −1 stand for this tensor's
 * unknown axes, in order, which is how `[n, l, 512].reshape([n, l, 8, 64])` reads when n and l are both unknown.
 */
import { badOption } from "../../errors.js";
import type { Shape } from "../../tensor.js";
import { type Axis, knownSize, showAxes, UNKNOWN } from "../axes.js";
import type { Graph } from "../graph.js";
import type { GraphTensor } from "../graph-tensor.js";
import { shapeError } from "../shape-error.js";

export function reshape(tensor: GraphTensor, shape: Shape): GraphTensor {
  for (const size of shape) {
    if (!Number.isInteger(size) || size < -1)
      throw badOption("reshape size", "an integer ≥ 0, or −1 to infer it", size);
  }
  const axes = resultAxes(tensor, shape);
  if (axes.length === tensor.axes.length && axes.every((axis, at) => axis === tensor.axes[at]))
    return tensor;
  // With allowzero a 0 means an empty axis; without it, a 0 copies the axis at its place.
  const allowzero = { int: axes.includes(0) ? 1 : 0 };
  return tensor.graph.emit("Reshape", [tensor, target(tensor, axes)], axes, tensor.dtype, {
    allowzero,
  });
}

/** The result's sizes: each −1 becomes a number, the name of one of this tensor's axes, or UNKNOWN. */
function resultAxes(tensor: GraphTensor, shape: Shape): Axis[] {
  const fail = (rule: string) => shapeError("reshape", [tensor], `${showAxes(shape)} ${rule}`);
  const unknown = tensor.axes.filter((axis) => typeof axis === "string");
  const open = shape.filter((size) => size === -1).length;
  const own = knownSize(tensor.axes);
  const asked = knownSize(shape.filter((size) => size !== -1));
  if (unknown.length === 0) {
    if (open > 1) throw fail("has several −1; leave at most one to infer");
    if (open === 1 ? asked === 0 || own % asked !== 0 : own !== asked)
      throw fail(`has another number of elements than ${own}; make them equal`);
    return shape.map((size) => (size === -1 ? own / asked : size));
  }
  if (open === unknown.length && own === asked) {
    let next = 0;
    return shape.map((size) => (size === -1 ? unknown[next++]! : size));
  }
  if (open === 1 && asked === 0) throw fail("is empty, so −1 could be anything; name its size");
  if (open > 1)
    throw fail(`has several −1, which must be the ${unknown.length} unknown axes in order`);
  return shape.map((size) => (size === -1 ? UNKNOWN : size));
}

/** The shape operand: a constant wherever ONNX has a way to say it, else put together at run time. */
function target(tensor: GraphTensor, axes: readonly Axis[]): GraphTensor {
  const { graph } = tensor;
  const entries = axes.map((axis, at) => {
    if (typeof axis === "number") return axis;
    return axis !== UNKNOWN && axis === tensor.axes[at] && !axes.includes(0) ? 0 : -1;
  });
  // ONNX infers no axis of an empty tensor.
  const inferred = entries.filter((entry) => entry === -1).length;
  if (inferred === 0 || (inferred === 1 && !axes.includes(0))) {
    const sizes = BigInt64Array.from(entries, BigInt);
    return graph.constant(sizes, [sizes.length], "i64");
  }
  const sources = tensor.axes.flatMap((axis, at) => (typeof axis === "string" ? [at] : []));
  const sizes = axes.map((axis) =>
    typeof axis === "number" ? constantSize(graph, axis) : sizeOf(tensor, sources.shift()!),
  );
  return graph.emit("Concat", sizes, [sizes.length], "i64", { axis: { int: 0 } });
}

function constantSize(graph: Graph, size: number): GraphTensor {
  return graph.constant(BigInt64Array.of(BigInt(size)), [1], "i64");
}

/** The size of one axis at run time. */
function sizeOf(tensor: GraphTensor, axis: number): GraphTensor {
  const attributes = { start: { int: axis }, end: { int: axis + 1 } };
  return tensor.graph.emit("Shape", [tensor], [1], "i64", attributes);
}
