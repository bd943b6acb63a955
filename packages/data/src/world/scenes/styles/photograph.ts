/** @file Photographs without colour. */
import { type Image, luminance, mapPixels, ramp, step } from "./raster.js";

export function blackAndWhite(image: Image): Image {
  return mapPixels(image, (old) => {
    const grey = 255 * step(0.04, 0.96, luminance(old));
    return [grey, grey, grey];
  });
}

/** Brown tones, dark corners, a faded white border. */
export function sepia(image: Image): Image {
  const { side } = image;
  const border = side * 0.045;
  return mapPixels(image, (old, _, x, y) => {
    if (Math.min(x, y, side - 1 - x, side - 1 - y) < border) return [246, 236, 212];
    const corner = Math.hypot(x / side - 0.5, y / side - 0.5);
    const tone = luminance(old) * 0.92 + 0.06 - 0.5 * step(0.42, 0.75, corner);
    return ramp(
      [
        [48, 28, 14],
        [150, 106, 62],
        [244, 224, 184],
      ],
      tone,
    );
  });
}
