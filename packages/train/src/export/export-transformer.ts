/**
 * @file Records the transformer as three graphs that share their weights; inputs and outputs as packages/dalle reads them.
 * transformer.onnx is the decoding step, transformer-explain.onnx reads a finished picture, transformer-text.onnx a caption.
 */
import { join } from "node:path";
import {
  cacheSlots,
  captionLogits,
  decodeStep,
  layerMask,
  type MaskKind,
  streamStates,
  type TransformerConfig,
  textAttention,
} from "@dalle-ts/models";
import { type Graph, type GraphTensor, saveGraphs, type WeightFormat } from "@dalle-ts/tensor";
import { type GraphParameter, graphOf } from "./record.js";

/** parameters: of `transformerSpecs`; weightFormat: of the linear layers. Returns the paths written. */
export async function exportTransformer(
  folder: string,
  config: TransformerConfig,
  parameters: readonly GraphParameter[],
  weightFormat: WeightFormat,
): Promise<string[]> {
  const records = [recordStep, recordExplanation, recordCaption];
  const graphs = records.map((record) => record(config, parameters, weightFormat));
  return saveGraphs(graphs.map((graph) => ({ graph, path: join(folder, graph.name) })));
}

/** Axes: N pictures, L new states; a cache has cacheSlots entries. */
function recordStep(
  config: TransformerConfig,
  parameters: readonly GraphParameter[],
  weightFormat: WeightFormat,
): Graph {
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
  return graph;
}

/** A whole stream → what each code's state gave to each text state, [N, I, T]. */
function recordExplanation(
  config: TransformerConfig,
  parameters: readonly GraphParameter[],
  weightFormat: WeightFormat,
): Graph {
  const { graph, tree } = graphOf("transformer-explain", parameters, { weightFormat });
  const ids = graph.input("ids", ["N", streamStates(config)], "i64");
  const positions = graph.input("positions", [streamStates(config)], "i64");
  graph.output("attention", textAttention(tree, config, ids, positions));
  return graph;
}

/** The text states → logits of the token after each, [N, T, V + 1]. */
function recordCaption(
  config: TransformerConfig,
  parameters: readonly GraphParameter[],
  weightFormat: WeightFormat,
): Graph {
  const { graph, tree } = graphOf("transformer-text", parameters, { weightFormat });
  const ids = graph.input("ids", ["N", config.textStates], "i64");
  const positions = graph.input("positions", [config.textStates], "i64");
  graph.output("logits", captionLogits(tree, config, ids, positions));
  return graph;
}
