/**
 * @file Linear layers in 8 bits, in one node: blocks of 64 weights of one output share a scale, and blocks of 64 activations
 * of one row, which are rounded as the kernel goes. So no row depends on the others. ONNX Runtime has no such kernel in
 * WebAssembly and is several times slower there.
 */
import { bytesOf } from "../../element-types.js";
import type { Shape } from "../../tensor.js";
import type { StoredReader } from "../graph-weights.js";
import { restoreBlocks } from "./blocks.js";
import type { LinearFormat } from "./formats.js";

/** Of 128 and more, results of ONNX Runtime 1.30 depend on the number of rows. */
const blockSize = 64;
/** Codes are 1 … 255, and this one stands for 0. */
const zeroCode = 128;
const largestCode = 127;

const codesName = (weight: string) => `${weight}.int8_blocks`;
const scalesName = (weight: string) => `${weight}.int8_block_scales`;

export const linearInt8: LinearFormat = (input, weight, bias) => {
  const { graph } = input;
  const [outputs, inputs] = weight.shape as [number, number];
  const blocks = Math.ceil(inputs / blockSize);
  const codes = graph.store({
    name: codesName(weight.name),
    type: "u8",
    shape: [outputs, blocks, blockSize],
    read: async () => quantize(await weight.load(), outputs, inputs).codes,
  });
  const scales = graph.store({
    name: scalesName(weight.name),
    type: "f32",
    shape: [outputs * blocks],
    read: async () => bytesOf(quantize(await weight.load(), outputs, inputs).scales),
  });
  return graph.emit(
    "MatMulNBits",
    [input, codes, scales, undefined, undefined, bias],
    input.axes.with(-1, outputs),
    "f32",
    {
      K: { int: inputs },
      N: { int: outputs },
      bits: { int: 8 },
      block_size: { int: blockSize },
      accuracy_level: { int: 4 },
    },
    "com.microsoft",
  );
};

/** The weight [outputs, inputs] again, up to half a step of its codes; undefined where it is stored in another way. */
export async function restoreInt8(
  stored: StoredReader,
  weight: string,
  shape: Shape,
): Promise<Float32Array | undefined> {
  if (!stored.has(codesName(weight))) return undefined;
  const [outputs, inputs] = shape as [number, number];
  const blocks = Math.ceil(inputs / blockSize);
  const codes = await stored.uint8(codesName(weight), [outputs, blocks, blockSize]);
  const scales = await stored.float32(scalesName(weight), [outputs * blocks]);
  return restoreBlocks([outputs, inputs], blockSize, scales, (place) => codes[place]! - zeroCode);
}

/** weight: [outputs, inputs] → a code each, rows filled up to whole blocks, and a scale a block. */
function quantize(weight: Float32Array, outputs: number, inputs: number) {
  const blocks = Math.ceil(inputs / blockSize);
  const scales = new Float32Array(outputs * blocks);
  const codes = new Uint8Array(scales.length * blockSize).fill(zeroCode);
  for (let block = 0; block < scales.length; block++) {
    const column = (block % blocks) * blockSize;
    const start = Math.floor(block / blocks) * inputs + column;
    const end = start + Math.min(blockSize, inputs - column);
    let largest = 0;
    for (let index = start; index < end; index++)
      largest = Math.max(largest, Math.abs(weight[index]!));
    const scale = largest / largestCode;
    scales[block] = scale;
    if (scale === 0) continue; // whatever its codes
    for (let index = start; index < end; index++)
      codes[block * blockSize + index - start] = Math.round(weight[index]! / scale) + zeroCode;
  }
  return { codes, scales };
}
