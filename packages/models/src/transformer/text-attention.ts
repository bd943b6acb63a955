/**
 * @file What each code of a finished picture looked at in the caption: the softmax weights that its image state gave to
 * the text states, averaged over heads and layers. What is missing to 1 went to image states.
 */
import type { ParameterTree, Tensor } from "@dalle-ts/tensor";
import type { TransformerConfig } from "./config.js";
import { sparseAttention } from "./sparse-attention.js";
import { transformer } from "./transformer.js";

/**
 * ids: [N, S] and positions: [N, S] or [S], both i64, a whole stream as in stream.ts → [N, S − T, T], fp32; entries ≥
 * 0, rows sum to at most 1.
 */
export function textAttention<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: TransformerConfig,
  ids: T,
  positions: T,
): T {
  const layers: T[] = [];
  transformer(params, config, ids, positions, {
    attention: (of, kind, query, key, value) =>
      sparseAttention(of, kind, query, key, value, (weights) => layers.push(weights.mean([1]))),
  });
  return layers.reduce((sum, layer) => sum.add(layer)).div(layers.length);
}
