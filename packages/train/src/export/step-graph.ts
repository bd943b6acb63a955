/**
 * @file What the graphs of decoding steps have in common: the caches of each layer and a bias for each mask come
 * in, logits go out, and the keys and values of the new states for whoever keeps the caches (packages/dalle).
 */
import { type DecodeInputs, type LayerCache, perMask } from "@dalle-ts/models";
import type { Graph, GraphTensor } from "@dalle-ts/tensor";
import { type CacheLayout, slotsOf } from "dalle-ts/parts";

/** Axes: N pictures; length: of the new states, "L" where it may be any. */
export function cacheInputs(
  graph: Graph,
  layout: CacheLayout,
  length: number | "L",
): Pick<DecodeInputs<GraphTensor>, "biases" | "caches"> {
  const { masks, heads, headSize } = layout;
  const biases = perMask(masks, (mask) => {
    const slots = slotsOf(layout, mask);
    const keys = length === "L" ? `L+${slots}` : length + slots;
    return graph.input(`bias_${mask.name}`, [length, keys], "f32");
  });
  const caches = masks.map((mask, index) => {
    const shape = ["N", heads, slotsOf(layout, mask), headSize];
    return {
      key: graph.input(`key_${index}`, shape, "f32"),
      value: graph.input(`value_${index}`, shape, "f32"),
    };
  });
  return { biases, caches };
}

/** fresh: of each layer, the keys and values of the new states. */
export function outputStep(
  graph: Graph,
  logits: GraphTensor,
  fresh: readonly LayerCache<GraphTensor>[],
): void {
  graph.output("logits", logits);
  outputCaches(graph, "fresh_", fresh);
}

/** As <prefix>key_0, <prefix>value_0, … */
export function outputCaches(
  graph: Graph,
  prefix: string,
  caches: readonly LayerCache<GraphTensor>[],
): void {
  for (const [index, { key, value }] of caches.entries()) {
    graph.output(`${prefix}key_${index}`, key);
    graph.output(`${prefix}value_${index}`, value);
  }
}
