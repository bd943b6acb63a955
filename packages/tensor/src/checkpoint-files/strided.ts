/** @file Views with strides: which stretch of a storage they cover, and their elements in row-major order. */
import { elementCount } from "../element-types.js";
import type { Shape } from "../tensor.js";
import type { CheckpointArray } from "./element-types.js";

/** Elements from a view's first to one after its last. */
export function spanOf(shape: Shape, strides: Shape): number {
  if (shape.includes(0)) return 0;
  return shape.reduce((last, size, axis) => last + (size - 1) * strides[axis]!, 0) + 1;
}

/** The strides of a row-major tensor. */
export function rowMajorStrides(shape: Shape): number[] {
  return shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
}

/** Whether the elements already lie in row-major order. */
export function isRowMajor(shape: Shape, strides: Shape): boolean {
  const expected = rowMajorStrides(shape);
  return shape.every((size, axis) => size === 1 || strides[axis] === expected[axis]);
}

/** The elements of a view in row-major order; `span` begins at the view's first element. */
export function gather<A extends CheckpointArray>(span: A, shape: Shape, strides: Shape): A {
  const make = span.constructor as new (length: number) => A;
  const result = new make(elementCount(shape));
  // One element type for the compiler; at run time both arrays have the same.
  copyRows(span as Uint8Array, result as Uint8Array, shape, strides);
  return result;
}

function copyRows(span: Uint8Array, result: Uint8Array, shape: Shape, strides: Shape): void {
  const [rowLength, rowStride] = [shape.at(-1) ?? 1, strides.at(-1) ?? 1];
  const outer = shape.slice(0, -1);
  const index = outer.map(() => 0);
  for (let row = 0, source = 0; row < result.length; row += rowLength) {
    for (let column = 0; column < rowLength; column++)
      result[row + column] = span[source + column * rowStride]!;
    // The other axes count like an odometer.
    for (let axis = outer.length - 1; axis >= 0; axis--) {
      source += strides[axis]!;
      index[axis]!++;
      if (index[axis]! < outer[axis]!) break;
      source -= outer[axis]! * strides[axis]!;
      index[axis] = 0;
    }
  }
}
