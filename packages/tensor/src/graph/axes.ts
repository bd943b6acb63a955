/**
 * @file Sizes of recorded tensors: an axis is a number, or the name of a size known only when the graph runs
 * ("N", "S+1"), or UNKNOWN where not even a name can be given. Knows nothing about ONNX nodes.
 */
import { badOption } from "../errors.js";

export type Axis = number | string;

/** An axis whose size is known only at run time and equal to no named size for certain. */
export const UNKNOWN = "?";

/** [N, 3] → "[N, 3]", as error messages write shapes. */
export function showAxes(axes: readonly Axis[]): string {
  return `[${axes.join(", ")}]`;
}

/** Index of `axis` in [0, rank), negative ones counting from the end. */
export function axisIndex(operator: string, axis: number, rank: number): number {
  const index = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || index < 0 || index >= rank) {
    throw badOption(`${operator} axis`, `an integer in [${-rank}, ${rank - 1}]`, axis);
  }
  return index;
}

/** Product of the sizes that are numbers. */
export function knownSize(axes: readonly Axis[]): number {
  return axes.reduce<number>((size, axis) => (typeof axis === "number" ? size * axis : size), 1);
}

/** The size that `left` and `right` broadcast to, or undefined if they cannot. */
function broadcastAxis(left: Axis, right: Axis): Axis | undefined {
  if (left === right) return left;
  if (left === 1) return right;
  if (right === 1) return left;
  if (typeof left === "number") return typeof right === "number" ? undefined : left;
  // Two sizes unknown now must agree at run time, or one of them be 1 there: neither name is certain.
  return typeof right === "number" ? right : UNKNOWN;
}

/** NumPy broadcasting, aligned at the last axis; undefined if the shapes do not fit. */
export function broadcastAxes(
  left: readonly Axis[],
  right: readonly Axis[],
): readonly Axis[] | undefined {
  const rank = Math.max(left.length, right.length);
  const result: Axis[] = [];
  for (let index = 0; index < rank; index++) {
    const axis = broadcastAxis(
      left[index - rank + left.length] ?? 1,
      right[index - rank + right.length] ?? 1,
    );
    if (axis === undefined) return undefined;
    result.push(axis);
  }
  return result;
}

/** Sizes laid end to end: 3 and 4 → 7, "S" and 1 → "S+1". */
export function addAxes(parts: readonly Axis[]): Axis {
  if (parts.includes(UNKNOWN)) return UNKNOWN;
  const numbers = parts.filter((part) => typeof part === "number");
  return numbers.length === parts.length
    ? numbers.reduce((sum, part) => sum + part, 0)
    : parts.filter((part) => part !== 0).join("+");
}

/** Whether two sizes can be equal at run time. */
export function mayEqual(left: Axis, right: Axis): boolean {
  return left === right || typeof left === "string" || typeof right === "string";
}
