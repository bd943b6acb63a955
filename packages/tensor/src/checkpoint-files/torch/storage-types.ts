/** @file The names that torch's pickles have for types of elements. */
import type { StoredDType } from "../element-types.js";

/** Types of whole storages. */
export const storageTypes: ReadonlyMap<string, StoredDType> = new Map([
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
  ["torch.ComplexFloatStorage", "c64"],
  ["torch.ComplexDoubleStorage", "c128"],
  // Bytes, whose type each tensor tells.
  ["torch.storage.UntypedStorage", "u8"],
]);

/** Types of tensors in untyped storages: those that torch had no storages of when it gave up adding them. */
export const tensorTypes: ReadonlyMap<string, StoredDType> = new Map([
  ["torch.uint16", "u16"],
  ["torch.uint32", "u32"],
  ["torch.uint64", "u64"],
  ["torch.float8_e4m3fn", "f8"],
  ["torch.float8_e4m3fnuz", "f8"],
  ["torch.float8_e5m2", "f8"],
  ["torch.float8_e5m2fnuz", "f8"],
  ["torch.float8_e8m0fnu", "f8"],
  ["torch.complex32", "c32"],
]);
