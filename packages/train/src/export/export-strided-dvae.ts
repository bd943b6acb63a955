/** @file Records DALLE-pytorch's dVAE as dvae-encoder.onnx (pixels → codes) and dvae-decoder.onnx (codes → pixels). */
import { join } from "node:path";
import {
  denormalisePixels,
  type StridedDvaeConfig,
  stridedDvaePixels,
  stridedDvaeScores,
} from "@dalle-ts/models";
import { type GraphParameter, graphOf } from "./record.js";

/** parameters: of both halves, below "encoder" and "decoder". Returns the paths written. */
export async function exportStridedDvae(
  folder: string,
  config: StridedDvaeConfig,
  parameters: readonly GraphParameter[],
): Promise<string[]> {
  const { imageSize, channels, layers } = config;
  const side = imageSize / 2 ** layers;

  const encoding = graphOf("dvae-encoder", parameters);
  const pixels = encoding.graph.input("pixels", [1, channels, imageSize, imageSize], "f32");
  const scores = stridedDvaeScores(encoding.tree.at("encoder"), config, pixels);
  encoding.graph.output("codes", scores.argmax(-1));

  const decoding = graphOf("dvae-decoder", parameters);
  const codes = decoding.graph.input("codes", [1, side, side], "i64");
  const normalised = stridedDvaePixels(decoding.tree.at("decoder"), config, codes);
  decoding.graph.output("pixels", denormalisePixels(config, normalised));

  return [
    ...(await encoding.graph.save(join(folder, "dvae-encoder"))),
    ...(await decoding.graph.save(join(folder, "dvae-decoder"))),
  ];
}
