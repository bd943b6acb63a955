/**
 * @file What both halves of a VQGAN are made of: residual blocks of two convolutions, and attention over all pixels.
 * Letters: N pictures, C channels, H and W pixels.
 */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import { convolution, convolutionSpecs, normSpecs } from "../layers.js";
import { NORM_GROUPS, type VqganHalf } from "./config.js";

/** [N, C, H, W] → [N, C, H, W], by groups of channels. */
export function norm<T extends Tensor<T>>(params: ParameterTree<T>, epsilon: number, x: T): T {
  return x.groupNorm(NORM_GROUPS, params.get("weight"), params.get("bias"), epsilon);
}

/** x: [N, inputs, H, W] → [N, outputs, H, W] */
function residualBlock<T extends Tensor<T>>(
  params: ParameterTree<T>,
  { inputs, outputs }: Block,
  epsilon: number,
  x: T,
): T {
  const narrow = convolution(params.at("conv_1"), norm(params.at("norm_1"), epsilon, x).silu());
  const wide = convolution(params.at("conv_2"), norm(params.at("norm_2"), epsilon, narrow).silu());
  return wide.add(inputs === outputs ? x : convolution(params.at("shortcut"), x));
}

/** One head over all pixels, added to its input. x: [N, C, H, W] → [N, C, H, W] */
function attention<T extends Tensor<T>>(params: ParameterTree<T>, epsilon: number, x: T): T {
  const [batch, channels, height, width] = x.shape as [number, number, number, number];
  const normed = norm(params.at("norm"), epsilon, x);
  const rows = (name: string) =>
    convolution(params.at(name), normed)
      .reshape([batch, channels, height * width])
      .permute([0, 2, 1]); // [N, H W, C]
  const query = rows("query").mul(1 / Math.sqrt(channels));
  const weights = query.matmul(rows("key"), { transposeOther: true }).softmax(-1); // [N, H W, H W]
  const mixed = weights.matmul(rows("value")).permute([0, 2, 1]).reshape(x.shape);
  return x.add(convolution(params.at("output"), mixed));
}

function attentionSpecs(name: string, width: number): ParameterSpec[] {
  const products = ["query", "key", "value", "output"];
  return [
    ...normSpecs(`${name}.norm`, width),
    ...products.flatMap((product) => convolutionSpecs(`${name}.${product}`, width, width, 1)),
  ];
}

/** A residual block, and what follows it. */
export interface Block {
  /** Below the half's branch, such as "level_2.block_1". */
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** Name of the attention after it. */
  readonly attention?: string;
}

/** The blocks of one level, in order. `inputs`: the width of what enters it. */
export function levelBlocks({ levels }: VqganHalf, level: number, inputs: number): Block[] {
  const { width, blocks, attention } = levels[level]!;
  return Array.from({ length: blocks }, (_, index) => ({
    name: `level_${level}.block_${index}`,
    inputs: index ? width : inputs,
    outputs: width,
    ...(attention ? { attention: `level_${level}.attention_${index}` } : {}),
  }));
}

/** The blocks at the coarsest resolution, which both halves have: block, attention, block. */
export function middleBlocks(width: number): Block[] {
  return [
    { name: "middle.block_1", inputs: width, outputs: width, attention: "middle.attention" },
    { name: "middle.block_2", inputs: width, outputs: width },
  ];
}

export function runBlocks<T extends Tensor<T>>(
  params: ParameterTree<T>,
  blocks: readonly Block[],
  epsilon: number,
  input: T,
): T {
  let x = input;
  for (const block of blocks) {
    x = residualBlock(params.at(block.name), block, epsilon, x);
    if (block.attention) x = attention(params.at(block.attention), epsilon, x);
  }
  return x;
}

export function blockSpecs({ name, inputs, outputs, attention }: Block): ParameterSpec[] {
  return [
    ...normSpecs(`${name}.norm_1`, inputs),
    ...convolutionSpecs(`${name}.conv_1`, inputs, outputs, 3),
    ...normSpecs(`${name}.norm_2`, outputs),
    ...convolutionSpecs(`${name}.conv_2`, outputs, outputs, 3),
    ...(inputs === outputs ? [] : convolutionSpecs(`${name}.shortcut`, inputs, outputs, 1)),
    ...(attention ? attentionSpecs(attention, outputs) : []),
  ];
}
