/** @file CLIP's image tower: a vision transformer over patches, read at a class state of its own. */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import { fullAttention } from "../attention.js";
import { fold } from "../dvae/fold.js";
import { convolutionSpecs, layerNorm, normSpecs, pointwise } from "../layers.js";
import { type BlockPrecision, tableSpec } from "../residual-blocks.js";
import { type ClipConfig, type ImageTowerConfig, patchesPerSide } from "./config.js";
import { convolutionalTower, convolutionalTowerSpecs } from "./convolutional-tower.js";
import { tower, towerSpecs } from "./tower.js";

/** pixels: [N, 3, P, P] in [0, 1] → embeddings [N, E], not normalised, fp32. */
export function embedImages<T extends Tensor<T>>(
  params: ParameterTree<T>,
  { image: config, embedding }: ClipConfig,
  pixels: T,
  precision: BlockPrecision = "f32",
): T {
  const perChannel = (values: readonly number[]) =>
    pixels.constant(Float32Array.from(values), [3, 1, 1], "f32");
  const standard = pixels.sub(perChannel(config.mean)).div(perChannel(config.deviation));
  return config.family === "convolutional"
    ? convolutionalTower(params, config, standard)
    : visionTower(params, config, standard, precision).reshape([-1, embedding]);
}

/** pixels: [N, 3, P, P] → [N, 1, E] */
function visionTower<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: ImageTowerConfig,
  pixels: T,
  precision: BlockPrecision,
): T {
  const { width, patch } = config;
  const patches = pointwise(params.at("patches"), fold(pixels, patch)); // [N, side, side, d]
  const inOrder = patches.reshape([-1, patchesPerSide(config) ** 2, width]);
  // The class state is the same for all pictures; taking a state times 0 gives it their number.
  const classState = inOrder.slice(1, 0, 1).mul(0).add(params.get("class"));
  const states = classState.concat([inOrder], 1).add(params.get("position")); // [N, 1 + side², d]
  const normed = layerNorm(params.at("first_norm"), states);
  const seen = tower(params, config, normed, precision, fullAttention);
  const summary = layerNorm(params.at("final_norm"), seen.slice(1, 0, 1)); // [N, 1, d]
  return summary.linear(params.get("projection.weight"));
}

export function imageTowerSpecs({ image, embedding }: ClipConfig): ParameterSpec[] {
  if (image.family === "convolutional") return convolutionalTowerSpecs(image, embedding);
  const { width, patch } = image;
  return [
    ...convolutionSpecs("patches", 3 * patch ** 2, width, 1),
    tableSpec("class", 1, width),
    tableSpec("position", 1 + patchesPerSide(image) ** 2, width),
    ...normSpecs("first_norm", width),
    ...towerSpecs(image, embedding),
  ];
}
