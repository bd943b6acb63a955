/**
 * @file Linear layers whose weight is stored in half precision, for half the size of the file. ONNX Runtime widens it once,
 * when the model is loaded, so that running it costs what f32 costs, in time and in memory.
 */
import { bytesOf } from "../../element-types.js";
import type { Shape } from "../../tensor.js";
import type { StoredReader } from "../graph-weights.js";
import { transpose } from "./float32.js";
import type { LinearFormat } from "./formats.js";

const halvesName = (weight: string) => `${weight}.float16`;

export const linearFloat16: LinearFormat = (input, weight, bias) => {
  const { graph } = input;
  const [outputs, inputs] = weight.shape as [number, number];
  const stored = graph.store({
    name: halvesName(weight.name),
    type: "f16",
    shape: [inputs, outputs],
    read: async () => bytesOf(narrowFloat16(transpose(await weight.load(), outputs, inputs))),
  });
  const product = input.matmul(stored.cast("f32"));
  return bias ? product.add(bias) : product;
};

/** The weight [outputs, inputs] again, as half precision has it; undefined where it is stored in another way. */
export async function restoreFloat16(
  stored: StoredReader,
  weight: string,
  shape: Shape,
): Promise<Float32Array | undefined> {
  if (!stored.has(halvesName(weight))) return undefined;
  const [outputs, inputs] = shape as [number, number];
  return transpose(await stored.float16(halvesName(weight), [inputs, outputs]), inputs, outputs);
}

/** The nearest numbers of half precision, ties to even; what is larger than its largest number becomes that. */
export function narrowFloat16(values: Float32Array): Uint16Array {
  const patterns = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let index = 0; index < halves.length; index++) {
    const pattern = patterns[index]!;
    halves[index] = ((pattern >>> 16) & 0x8000) | magnitude(pattern & 0x7fffffff);
  }
  return halves;
}

const largest = 0x7bff; // 65504
const scratch = new Float32Array(1);
const scratchBits = new Uint32Array(scratch.buffer);

/** The 15 bits of a number ≥ 0, given as those of an f32. */
function magnitude(pattern: number): number {
  if (pattern < 0x38800000) {
    // Below 2^-14 a half is a multiple of 2^-24; adding 2^-1 to an f32 rounds it to one, to even.
    scratchBits[0] = pattern;
    scratch[0] = scratch[0]! + 0.5;
    return scratchBits[0]! - 0x3f000000;
  }
  const rounded = pattern + 0xfff + ((pattern >>> 13) & 1);
  return Math.min(largest, (rounded >>> 13) - (112 << 10));
}
