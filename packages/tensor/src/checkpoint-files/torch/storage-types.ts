/** @file The names that torch's pickles have for types of elements. */
import type { CheckpointDType } from "../element-types.js";

/** Types of whole storages. */
export const storageTypes: ReadonlyMap<string, CheckpointDType> = new Map([
  ["torch.FloatStorage", "f32"],
  ["torch.HalfStorage", "f16"],
  ["torch.BFloat16Storage", "bf16"],
  ["torch.DoubleStorage", "f64"],
  ["torch.LongStorage", "i64"],
  ["torch.IntStorage", "i32"],
  ["torch.ShortStorage", "i16"],
  ["torch.CharStorage", "i8"],
  ["torch.ByteStorage", "u8"],
  ["torch.BoolStorage", "bool"],
]);
