/**
 * @file CLIP's ResNet image tower [SPEC §7.7], of the files called RN: bottlenecks with average pooling in place of
 * strides, and attention pooling at the end. Batch norms, which are linear in a trained network, are folded into the
 * convolutions. Letters: N pictures, C channels, H and W pixels, E numbers of an embedding.
 */
import { branchSpecs, type ParameterSpec, type ParameterTree, type Tensor } from "@dalle-ts/tensor";
import { fullAttention } from "../attention.js";
import { convolution, convolutionSpecs, linear, linearSpecs } from "../layers.js";
import { tableSpec } from "../residual-blocks.js";
import type { ConvolutionalTowerConfig } from "./config.js";

/** Channels of a bottleneck's result for each of its inner ones. */
const EXPANSION = 4;
interface Bottleneck {
  readonly name: string;
  readonly inputs: number;
  readonly inner: number;
  readonly pooled: boolean;
}

function bottlenecks({ groups, width }: ConvolutionalTowerConfig): Bottleneck[] {
  let inputs = width;
  return groups.flatMap((blocks, group) =>
    Array.from({ length: blocks }, (_, block) => {
      const inner = width * 2 ** group;
      const name = `group_${group + 1}.block_${block}`;
      const bottleneck = { name, inputs, inner, pooled: group > 0 && block === 0 };
      inputs = EXPANSION * inner;
      return bottleneck;
    }),
  );
}

/** Whether the block's input has another shape than its result, and goes through a convolution of its own. */
const isReshaped = ({ inputs, inner, pooled }: Bottleneck) =>
  pooled || inputs !== EXPANSION * inner;

/** Channels of the last map. */
export function convolutionalWidth({ groups, width }: ConvolutionalTowerConfig): number {
  return EXPANSION * width * 2 ** (groups.length - 1);
}

/** Pixels along one side of the square that one cell of the last map stands for. */
export function convolutionalReduction({ groups }: ConvolutionalTowerConfig): number {
  // The stem quarters the picture, and each group but the first halves it.
  return 2 ** (groups.length + 1);
}

/** Cells along one side of the last map. */
function convolutionalSide(config: ConvolutionalTowerConfig): number {
  return config.imageSize / convolutionalReduction(config);
}

/** pixels: [N, 3, P, P], standardised → embeddings [N, E], not normalised. */
export function convolutionalTower<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: ConvolutionalTowerConfig,
  pixels: T,
): T {
  const halved = { stride: 2, padding: [1, 1] } as const;
  let x = convolution(params.at("stem_1"), pixels, halved).relu();
  x = convolution(params.at("stem_2"), x).relu();
  x = halve(convolution(params.at("stem_3"), x).relu());
  for (const block of bottlenecks(config)) x = bottleneck(params.at(block.name), block, x);
  return attentionPool(params.at("pool"), config, x);
}

/** [N, C, H, W] → [N, C, H / 2, W / 2], the mean of each square. */
function halve<T extends Tensor<T>>(x: T): T {
  const [, channels, height, width] = x.shape as [number, number, number, number];
  return x.reshape([-1, channels, height / 2, 2, width / 2, 2]).mean([3, 5]);
}

function bottleneck<T extends Tensor<T>>(params: ParameterTree<T>, block: Bottleneck, x: T): T {
  const narrow = convolution(params.at("conv_1"), x).relu();
  const inner = convolution(params.at("conv_2"), narrow).relu();
  const wide = convolution(params.at("conv_3"), block.pooled ? halve(inner) : inner);
  const kept = block.pooled ? halve(x) : x;
  return wide.add(isReshaped(block) ? convolution(params.at("shortcut"), kept) : kept).relu();
}

/**
 * Attention pooling: the mean of all cells is the one query; keys and values are that mean and the cells. x: [N, C, S,
 * S] → [N, E]
 */
function attentionPool<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: ConvolutionalTowerConfig,
  x: T,
): T {
  const { heads } = config;
  const width = convolutionalWidth(config);
  const cells = x.reshape([-1, width, convolutionalSide(config) ** 2]).permute([0, 2, 1]);
  const states = cells.mean([1], true).concat([cells], 1).add(params.get("position")); // [N, 1 + S², C]
  const perHead = (name: string, asked: T) =>
    linear(params.at(name), asked)
      .reshape([-1, asked.shape[1]!, heads, width / heads])
      .permute([0, 2, 1, 3]);
  const query = perHead("query", states.slice(1, 0, 1)).mul(1 / Math.sqrt(width / heads));
  const mixed = fullAttention(query, perHead("key", states), perHead("value", states));
  return linear(params.at("output"), mixed.permute([0, 2, 1, 3]).reshape([-1, width]));
}

export function convolutionalTowerSpecs(
  config: ConvolutionalTowerConfig,
  embedding: number,
): ParameterSpec[] {
  const { width } = config;
  const last = convolutionalWidth(config);
  const init = { normal: 1 / Math.sqrt(last) };
  return [
    ...convolutionSpecs("stem_1", 3, width / 2, 3),
    ...convolutionSpecs("stem_2", width / 2, width / 2, 3),
    ...convolutionSpecs("stem_3", width / 2, width, 3),
    ...bottlenecks(config).flatMap((block) => {
      const { name, inputs, inner } = block;
      return branchSpecs(name, [
        ...convolutionSpecs("conv_1", inputs, inner, 1),
        ...convolutionSpecs("conv_2", inner, inner, 3),
        ...convolutionSpecs("conv_3", inner, EXPANSION * inner, 1),
        ...(isReshaped(block) ? convolutionSpecs("shortcut", inputs, EXPANSION * inner, 1) : []),
      ]);
    }),
    ...branchSpecs("pool", [
      tableSpec("position", 1 + convolutionalSide(config) ** 2, last),
      ...["query", "key", "value"].flatMap((name) => linearSpecs(name, last, last, init)),
      ...linearSpecs("output", last, embedding, init),
    ]),
  ];
}
