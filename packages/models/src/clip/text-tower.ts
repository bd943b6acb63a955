/** @file CLIP's text tower: a causal transformer over a caption, read at the caption's end. */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import { causalAttention } from "../attention.js";
import { layerNorm } from "../layers.js";
import { type BlockPrecision, tableSpec } from "../residual-blocks.js";
import type { ClipConfig, TextTowerConfig } from "./config.js";
import { tower, towerSpecs } from "./tower.js";

/** A caption as the tower reads it. */
export interface ClipText {
  /** `states` ids: start, tokens, end, and zeros that the end does not see. */
  readonly ids: number[];
  /** Index of the end in `ids`. */
  readonly end: number;
}

/** tokens: text ids; those beyond states − 2 are left out. */
export function clipText(config: TextTowerConfig, tokens: ArrayLike<number>): ClipText {
  const kept = Array.from(tokens).slice(0, config.states - 2);
  const [start, end] = [config.vocabulary, config.vocabulary + 1];
  const ids = [start, ...kept, end];
  const padding = Array<number>(config.states - ids.length).fill(0);
  return { ids: [...ids, ...padding], end: ids.length - 1 };
}

/** ids: [N, S] of i64; ends: [N, S] of f32, 1 at each caption's end and 0 elsewhere → embeddings [N, E], not normalised, fp32. */
export function embedTexts<T extends Tensor<T>>(
  params: ParameterTree<T>,
  { text: config, embedding }: ClipConfig,
  ids: T,
  ends: T,
  precision: BlockPrecision = "f32",
): T {
  const { states, width } = config;
  const embedded = params.get("token").lookup(ids).add(params.get("position"));
  const read = tower(params, config, embedded, precision, causalAttention);
  const normed = layerNorm(params.at("final_norm"), read); // [N, S, d]
  const summary = ends.reshape([-1, 1, states]).matmul(normed).reshape([-1, width]);
  return summary.linear(params.get("projection.weight")).reshape([-1, embedding]);
}

export function textTowerSpecs({ text, embedding }: ClipConfig): ParameterSpec[] {
  return [
    tableSpec("token", text.vocabulary + 2, text.width),
    tableSpec("position", text.states, text.width),
    ...towerSpecs(text, embedding),
  ];
}
