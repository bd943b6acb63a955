/**
 * @file The safetensors format: eight bytes of header length (little-endian), a JSON header that gives each tensor's
 * dtype, shape and byte range, then the bytes, row-major and little-endian, without gaps.
 */
import type { CheckpointDType } from "../checkpoint-files/element-types.js";
import type { DType, Shape } from "../tensor.js";

/** Bytes of the field that holds the header's length. */
export const lengthBytes = 8;

/** Longest header that readers of the format accept, in bytes. */
export const largestHeader = 100_000_000;

/** The header's one entry that is no tensor: a map from string to string. */
export const metadataKey = "__metadata__";

export type Metadata = Readonly<Record<string, string>>;

/** A tensor of a file, without its data. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
}

/** Of the types that files of this project hold. */
export const typeNames: Readonly<Record<DType, string>> = {
  f32: "F32",
  bf16: "BF16",
  f16: "F16",
  i64: "I64",
  i32: "I32",
  u8: "U8",
  bool: "BOOL",
};

/** And of those that other programs' files hold too. */
export const checkpointTypeNames: Readonly<Record<CheckpointDType, string>> = {
  ...typeNames,
  f64: "F64",
  i16: "I16",
  i8: "I8",
};
