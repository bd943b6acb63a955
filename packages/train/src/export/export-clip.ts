/** @file Records CLIP's towers as clip-image.onnx (pixels → embedding) and clip-text.onnx (ids → embedding), both of length 1. */
import { join } from "node:path";
import { type ClipConfig, embedImages, embedTexts, normalise } from "@dalle-ts/models";
import type { WeightFormat } from "@dalle-ts/tensor";
import { type GraphParameter, graphOf } from "./record.js";

/** parameters: of `clipSpecs`; weightFormat: of the linear layers. Returns the paths written. */
export async function exportClip(
  folder: string,
  config: ClipConfig,
  parameters: readonly GraphParameter[],
  weightFormat: WeightFormat,
): Promise<string[]> {
  const { imageSize } = config.image;
  const { states } = config.text;

  const image = graphOf("clip-image", parameters, { weightFormat });
  const pixels = image.graph.input("pixels", ["N", 3, imageSize, imageSize], "f32");
  image.graph.output("embedding", normalise(embedImages(image.tree.at("image"), config, pixels)));

  const text = graphOf("clip-text", parameters, { weightFormat });
  const ids = text.graph.input("ids", ["N", states], "i64");
  const ends = text.graph.input("ends", ["N", states], "f32");
  text.graph.output("embedding", normalise(embedTexts(text.tree.at("text"), config, ids, ends)));

  return [
    ...(await image.graph.save(join(folder, "clip-image"))),
    ...(await text.graph.save(join(folder, "clip-text"))),
  ];
}
