/**
 * @file What the graphs of decoding steps have in common: the caches of each layer and a bias for each kind of mask come
 * in, logits go out, and the keys and values of the new states for whoever keeps the caches (packages/dalle).
 */
import type { LayerCache } from "@dalle-ts/models";
import type { Graph, GraphTensor } from "@dalle-ts/tensor";
import { type CacheLayout, slotsOf } from "dalle-ts/parts";

/** Axes: N pictures; length: of the new states, "L" where it may be any. */
export function cacheInputs<Kind extends string>(
  graph: Graph,
  layout: CacheLayout<Kind>,
  length: number | "L",
): { bias: Record<Kind, GraphTensor>; caches: LayerCache<GraphTensor>[] } {
  const { kinds, heads, headSize } = layout;
  const biases = [...new Set(kinds)].map((kind) => {
    const slots = slotsOf(layout, kind);
    const keys = length === "L" ? `L+${slots}` : length + slots;
    return [kind, graph.input(`bias_${kind}`, [length, keys], "f32")] as const;
  });
  const caches = kinds.map((kind, index) => {
    const shape = ["N", heads, slotsOf(layout, kind), headSize];
    return {
      key: graph.input(`key_${index}`, shape, "f32"),
      value: graph.input(`value_${index}`, shape, "f32"),
    };
  });
  return { bias: Object.fromEntries(biases) as Record<Kind, GraphTensor>, caches };
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
