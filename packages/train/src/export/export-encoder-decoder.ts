/**
 * @file Records an encoder-decoder as text-encoder.onnx (a caption → what the decoder's layers attend to of it) and
 * transformer.onnx (one code more); inputs and outputs as packages/dalle reads them.
 */
import { join } from "node:path";
import {
  decodeImageStep,
  type EncoderDecoderConfig,
  encodeText,
  textCaches,
} from "@dalle-ts/models";
import type { GraphTensor, WeightFormat } from "@dalle-ts/tensor";
import { type GraphParameter, graphOf } from "./record.js";
import { outputCaches, outputStep } from "./step-graph.js";

/** parameters: below "encoder" and "decoder"; weightFormat: of the linear layers. Returns the paths written. */
export async function exportEncoderDecoder(
  folder: string,
  config: EncoderDecoderConfig,
  parameters: readonly GraphParameter[],
  weightFormat: WeightFormat,
): Promise<string[]> {
  const { heads, width, textStates, decoderLayers } = config;
  const headSize = width / heads;
  const encoding = graphOf("text-encoder", parameters, { weightFormat });
  const text = encoding.graph.input("ids", [1, textStates], "i64");
  const states = encodeText(encoding.tree.at("encoder"), config, text);
  const caches = textCaches(encoding.tree.at("decoder"), config, states);
  outputCaches(encoding.graph, "text_", caches);

  const { graph, tree } = graphOf("transformer", parameters, { weightFormat });
  const cachesNamed = (key: string, value: string, slots: number | string) =>
    Array.from({ length: decoderLayers }, (_, index) => {
      const input = (name: string): GraphTensor =>
        graph.input(`${name}_${index}`, ["N", heads, slots, headSize], "f32");
      return { key: input(key), value: input(value) };
    });
  const { logits, fresh } = decodeImageStep(tree.at("decoder"), config, {
    ids: graph.input("ids", ["N", 1], "i64"),
    positions: graph.input("positions", [1], "i64"),
    bias: graph.input("bias", [1, "1+C"], "f32"),
    caches: cachesNamed("key", "value", "C"),
    text: cachesNamed("text_key", "text_value", textStates),
    textBias: graph.input("text_bias", ["N", 1, 1, textStates], "f32"),
  });
  outputStep(graph, logits, fresh);
  return [
    ...(await encoding.graph.save(join(folder, "text-encoder"))),
    ...(await graph.save(join(folder, "transformer"))),
  ];
}
