/** @file A VQGAN's halves run once on ONNX Runtime, for comparison with a reference. */
import { vqganPixels, vqganScores, vqganVectors } from "@dalle-ts/models";
import type { Shape } from "@dalle-ts/tensor";
import { runtimeTensor } from "dalle-ts/parts";
import { graphOf } from "../../export/record.js";
import { runGraph } from "../check/run-graph.js";
import type { ImportedVqgan } from "./import-vqgan.js";

/** pixels: [N, C, P, P] in [0, 1] → vectors [N, E, S, S] and codes [N, S, S]. */
export async function encodeVqgan(
  { config, parameters }: ImportedVqgan,
  pixels: { readonly shape: Shape; readonly data: Float32Array },
): Promise<{ vectors: Float32Array; codes: BigInt64Array }> {
  const { graph, tree } = graphOf("vqgan-encoder", parameters);
  const input = graph.input("pixels", pixels.shape, "f32");
  const encoder = tree.at("encoder");
  graph.output("vectors", vqganVectors(encoder, config, input).permute([0, 3, 1, 2]));
  graph.output("codes", vqganScores(encoder, config, input).argmax(-1));
  const found = await runGraph(graph, { pixels: runtimeTensor(pixels.data, pixels.shape) });
  return {
    vectors: found.get("vectors") as Float32Array,
    codes: found.get("codes") as BigInt64Array,
  };
}

/** codes: [N, S · S] → pixels [N, C, P, P], clipped to [0, 1]. */
export async function decodeVqgan(
  { config, parameters }: ImportedVqgan,
  codes: { readonly shape: Shape; readonly data: BigInt64Array },
): Promise<Float32Array> {
  const [count, cells] = codes.shape as [number, number];
  const grid = [count, Math.sqrt(cells), Math.sqrt(cells)];
  const { graph, tree } = graphOf("vqgan-decoder", parameters);
  const input = graph.input("codes", grid, "i64");
  graph.output("pixels", vqganPixels(tree.at("decoder"), config, input));
  const found = await runGraph(graph, { codes: runtimeTensor(codes.data, grid) });
  return (found.get("pixels") as Float32Array).map((x) => Math.min(1, Math.max(0, x)));
}
