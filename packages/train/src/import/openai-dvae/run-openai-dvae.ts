/** @file OpenAI's dVAE run once on ONNX Runtime, for comparison with a reference. */
import { decodeCodes, encoder, mapPixels, pixelsFromDecoder } from "@dalle-ts/models";
import type { Shape } from "@dalle-ts/tensor";
import { runtimeTensor } from "dalle-ts/parts";
import { graphOf } from "../../export/record.js";
import { runGraph } from "../check/run-graph.js";
import type { ImportedDvae } from "./import-openai-dvae.js";

/** image: [N, 3, H, W] in 0…1 → what the encoder sees, [N, 3, H, W], its logits [N, K, S, S], and codes [N, S, S]. */
export async function encodeOpenAi(
  { config, parameters }: ImportedDvae,
  image: { readonly shape: Shape; readonly data: Float32Array },
): Promise<{ mapped: Float32Array; logits: Float32Array; codes: BigInt64Array }> {
  const { graph, tree } = graphOf("encoder", parameters);
  const mapped = mapPixels(graph.input("image", image.shape, "f32"));
  const logits = encoder(tree.at("encoder"), config, mapped);
  graph.output("mapped", mapped);
  graph.output("logits", logits.permute([0, 3, 1, 2])); // the package has codes second
  graph.output("codes", logits.argmax(-1));
  const found = await runGraph(graph, { image: runtimeTensor(image.data, image.shape) });
  return {
    mapped: found.get("mapped") as Float32Array,
    logits: found.get("logits") as Float32Array,
    codes: found.get("codes") as BigInt64Array,
  };
}

/** codes: [N, S, S] → the decoder's output [N, 6, H, W], and pixels [N, 3, H, W], not clipped. */
export async function decodeOpenAi(
  { config, parameters }: ImportedDvae,
  codes: { readonly shape: Shape; readonly data: BigInt64Array },
): Promise<{ statistics: Float32Array; pixels: Float32Array }> {
  const { graph, tree } = graphOf("decoder", parameters);
  const input = graph.input("codes", codes.shape, "i64");
  const statistics = decodeCodes(tree.at("decoder"), config, input);
  graph.output("statistics", statistics);
  graph.output("pixels", pixelsFromDecoder(statistics));
  const found = await runGraph(graph, { codes: runtimeTensor(codes.data, codes.shape) });
  return {
    statistics: found.get("statistics") as Float32Array,
    pixels: found.get("pixels") as Float32Array,
  };
}
