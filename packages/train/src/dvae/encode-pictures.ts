/** @file Pictures to codes by a trained dVAE on libtorch, without gradients or Gumbel noise [SPEC §2.4]. */
import { type BlockPrecision, type DvaeConfig, encoder, mapPixels } from "@dalle-ts/models";
import { noGradient, tidy } from "@dalle-ts/torch";
import { type TorchParameters, treeOf } from "../parameters.js";
import { picturesFromBytes } from "../pictures/pictures-from-bytes.js";

/** bytes: `count` pictures, height × width × channel each → their codes in raster order, one picture after the other. */
export function encodePictures(
  { config, parameters }: { config: DvaeConfig; parameters: TorchParameters },
  bytes: Uint8Array,
  count: number,
  { precision, device }: { precision: BlockPrecision; device: string },
): Uint16Array {
  const codes = noGradient(() =>
    tidy(() => {
      const pixels = mapPixels(picturesFromBytes(bytes, count, config.imageSize, device));
      const logits = encoder(treeOf(parameters).at("encoder"), config, pixels.cast(precision));
      return logits.argmax(-1).toArray() as BigInt64Array;
    }),
  );
  return Uint16Array.from(codes, Number);
}
