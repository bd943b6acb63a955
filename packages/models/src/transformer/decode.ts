/**
 * @file Cached decoding: L new states given what earlier states left in caches. A layer's cache holds the text states
 * and the last image states, as far back as its mask reaches; the bias says what each slot holds and hides those that
 * the mask does not see (order does not matter to attention, positions are in the states themselves).
 * Letters: N batch, L new states, d width.
 */
import type { ParameterTree, Tensor } from "@dalle-ts/tensor";
import { cachedLayers, type DecodeInputs, type DecodeOutputs } from "../cached-attention.js";
import { layerNorm, linear } from "../layers.js";
import { attentionBlock, feedForwardBlock } from "../residual-blocks.js";
import { imageStates, type TransformerConfig } from "./config.js";
import { type MaskKind, maskExtent } from "./masks.js";
import { embedStates } from "./stream.js";

/** Image states that a layer's cache holds: a ring of the last ones, or for the column mask one column. */
export function cacheWindow(config: TransformerConfig, kind: MaskKind): number {
  if (kind === "column") return config.gridRows;
  return Math.max(1, Math.min(maskExtent(kind, config), imageStates(config)));
}

/** ids and positions: as in stream.ts. */
export function decodeStep<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: TransformerConfig,
  inputs: DecodeInputs<T>,
): DecodeOutputs<T> {
  let x = embedStates(params, config, inputs.ids, inputs.positions); // [N, L, d]
  const { attend, fresh } = cachedLayers(inputs.caches, inputs.biases);
  for (let index = 0; index < config.layers; index++) {
    const layer = params.at(`layers.${index}`);
    x = x.add(attentionBlock(layer.at("attention"), config, x, "f32", attend(index)));
    x = x.add(feedForwardBlock(layer.at("feed_forward"), x, "f32"));
  }
  const states = layerNorm(params.at("final_norm"), x);
  return { imageLogits: linear(params.at("image.head"), states), fresh };
}
