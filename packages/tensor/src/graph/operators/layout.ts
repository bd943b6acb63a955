/** @file Operators that move elements without computing: permute, slice, concat, expand. */
import { badOption } from "../../errors.js";
import type { Shape } from "../../tensor.js";
import { addAxes, axisIndex, mayEqual, showAxes, UNKNOWN } from "../axes.js";
import { GraphTensor } from "../graph-tensor.js";
import type { Parameter } from "../record.js";
import { shapeError } from "../shape-error.js";

/** The bound by which ONNX slices an axis of unknown size to its end. */
const toTheEnd = 2n ** 63n - 1n;

export function permute(tensor: GraphTensor, order: readonly number[]): GraphTensor {
  const rank = tensor.axes.length;
  const indices = order.map((axis) => axisIndex("permute", axis, rank));
  if (indices.length !== rank || new Set(indices).size !== rank)
    throw shapeError("permute", [tensor], `the order ${showAxes(order)} must name each axis once`);
  if (indices.every((axis, index) => axis === index)) return tensor;
  const axes = indices.map((index) => tensor.axes[index]!);
  return tensor.graph.emit("Transpose", [tensor], axes, tensor.dtype, { perm: { ints: indices } });
}

export function slice(
  tensor: GraphTensor,
  axis: number,
  start: number,
  end: number | undefined,
): GraphTensor {
  const index = axisIndex("slice", axis, tensor.axes.length);
  const size = tensor.axes[index]!;
  const limit = typeof size === "number" ? size : Number.POSITIVE_INFINITY;
  const stop = end ?? limit;
  // Negative bounds would be a size that reads −1 more often than a wish to count from the end.
  const whole = Number.isInteger(start) && (end === undefined || Number.isInteger(end));
  if (!whole || start < 0 || start > stop || stop > limit) {
    const rule = `entries ${start} to ${end ?? "the end"} of axis ${axis} must lie in it, 0 ≤ start ≤ end ≤ ${size}`;
    throw shapeError("slice", [tensor], rule);
  }
  if (start === 0 && stop === limit) return tensor;
  const bound = (value: number) =>
    tensor.graph.constant(
      BigInt64Array.of(Number.isFinite(value) ? BigInt(value) : toTheEnd),
      [1],
      "i64",
    );
  const left = Number.isFinite(stop) ? stop - start : UNKNOWN;
  return tensor.graph.emit(
    "Slice",
    [tensor, bound(start), bound(stop), bound(index)],
    tensor.axes.with(index, left),
    tensor.dtype,
  );
}

/** A run of slices: ONNX's Split would need a node of several outputs, and is no faster. */
export function split(tensor: GraphTensor, axis: number, sizes: readonly number[]): GraphTensor[] {
  const size = tensor.axes[axisIndex("split", axis, tensor.axes.length)]!;
  const total = sizes.reduce((sum, part) => sum + part, 0);
  if (typeof size === "number" && total !== size)
    throw shapeError("split", [tensor], `the sizes ${showAxes(sizes)} must add up to ${size}`);
  let start = 0;
  return sizes.map((part) => {
    const end = start + part;
    const taken = slice(tensor, axis, start, end);
    start = end;
    return taken;
  });
}

export function concat(parts: readonly GraphTensor[], axis: number): GraphTensor {
  const first = parts[0]!;
  const index = axisIndex("concat", axis, first.axes.length);
  for (const part of parts) {
    const fits =
      part.dtype === first.dtype &&
      part.axes.length === first.axes.length &&
      part.axes.every((size, at) => at === index || mayEqual(size, first.axes[at]!));
    if (!fits) throw shapeError("concat", parts, `types and all axes but ${axis} must be the same`);
  }
  if (parts.length === 1) return first;
  // Where one part knows a size, all have it.
  const axes = first.axes.map(
    (size, at) =>
      parts.map((part) => part.axes[at]!).find((known) => typeof known === "number") ?? size,
  );
  const total = addAxes(parts.map((part) => part.axes[index]!));
  const joined = first.graph.emit("Concat", parts, axes.with(index, total), first.dtype, {
    axis: { int: index },
  });
  const parameter = index === 0 ? stacked(parts) : undefined;
  return parameter
    ? new GraphTensor(joined.graph, joined.name, joined.axes, joined.dtype, parameter)
    : joined;
}

/** Parameters one below the other as one, which the graph can store in a weight format; undefined where a part is none. */
function stacked(parts: readonly GraphTensor[]): Parameter | undefined {
  if (parts.some(({ parameter }) => !parameter)) return undefined;
  const parameters = parts.flatMap(({ parameter }) => parameter!.parts ?? [parameter!]);
  const rows = parameters.reduce((sum, { shape }) => sum + shape[0]!, 0);
  return {
    name: parameters.map(({ name }) => name).join("+"),
    shape: [rows, ...parameters[0]!.shape.slice(1)],
    parts: parameters,
    async load() {
      const loaded = [];
      for (const { load } of parameters) loaded.push(await load());
      const all = new Float32Array(loaded.reduce((sum, { length }) => sum + length, 0));
      let start = 0;
      for (const each of loaded) {
        all.set(each, start);
        start += each.length;
      }
      return all;
    },
  };
}

export function expand(tensor: GraphTensor, shape: Shape): GraphTensor {
  const added = shape.length - tensor.axes.length;
  const axes = shape.map((size, index) => {
    if (!Number.isInteger(size) || size < -1)
      throw badOption("expand size", "an integer ≥ 0, or −1 to keep the axis", size);
    const own = tensor.axes[index - added];
    if (own === undefined ? size >= 0 : size === -1 || own === 1 || mayEqual(own, size))
      return size === -1 ? own! : size;
    throw shapeError("expand", [tensor], `${showAxes(shape)} may change only axes of size 1`);
  });
  if (added < 0)
    throw shapeError("expand", [tensor], `${showAxes(shape)} has fewer axes; keep them all`);
  if (axes.every((size, index) => size === tensor.axes[index])) return tensor;
  // ONNX broadcasts both ways, so an entry 1 keeps whatever size the axis has.
  const sizes = BigInt64Array.from(axes, (size) => BigInt(typeof size === "number" ? size : 1));
  const target = tensor.graph.constant(sizes, [sizes.length], "i64");
  return tensor.graph.emit("Expand", [tensor, target], axes, tensor.dtype);
}
