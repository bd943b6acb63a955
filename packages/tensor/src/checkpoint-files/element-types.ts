/** @file What elements the tensors of public checkpoints have: more types than ours, read as they are stored. */
import { hostArrays } from "../element-types.js";
import { FileFault } from "../files/file-fault.js";
import type { DType, HostArray } from "../tensor.js";

/** Our types and those that only checkpoints hold. */
export type CheckpointDType = DType | "f64" | "i16" | "i8";

export type CheckpointArray = HostArray | Float64Array | Int16Array | Int8Array;

/** Bytes of one element of the types that no model here has. A file may hold them where nothing reads them. */
const unreadBytes = { u16: 2, u32: 4, u64: 8, f8: 1, c32: 4, c64: 8, c128: 16 } as const;

/** Any type that a tensor of a file may have. */
export type StoredDType = CheckpointDType | keyof typeof unreadBytes;

/** bf16 and f16 are read as their 16-bit patterns. Little-endian, as every container here stores them. */
const checkpointArrays = {
  ...hostArrays,
  f64: Float64Array,
  i16: Int16Array,
  i8: Int8Array,
} as const;

/** Bytes of one element. */
export function bytesOfElement(dtype: StoredDType): number {
  return isRead(dtype) ? checkpointArrays[dtype].BYTES_PER_ELEMENT : unreadBytes[dtype];
}

/** What elements are read into; a `FileFault` where none here can hold them. */
export function checkpointArray(dtype: StoredDType) {
  if (!isRead(dtype))
    throw new FileFault(`a tensor holds ${dtype}, which no model here has`, {
      nextStep: "convert it to float32 and give the file again",
    });
  return checkpointArrays[dtype];
}

function isRead(dtype: StoredDType): dtype is CheckpointDType {
  return dtype in checkpointArrays;
}
