/** @file What elements the tensors of public checkpoints have: more types than ours, read as they are stored. */
import { hostArrays } from "../element-types.js";
import type { DType, HostArray } from "../tensor.js";

/** Our types and those that only checkpoints hold. */
export type CheckpointDType = DType | "f64" | "i16" | "i8";

export type CheckpointArray = HostArray | Float64Array | Int16Array | Int8Array;

/** bf16 and f16 are read as their 16-bit patterns. Little-endian, as every container here stores them. */
export const checkpointArrays = {
  ...hostArrays,
  f64: Float64Array,
  i16: Int16Array,
  i8: Int8Array,
} as const;

/** Bytes of one element. */
export function bytesOfElement(dtype: CheckpointDType): number {
  return checkpointArrays[dtype].BYTES_PER_ELEMENT;
}
