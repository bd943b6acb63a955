/** @file DALLE-pytorch's own dVAE run once on ONNX Runtime, for comparison with a reference. */
import { stridedDvaePixels, stridedDvaeScores } from "@dalle-ts/models";
import type { Shape } from "@dalle-ts/tensor";
import { runtimeTensor } from "dalle-ts/parts";
import { graphOf } from "../../export/record.js";
import { runGraph } from "../check/run-graph.js";
import type { ImportedStridedDvae } from "./import-strided-dvae.js";

/** pixels: [N, C, P, P] in [0, 1] → codes [N, S, S]. */
export async function encodeStrided(
  { config, parameters }: ImportedStridedDvae,
  pixels: { readonly shape: Shape; readonly data: Float32Array },
): Promise<BigInt64Array> {
  const { graph, tree } = graphOf("strided-dvae-encoder", parameters);
  const input = graph.input("pixels", pixels.shape, "f32");
  graph.output("codes", stridedDvaeScores(tree.at("encoder"), config, input).argmax(-1));
  const found = await runGraph(graph, { pixels: runtimeTensor(pixels.data, pixels.shape) });
  return found.get("codes") as BigInt64Array;
}

/** codes: [N, S · S] → pixels [N, C, P, P] as the network gives them. */
export async function decodeStrided(
  { config, parameters }: ImportedStridedDvae,
  codes: { readonly shape: Shape; readonly data: BigInt64Array },
): Promise<Float32Array> {
  const [count, cells] = codes.shape as [number, number];
  const grid = [count, Math.sqrt(cells), Math.sqrt(cells)];
  const { graph, tree } = graphOf("strided-dvae-decoder", parameters);
  const input = graph.input("codes", grid, "i64");
  graph.output("pixels", stridedDvaePixels(tree.at("decoder"), config, input));
  const found = await runGraph(graph, { codes: runtimeTensor(codes.data, grid) });
  return found.get("pixels") as Float32Array;
}
