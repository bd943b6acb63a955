/** @file Pixels as a canvas takes them: `context.putImageData(new ImageData(rgbaOf(image), image.width), 0, 0)`. */
import { checkImage, type DalleImage } from "./image.js";

/** Four bytes a pixel, opaque, row by row from the top left. */
export function rgbaOf(image: DalleImage): Uint8ClampedArray<ArrayBuffer> {
  checkImage(image);
  const { width, height, pixels } = image;
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    rgba.set(pixels.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
  }
  return rgba;
}
