/** @file Element types: their ONNX numbers, their bytes, and host data checked against them. */
import { badOption, DalleError } from "./errors.js";
import type { DType, HostArray, Shape } from "./tensor.js";

/** What a stored tensor may hold: ours, and the signed bytes of quantised weights. */
export type StoredType = DType | "i8";

/** TensorProto.DataType of the ONNX specification. */
export const onnxTypes: Readonly<Record<StoredType, number>> = {
  f32: 1,
  u8: 2,
  i8: 3,
  i32: 6,
  i64: 7,
  bool: 9,
  f16: 10,
  bf16: 16,
};

export const elementBytes: Readonly<Record<StoredType, number>> = {
  f32: 4,
  u8: 1,
  i8: 1,
  i32: 4,
  i64: 8,
  bool: 1,
  f16: 2,
  bf16: 2,
};

export const hostArrays = {
  f32: Float32Array,
  bf16: Uint16Array,
  f16: Uint16Array,
  i64: BigInt64Array,
  i32: Int32Array,
  u8: Uint8Array,
  bool: Uint8Array,
} as const;

export function isFloat(dtype: DType): boolean {
  return dtype === "f32" || dtype === "f16" || dtype === "bf16";
}

export function elementCount(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Throws unless `data` is the array type of `dtype` with one entry per element of `shape`. */
export function checkHostData(owner: string, data: HostArray, shape: Shape, dtype: DType): void {
  if (!shape.every((size) => Number.isSafeInteger(size) && size >= 0))
    throw badOption(`${owner} shape`, "integers ≥ 0", `[${shape.join(", ")}]`);
  const expected = hostArrays[dtype];
  const count = elementCount(shape);
  if (data instanceof expected && data.length === count) return;
  throw new DalleError(
    "bad_shape",
    `${owner}: ${dtype} [${shape.join(", ")}] needs a ${expected.name} of ${count} entries, ` +
      `got a ${data.constructor.name} of ${data.length}; pass data that fits the shape and dtype.`,
  );
}

/** The bytes of an array, without copying. */
export function bytesOf(data: ArrayBufferView): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** One number as an element of `dtype`; undefined where the type cannot hold it exactly. */
export function scalarData(value: number, dtype: DType): HostArray | undefined {
  if (dtype === "f32") return Float32Array.of(value);
  if (!Number.isSafeInteger(value)) return undefined;
  if (dtype === "i64") return BigInt64Array.of(BigInt(value));
  if (dtype === "i32" && value === (value | 0)) return Int32Array.of(value);
  if (dtype === "u8" && value >= 0 && value <= 255) return Uint8Array.of(value);
  return undefined;
}
