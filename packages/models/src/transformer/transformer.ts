/**
 * @file The decoder-only sparse transformer over one stream of text and image states [SPEC §2].
 * Letters: N batch, S states of the stream, T text states, d width, H heads, D head size, K image codes.
 * The residual stream is fp32; each residual block computes in `precision` [SPEC §3, Fig. 4].
 */
import type { ParameterTree, Tensor } from "@dalle-ts/tensor";
import { layerNorm, linear } from "../layers.js";
import { attentionBlock, type BlockPrecision, feedForwardBlock } from "../residual-blocks.js";
import { streamStates, type TransformerConfig } from "./config.js";
import { layerMask, type MaskKind } from "./masks.js";
import { sparseAttention } from "./sparse-attention.js";
import { embedStates } from "./stream.js";

/** Attention over the whole stream; sparse by default, dense as the test oracle. */
export type StreamAttention<T> = (
  config: TransformerConfig,
  kind: MaskKind,
  query: T,
  key: T,
  value: T,
) => T;

export interface TransformerOptions<T> {
  /** Precision inside residual blocks. @default "f32" */
  readonly precision?: BlockPrecision;
  /** @default sparseAttention */
  readonly attention?: StreamAttention<T>;
}

/**
 * ids: [N, S] and positions: [N, S] or [S], both i64, as in stream.ts; S may be the text states alone → normalised
 * states [N, S, d], fp32.
 */
export function transformer<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: TransformerConfig,
  ids: T,
  positions: T,
  { precision = "f32", attention = sparseAttention }: TransformerOptions<T> = {},
): T {
  let x = embedStates(params, config, ids, positions); // [N, S, d]
  for (let index = 0; index < config.layers; index++) {
    const layer = params.at(`layers.${index}`);
    const kind = layerMask(index + 1, config.layers);
    const attended = attentionBlock(layer.at("attention"), config, x, precision, (q, k, v) =>
      attention(config, kind, q, k, v),
    );
    x = x.add(attended.cast("f32"));
    x = x.add(feedForwardBlock(layer.at("feed_forward"), x, precision).cast("f32"));
  }
  return layerNorm(params.at("final_norm"), x);
}

/** states: [N, S, d] of the whole stream → logits of each code of the picture [N, S − T, K], in the states' precision. */
export function imageLogits<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: TransformerConfig,
  states: T,
): T {
  const ofImage = states.slice(1, config.textStates, streamStates(config));
  return linear(params.at("image.head"), ofImage);
}

/** states: [N, S, d] → logits of the next text token or the caption's end [N, T, textVocabulary + 1], in the states' precision. */
export function textLogits<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: TransformerConfig,
  states: T,
): T {
  return linear(params.at("text.head"), states.slice(1, 0, config.textStates));
}
