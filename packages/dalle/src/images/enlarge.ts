/** @file A picture with larger pixels. */
import { badOption } from "@dalle-ts/tensor";
import { checkImage, type DalleImage } from "./image.js";
import { MOST_PIXELS } from "./source.js";

/** Each pixel becomes `scale` × `scale` of its colour; an integer ≥ 1. At most 100 million pixels come of it. */
export function enlarge(image: DalleImage, scale: number): DalleImage {
  checkImage(image);
  if (!(Number.isSafeInteger(scale) && scale >= 1))
    throw badOption("scale", "an integer ≥ 1", scale);
  const [width, height] = [image.width * scale, image.height * scale];
  if (width * height > MOST_PIXELS)
    throw badOption("scale", `at most ${MOST_PIXELS / 1e6} million pixels to come of it`, scale);
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const source = 3 * (Math.floor(y / scale) * image.width + Math.floor(x / scale));
      pixels.set(image.pixels.subarray(source, source + 3), 3 * (y * width + x));
    }
  }
  return { width, height, pixels };
}
