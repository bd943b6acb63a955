/**
 * @file Sparse attention whose cost follows the mask. The image states are laid out as a grid of blocks (its rows, or
 * its columns for the column mask); each block of queries meets only its own block and the `reach` blocks before it,
 * and what lies inside these blocks but outside the mask gets a bias of MASKED. Text keys join the same
 * softmax. Letters: N batch, H heads, B blocks, L states in a block, W = (reach + 1) · L window, T text states, D head.
 */
import { lastingArray, type Tensor } from "@dalle-ts/tensor";
import { MASKED } from "../attention.js";
import { imageStates, type TransformerConfig } from "./config.js";
import { attends, type MaskKind, maskExtent } from "./masks.js";

/** How a mask is cut into blocks. */
export interface BlockPlan {
  readonly kind: MaskKind;
  readonly blocks: number;
  readonly blockLength: number;
  /** Earlier blocks that a block can see into. */
  readonly reach: number;
  /** B · L · W entries, 0 where a key is seen and MASKED elsewhere. */
  readonly bias: Float32Array;
}

const plans = new WeakMap<TransformerConfig, Map<MaskKind, BlockPlan>>();

/** The plan of a mask, made once per config. */
export function blockPlan(config: TransformerConfig, kind: MaskKind): BlockPlan {
  const ofConfig = plans.get(config) ?? new Map<MaskKind, BlockPlan>();
  plans.set(config, ofConfig);
  const known = ofConfig.get(kind);
  if (known) return known;
  const plan = makePlan(config, kind);
  ofConfig.set(kind, plan);
  return plan;
}

function makePlan(config: TransformerConfig, kind: MaskKind): BlockPlan {
  const transposed = kind === "column";
  const blocks = transposed ? config.gridColumns : config.gridRows;
  const blockLength = transposed ? config.gridRows : config.gridColumns;
  const extent = transposed ? 0 : maskExtent(kind, config);
  const reach = Math.min(Math.ceil(extent / blockLength), blocks - 1);
  const raster = (block: number, index: number) =>
    transposed ? index * config.gridColumns + block : block * config.gridColumns + index;
  const window = (reach + 1) * blockLength;
  const bias = new Float32Array(blocks * blockLength * window).fill(MASKED);
  for (let block = 0; block < blocks; block++) {
    for (let query = 0; query < blockLength; query++) {
      for (let slot = 0; slot < window; slot++) {
        const keyBlock = block - reach + Math.floor(slot / blockLength);
        if (keyBlock < 0) continue;
        const key = raster(keyBlock, slot % blockLength);
        if (attends(kind, raster(block, query), key, config)) {
          bias[(block * blockLength + query) * window + slot] = 0;
        }
      }
    }
  }
  return { kind, blocks, blockLength, reach, bias: lastingArray(bias) };
}

/**
 * query, key, value: [N, H, B · L, D], image states in raster order, queries already scaled; textKey, textValue:
 * [N, H, T, D] → [N, H, B · L, D]. `onTextWeights` gets what the softmax gives to the text: [N, H, B · L, T].
 */
export function blockAttention<T extends Tensor<T>>(
  config: TransformerConfig,
  kind: MaskKind,
  image: { query: T; key: T; value: T },
  text: { key: T; value: T },
  onTextWeights?: (weights: T) => void,
): T {
  const plan = blockPlan(config, kind);
  const { blocks, blockLength, reach } = plan;
  const [batch, heads, , size] = image.query.shape as [number, number, number, number];
  const count = imageStates(config);
  const window = (reach + 1) * blockLength;
  const textCount = text.key.shape[2]!;
  const query = intoBlocks(config, kind, image.query); // [N, H, B, L, D]
  const bias = query.constant(plan.bias, [blocks, blockLength, window], "f32").cast(query.dtype);

  const flatQuery = query.reshape([batch, heads, count, size]);
  const textScores = flatQuery
    .matmul(text.key, { transposeOther: true })
    .reshape([batch, heads, blocks, blockLength, textCount]);
  const windowKeys = windows(intoBlocks(config, kind, image.key), reach); // [N, H, B, W, D]
  const imageScores = query.matmul(windowKeys, { transposeOther: true }).add(bias); // [N, H, B, L, W]

  const weights = textScores.concat([imageScores], -1).softmax(-1); // one softmax over both
  const [textWeights, imageWeights] = weights.split(-1, [textCount, window]) as [T, T];
  onTextWeights?.(outOfBlocks(kind, textWeights).reshape([batch, heads, count, textCount]));
  const fromText = textWeights.reshape([batch, heads, count, textCount]).matmul(text.value); // [N, H, B · L, D]
  const windowValues = windows(intoBlocks(config, kind, image.value), reach);
  const fromImage = imageWeights.matmul(windowValues); // [N, H, B, L, D]
  const mixed = fromImage.add(fromText.reshape([batch, heads, blocks, blockLength, size]));
  return outOfBlocks(kind, mixed).reshape([batch, heads, count, size]);
}

/** [N, H, R · C, D] in raster order → [N, H, B, L, D] */
function intoBlocks<T extends Tensor<T>>(config: TransformerConfig, kind: MaskKind, x: T): T {
  const [batch, heads, , size] = x.shape as [number, number, number, number];
  const grid = x.reshape([batch, heads, config.gridRows, config.gridColumns, size]);
  return kind === "column" ? grid.permute([0, 1, 3, 2, 4]) : grid;
}

/** [N, H, B, L, D] → [N, H, R, C, D] */
function outOfBlocks<T extends Tensor<T>>(kind: MaskKind, x: T): T {
  return kind === "column" ? x.permute([0, 1, 3, 2, 4]) : x;
}

/** Each block behind the `reach` before it; missing ones are zeros. [N, H, B, L, D] → [N, H, B, (reach + 1) · L, D] */
function windows<T extends Tensor<T>>(x: T, reach: number): T {
  if (reach === 0) return x;
  const [batch, heads, blocks, length, size] = x.shape as [number, number, number, number, number];
  const none = x
    .constant(zeros(reach * length * size), [1, 1, reach, length, size], "f32")
    .cast(x.dtype)
    .expand([batch, heads, reach, length, size]);
  const padded = none.concat([x], 2); // [N, H, reach + B, L, D]
  const shifted = Array.from({ length: reach + 1 }, (_, shift) =>
    padded.slice(2, shift, shift + blocks),
  );
  return shifted[0]!.concat(shifted.slice(1), 3);
}

const allZeros = new Map<number, Float32Array>();

/** So many, made once. */
function zeros(count: number): Float32Array {
  const known = allZeros.get(count) ?? lastingArray(new Float32Array(count));
  allZeros.set(count, known);
  return known;
}
