/** @file Bytes of pictures to codes by a trained dVAE on libtorch. */
import type { BlockPrecision, DvaeConfig } from "@dalle-ts/models";
import { tidy } from "@dalle-ts/torch";
import type { TorchParameters } from "../parameters.js";
import { picturesFromBytes } from "../pictures/pictures-from-bytes.js";
import { codesFromPixels } from "./pixels-and-codes.js";

/** bytes: `count` pictures, height × width × channel each → their codes in raster order, one picture after the other. */
export function encodePictures(
  dvae: { config: DvaeConfig; parameters: TorchParameters },
  bytes: Uint8Array,
  count: number,
  { precision, device }: { precision: BlockPrecision; device: string },
): Uint16Array {
  const codes = tidy(() => {
    const pixels = picturesFromBytes(bytes, count, dvae.config.imageSize, device);
    return codesFromPixels(dvae, pixels, precision).toArray() as BigInt64Array;
  });
  return Uint16Array.from(codes, Number);
}
