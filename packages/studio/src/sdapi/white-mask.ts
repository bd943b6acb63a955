/** @file Masks as AUTOMATIC1111's clients send them, white where to draw anew, whatever their transparency. */

import { DalleError } from "@dalle-ts/tensor";
import sharp from "sharp";

/** The same mask without transparency, which `loadMask` reads by its colours. */
export async function opaqueMask(mask: Uint8Array): Promise<Uint8Array> {
  try {
    return await sharp(mask).flatten({ background: "black" }).png().toBuffer();
  } catch (cause) {
    throw new DalleError(
      "bad_file",
      "The mask is not a picture this program can read; give a PNG.",
      { cause },
    );
  }
}
