/** @file Records the dVAE as dvae-encoder.onnx (pixels → codes) and dvae-decoder.onnx (codes → pixels). */
import { join } from "node:path";
import {
  type DvaeConfig,
  decodeCodes,
  encoder,
  gridSide,
  mapPixels,
  pixelsFromDecoder,
} from "@dalle-ts/models";
import { type GraphParameter, graphOf } from "./record.js";

/** parameters: of `dvaeSpecs`. The decoder takes one picture, of any number of rows of the grid, R. Returns the paths written. */
export async function exportDvae(
  folder: string,
  config: DvaeConfig,
  parameters: readonly GraphParameter[],
): Promise<string[]> {
  const { imageSize, channels } = config;
  const side = gridSide(config);

  const encoding = graphOf("dvae-encoder", parameters);
  const pixels = encoding.graph.input("pixels", [-1, channels, imageSize, imageSize], "f32");
  const logits = encoder(encoding.tree.at("encoder"), config, mapPixels(pixels));
  encoding.graph.output("codes", logits.argmax(-1));

  const decoding = graphOf("dvae-decoder", parameters);
  const codes = decoding.graph.input("codes", [1, "R", side], "i64");
  const decoded = decodeCodes(decoding.tree.at("decoder"), config, codes);
  decoding.graph.output("pixels", pixelsFromDecoder(decoded));

  return [
    ...(await encoding.graph.save(join(folder, "dvae-encoder"))),
    ...(await decoding.graph.save(join(folder, "dvae-decoder"))),
  ];
}
