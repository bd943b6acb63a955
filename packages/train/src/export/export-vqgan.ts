/**
 * @file Records a VQGAN as dvae-decoder.onnx (codes → pixels) and, where it has an encoder, dvae-encoder.onnx (pixels →
 * codes).
 */
import { join } from "node:path";
import { type VqganConfig, vqganGridSide, vqganPixels, vqganScores } from "@dalle-ts/models";
import { type GraphParameter, graphOf } from "./record.js";

/** parameters: of both halves, below "encoder" and "decoder". Returns the paths written. */
export async function exportVqgan(
  folder: string,
  config: VqganConfig,
  parameters: readonly GraphParameter[],
): Promise<string[]> {
  const side = vqganGridSide(config);
  const decoding = graphOf("dvae-decoder", parameters);
  const codes = decoding.graph.input("codes", [1, side, side], "i64");
  decoding.graph.output("pixels", vqganPixels(decoding.tree.at("decoder"), config, codes));
  const written = await decoding.graph.save(join(folder, "dvae-decoder"));
  if (!config.encoder) return written;

  const { channels, imageSize, patch } = config;
  const encoding = graphOf("dvae-encoder", parameters);
  const pixels = encoding.graph.input("pixels", [1, channels, imageSize, imageSize], "f32");
  // The wavelet variant reads pictures of half the size.
  const read = imageSize / patch;
  const shrunk = pixels.reshape([channels, read, patch, read, patch]).mean([2, 4]);
  encoding.graph.output(
    "codes",
    vqganScores(
      encoding.tree.at("encoder"),
      config,
      shrunk.reshape([1, channels, read, read]),
    ).argmax(-1),
  );
  return [...written, ...(await encoding.graph.save(join(folder, "dvae-encoder")))];
}
