/**
 * @file Records the transformer as three graphs that share their weights; inputs and outputs as packages/dalle reads them.
 * transformer.onnx is the decoding step, transformer-explain.onnx reads a finished picture, transformer-text.onnx a caption.
 */
import { join } from "node:path";
import {
  captionLogits,
  decodeStep,
  streamStates,
  type TransformerConfig,
  textAttention,
} from "@dalle-ts/models";
import { type Graph, saveGraphs, type WeightFormat } from "@dalle-ts/tensor";
import { sparseLayout } from "dalle-ts/parts";
import { type GraphParameter, graphOf } from "./record.js";
import { cacheInputs, outputStep } from "./step-graph.js";

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

/** Axes: N pictures, L new states. */
function recordStep(
  config: TransformerConfig,
  parameters: readonly GraphParameter[],
  weightFormat: WeightFormat,
): Graph {
  const { graph, tree } = graphOf("transformer", parameters, { weightFormat });
  const { imageLogits, fresh } = decodeStep(tree, config, {
    ids: graph.input("ids", ["N", "L"], "i64"),
    positions: graph.input("positions", ["L"], "i64"),
    ...cacheInputs(graph, sparseLayout(config), "L"),
  });
  outputStep(graph, imageLogits, fresh);
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
