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
  if (dtype === "bf16") return widenBfloat16(data as Uint16Array);
  if (dtype === "f16") return widenFloat16(data as Uint16Array);
  throw new DalleError("bad_file", `${owner} holds ${dtype}, not floats; check the file's origin.`);
}

/** A bf16 is the upper half of an f32. */
function widenBfloat16(halves: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(halves, (bits) => bits << 16).buffer);
}

/** All 65,536 of them, made when the first is needed: a billion weights are looked up, not computed. */
let float16Values: Float32Array | undefined;

function widenFloat16(halves: Uint16Array): Float32Array {
  float16Values ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => float16Value(bits));
  const result = new Float32Array(halves.length);
  for (let index = 0; index < halves.length; index++)
    result[index] = float16Values[halves[index]!]!;
  return result;
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
