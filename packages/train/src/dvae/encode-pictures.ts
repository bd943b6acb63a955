/** @file Bytes of pictures to codes by a trained dVAE on libtorch. */
import type { DvaeConfig } from "@dalle-ts/models";
import { tidy } from "@dalle-ts/torch";
import type { TorchParameters } from "../parameters.js";
import { picturesFromBytes } from "../pictures/pictures-from-bytes.js";
import { codesFromPixels } from "./pixels-and-codes.js";

/**
 * bytes: `count` pictures, height × width × channel each → their codes in raster order, one picture after the other. In fp32,
 * whatever the dVAE was trained in: a model that is exported encodes so, and in bf16 one code in twenty would be another.
 */
export function encodePictures(
  dvae: { config: DvaeConfig; parameters: TorchParameters },
  bytes: Uint8Array,
  count: number,
  device: string,
): Uint16Array {
  const codes = tidy(() => {
    const pixels = picturesFromBytes(bytes, count, dvae.config.imageSize, device);
    return codesFromPixels(dvae, pixels).toArray() as BigInt64Array;
  });
  return Uint16Array.from(codes, Number);
}
