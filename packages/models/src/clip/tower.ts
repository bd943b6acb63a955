/** @file What both towers of CLIP have in common: pre-normalised residual blocks over states of any meaning. */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import type { Attend } from "../attention.js";
import { normSpecs } from "../layers.js";
import {
  attentionBlock,
  type BlockPrecision,
  feedForwardBlock,
  residualSpecs,
} from "../residual-blocks.js";
import type { TowerConfig } from "./config.js";

/** x: [N, S, d], fp32 → [N, S, d], fp32 */
export function tower<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: TowerConfig,
  x: T,
  precision: BlockPrecision,
  attend: Attend<T>,
): T {
  let states = x;
  for (let index = 0; index < config.layers; index++) {
    const layer = params.at(`layers.${index}`);
    const heads = headsOf(config);
    const attended = attentionBlock(layer.at("attention"), heads, states, precision, attend);
    states = states.add(attended.cast("f32"));
    const fed = feedForwardBlock(layer.at("feed_forward"), states, precision);
    states = states.add(fed.cast("f32"));
  }
  return states;
}

/**
 * Blocks, the norm after them, and the projection into the joint space. Weights of blocks start with the transformer's deviation,
 * where CLIP's have one that depends on the width.
 */
export function towerSpecs(config: TowerConfig, embedding: number): ParameterSpec[] {
  return [
    ...residualSpecs(config.layers, config.width, headsOf(config)),
    ...normSpecs("final_norm", config.width),
    {
      name: "projection.weight",
      shape: [embedding, config.width],
      init: { normal: 1 / Math.sqrt(config.width) },
    },
  ];
}

function headsOf({ width, heads }: TowerConfig) {
  return { heads, headSize: width / heads };
}
