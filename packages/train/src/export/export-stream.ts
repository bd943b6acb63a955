/**
 * @file Records the transformers that have caption and picture in one stream as transformer.onnx, their decoding step; inputs
 * and outputs as packages/dalle reads them. Where tokens are shifted captions are read by a graph of their own, caption.onnx,
 * with the same weights.
 */
import { join } from "node:path";
import {
  type AxialTransformerConfig,
  axialDecodeStep,
  type DecodeInputs,
  type DecodeOutputs,
  denseDecodeStep,
  type StreamModelConfig,
  sandwichDecodeStep,
  shiftCell,
  shiftedChannels,
  shiftText,
  streamPlan,
} from "@dalle-ts/models";
import {
  type GraphTensor,
  type ParameterTree,
  saveGraphs,
  type WeightFormat,
} from "@dalle-ts/tensor";
import { planLayout } from "dalle-ts/parts";
import { type GraphParameter, graphOf } from "./record.js";
import { cacheInputs, outputStep } from "./step-graph.js";

/** parameters: of the family; weightFormat: of the linear layers. Returns the paths written. */
export async function exportStream(
  folder: string,
  config: StreamModelConfig,
  parameters: readonly GraphParameter[],
  weightFormat: WeightFormat,
): Promise<string[]> {
  const layout = planLayout(streamPlan(config));
  const isShifted = config.family === "axial" && config.tokenShift;
  // Angles are no trained vectors: of a large one every digit counts.
  const formatOf = (name: string) => (name.startsWith("rotary.") ? "f32" : weightFormat);
  const graphs = [recordStep("transformer", isShifted ? 1 : "L")];
  if (isShifted) graphs.push(recordStep("caption", layout.textStates));
  return saveGraphs(graphs);

  /** Axes: N pictures, L new states. */
  function recordStep(name: "transformer" | "caption", length: number | "L") {
    const { graph, tree } = graphOf(name, parameters, { weightFormat: formatOf });
    const ids = graph.input("ids", ["N", length], "i64");
    const positions = graph.input("positions", [length], "i64");
    const inputs = { ids, positions, ...cacheInputs(graph, layout, length) };
    const shiftOf = (axial: AxialTransformerConfig) => (block: number, normed: GraphTensor) => {
      if (name === "caption") return shiftText(axial, normed);
      const channels = shiftedChannels(axial);
      graph.output(`shifted_${block}`, normed.slice(2, 0, 2 * channels));
      const part = (side: string) => graph.input(`${side}_${block}`, ["N", 1, channels], "f32");
      return shiftCell(axial, normed, part("above"), part("left"));
    };
    const { imageLogits, fresh } = step(tree, config, inputs, shiftOf);
    outputStep(graph, imageLogits, fresh);
    return { graph, path: join(folder, name) };
  }
}

function step(
  tree: ParameterTree<GraphTensor>,
  config: StreamModelConfig,
  inputs: DecodeInputs<GraphTensor>,
  shiftOf: (config: AxialTransformerConfig) => (block: number, normed: GraphTensor) => GraphTensor,
): DecodeOutputs<GraphTensor> {
  switch (config.family) {
    case "dense":
      return denseDecodeStep(tree, config, inputs);
    case "sandwich":
      return sandwichDecodeStep(tree, config, inputs);
    case "axial":
      return axialDecodeStep(tree, config, inputs, shiftOf(config));
  }
}
