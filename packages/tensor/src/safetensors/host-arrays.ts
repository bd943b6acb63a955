/** @file Bytes of a file as host arrays, and the two 16-bit float types as f32. */
import { hostArrays } from "../element-types.js";
import { DalleError } from "../errors.js";
import type { DType, HostArray } from "../tensor.js";

/** A view of all of `buffer` as the array type of `dtype`. */
export function arrayOf(buffer: ArrayBuffer, dtype: DType): HostArray {
  return new hostArrays[dtype](buffer);
}

/** Float data as f32: exact, for f32 has every value of bf16 and f16. `owner` opens the error message. */
export function toFloat32(data: HostArray, dtype: DType, owner: string): Float32Array {
  if (data instanceof Float32Array) return data;
  if (dtype === "bf16") {
    // A bf16 is the upper half of an f32.
    return new Float32Array(Uint32Array.from(data as Uint16Array, (bits) => bits << 16).buffer);
  }
  if (dtype === "f16") return Float32Array.from(data as Uint16Array, float16Value);
  throw new DalleError("bad_file", `${owner} holds ${dtype}, not floats; check the file's origin.`);
}

/** The number that 16 bits of IEEE 754 half precision stand for. */
function float16Value(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
