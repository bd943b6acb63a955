/** @file The one form of an operator's complaint: operator, what it got, the rule it needs kept. */

import { isFloat } from "../element-types.js";
import { DalleError } from "../errors.js";
import { showAxes } from "./axes.js";
import type { GraphTensor } from "./graph-tensor.js";

/** shapeError("add", [a, b], "axes must be equal or 1") → "add: got f32 [2, 3] and f32 [4]; axes must be equal or 1." */
export function shapeError(
  operator: string,
  tensors: readonly GraphTensor[],
  rule: string,
): DalleError {
  const got = tensors.map((tensor) => `${tensor.dtype} ${showAxes(tensor.axes)}`).join(" and ");
  return new DalleError("bad_shape", `${operator}: got ${got}; ${rule}.`);
}

export function requireFloat(operator: string, tensor: GraphTensor): void {
  if (!isFloat(tensor.dtype))
    throw shapeError(operator, [tensor], "cast to a float type such as f32 first");
}

export function requireRank(
  operator: string,
  tensor: GraphTensor,
  rank: number,
  layout: string,
): void {
  if (tensor.axes.length !== rank)
    throw shapeError(operator, [tensor], `it needs rank ${rank}, ${layout}`);
}
