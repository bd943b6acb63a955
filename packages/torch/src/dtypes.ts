/** @file Our element types and c10::ScalarType's numbers. */
import { DalleError, type DType } from "@dalle-ts/tensor";

/** c10::ScalarType of each element type. */
export const scalarTypes = {
  u8: 0,
  i32: 3,
  i64: 4,
  f16: 5,
  f32: 6,
  bool: 11,
  bf16: 15,
} as const satisfies Record<DType, number>;

const names = new Map<number, DType>(
  Object.entries(scalarTypes).map(([name, type]) => [type, name as DType]),
);

/** Throws for the types that the house does not use (double, complex, quantised). */
export function dtypeOf(scalarType: number): DType {
  const name = names.get(scalarType);
  if (!name) {
    throw new DalleError(
      "unsupported",
      `A tensor has libtorch's scalar type ${scalarType}, which has no name here; cast it with aten::to first.`,
    );
  }
  return name;
}
