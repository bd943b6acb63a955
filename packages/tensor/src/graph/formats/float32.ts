/** @file Linear layers in full precision: the weight is stored transposed, so that running it needs no transpose. */
import { bytesOf } from "../../element-types.js";
import type { Shape } from "../../tensor.js";
import type { StoredReader } from "../graph-weights.js";
import type { LinearFormat } from "./formats.js";

const transposedName = (weight: string) => `${weight}.transposed`;

export const linearFloat32: LinearFormat = (input, weight, bias) => {
  const [outputs, inputs] = weight.shape as [number, number];
  const stored = input.graph.store({
    name: transposedName(weight.name),
    type: "f32",
    shape: [inputs, outputs],
    read: async () => bytesOf(transpose(await weight.load(), outputs, inputs)),
  });
  // ONNX Runtime makes a Gemm of the two nodes where ranks allow.
  const product = input.matmul(stored);
  return bias ? product.add(bias) : product;
};

/** The weight [outputs, inputs] again; undefined where it is stored in another way. */
export async function restoreFloat32(
  stored: StoredReader,
  weight: string,
  [outputs, inputs]: Shape,
): Promise<Float32Array | undefined> {
  const name = transposedName(weight);
  if (!stored.has(name)) return undefined;
  return transpose(await stored.float32(name, [inputs!, outputs!]), inputs!, outputs!);
}

/** [rows, columns] → [columns, rows] */
export function transpose(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(matrix.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++)
      result[column * rows + row] = matrix[row * columns + column]!;
  }
  return result;
}
