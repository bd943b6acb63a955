/** @file Our element types and c10::ScalarType's numbers; host arrays and their bytes. */
import { DalleError, type DType, type HostArray } from "@dalle-ts/tensor";

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

export function bytesOf(data: HostArray): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** A typed array over `buffer`; bf16 and f16 as 16-bit patterns. */
export function hostArray(buffer: ArrayBuffer, dtype: DType): HostArray {
  switch (dtype) {
    case "f32":
      return new Float32Array(buffer);
    case "i64":
      return new BigInt64Array(buffer);
    case "i32":
      return new Int32Array(buffer);
    case "bf16":
    case "f16":
      return new Uint16Array(buffer);
    case "u8":
    case "bool":
      return new Uint8Array(buffer);
  }
}
