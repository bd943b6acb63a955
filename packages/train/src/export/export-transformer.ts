/** @file Records the transformer's decoding step as transformer.onnx; inputs and outputs as packages/dalle reads them. */
import { join } from "node:path";
import {
  cacheSlots,
  decodeStep,
  layerMask,
  type MaskKind,
  type TransformerConfig,
} from "@dalle-ts/models";
import type { GraphTensor, WeightFormat } from "@dalle-ts/tensor";
import { type GraphParameter, graphOf } from "./record.js";

/**
 * parameters: of `transformerSpecs`; weightFormat: of the linear layers. Returns the paths written.
 * Axes: N pictures, L new states; a cache has cacheSlots entries.
 */
export async function exportTransformer(
  folder: string,
  config: TransformerConfig,
  parameters: readonly GraphParameter[],
  weightFormat: WeightFormat,
): Promise<string[]> {
  const { layers, heads, headSize } = config;
  const { graph, tree } = graphOf("transformer", parameters, { weightFormat });
  const ids = graph.input("ids", ["N", "L"], "i64");
  const positions = graph.input("positions", ["L"], "i64");
  const kinds = Array.from({ length: layers }, (_, index) => layerMask(index + 1, layers));
  const bias = new Map<MaskKind, GraphTensor>();
  for (const kind of new Set(kinds)) {
    bias.set(kind, graph.input(`bias_${kind}`, ["L", `L+${cacheSlots(config, kind)}`], "f32"));
  }
  const caches = kinds.map((kind, index) => {
    const shape = ["N", heads, cacheSlots(config, kind), headSize];
    return {
      key: graph.input(`key_${index}`, shape, "f32"),
      value: graph.input(`value_${index}`, shape, "f32"),
    };
  });
  const { imageLogits, fresh } = decodeStep(tree, config, {
    ids,
    positions,
    bias: Object.fromEntries(bias) as Record<MaskKind, GraphTensor>,
    caches,
  });
  graph.output("logits", imageLogits);
  for (const [index, { key, value }] of fresh.entries()) {
    graph.output(`fresh_key_${index}`, key);
    graph.output(`fresh_value_${index}`, value);
  }
  return graph.save(join(folder, "transformer"));
}
