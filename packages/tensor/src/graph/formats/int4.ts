/**
 * @file Linear layers in 4 bits: blocks of 32 weights of one output share a scale, activations are rounded to 8 bits as the
 * kernel goes, each block of each row by itself.
 */
import { bytesOf } from "../../element-types.js";
import type { Shape } from "../../tensor.js";
import type { StoredReader } from "../graph-weights.js";
import { restoreBlocks } from "./blocks.js";
import type { LinearFormat } from "./formats.js";

/** Weights that share a scale. */
const blockSize = 32;
/** Codes are 0 … 15, and this one stands for 0. */
const zeroCode = 8;

const codesName = (weight: string) => `${weight}.int4`;
const scalesName = (weight: string) => `${weight}.int4_scales`;

export const linearInt4: LinearFormat = (input, weight, bias) => {
  const { graph } = input;
  const [outputs, inputs] = weight.shape as [number, number];
  const blocks = Math.ceil(inputs / blockSize);
  const codes = graph.store({
    name: codesName(weight.name),
    type: "u8",
    shape: [outputs, blocks, blockSize / 2],
    read: async () => quantize(await weight.load(), outputs, inputs).codes,
  });
  const scales = graph.store({
    name: scalesName(weight.name),
    type: "f32",
    shape: [outputs * blocks],
    read: async () => bytesOf(quantize(await weight.load(), outputs, inputs).scales),
  });
  const product = graph.emit(
    "MatMulNBits",
    [input, codes, scales],
    input.axes.with(-1, outputs),
    "f32",
    {
      K: { int: inputs },
      N: { int: outputs },
      bits: { int: 4 },
      block_size: { int: blockSize },
      accuracy_level: { int: 4 },
    },
    "com.microsoft",
  );
  return bias ? product.add(bias) : product;
};

/** The weight [outputs, inputs] again, up to a step of its codes; undefined where it is stored in another way. */
export async function restoreInt4(
  stored: StoredReader,
  weight: string,
  shape: Shape,
): Promise<Float32Array | undefined> {
  if (!stored.has(codesName(weight))) return undefined;
  const [outputs, inputs] = shape as [number, number];
  const blocks = Math.ceil(inputs / blockSize);
  const codes = await stored.uint8(codesName(weight), [outputs, blocks, blockSize / 2]);
  const scales = await stored.float32(scalesName(weight), [outputs * blocks]);
  return restoreBlocks([outputs, inputs], blockSize, scales, (place) => {
    const pair = codes[place >> 1]!;
    return (place % 2 === 0 ? pair & 15 : pair >> 4) - zeroCode;
  });
}

/** weight: [outputs, inputs] → two codes a byte, the first in its lower half, and a scale a block. */
function quantize(weight: Float32Array, outputs: number, inputs: number) {
  const blocks = Math.ceil(inputs / blockSize);
  const scales = new Float32Array(outputs * blocks);
  const codes = new Uint8Array((outputs * blocks * blockSize) / 2);
  for (let block = 0; block < scales.length; block++) {
    const column = (block % blocks) * blockSize;
    const start = Math.floor(block / blocks) * inputs + column;
    const end = start + Math.min(blockSize, inputs - column);
    // The largest weight, with its sign, becomes −8: the codes reach one farther below zero than above.
    let extreme = 0;
    for (let index = start; index < end; index++)
      if (Math.abs(weight[index]!) > Math.abs(extreme)) extreme = weight[index]!;
    const scale = extreme / -zeroCode;
    scales[block] = scale;
    for (let place = 0; place < blockSize; place++) {
      const value = start + place < end && scale !== 0 ? weight[start + place]! / scale : 0;
      const code = Math.min(2 * zeroCode - 1, Math.round(value) + zeroCode);
      codes[(block * blockSize + place) >> 1]! |= place % 2 === 0 ? code : code << 4;
    }
  }
  return { codes, scales };
}
