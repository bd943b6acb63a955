/** @file Photographs without colour. */
import { type Image, mapPixels, ramp, step, toned } from "./raster.js";

export function blackAndWhite(image: Image): Image {
  const tones = toned(image);
  return mapPixels(image, (_, at) => {
    const grey = 255 * tones[at]!;
    return [grey, grey, grey];
  });
}

/** Brown tones, dark corners, a faded white border. */
export function sepia(image: Image): Image {
  const { side } = image;
  const border = side * 0.045;
  const tones = toned(image);
  return mapPixels(image, (_, at, x, y) => {
    if (Math.min(x, y, side - 1 - x, side - 1 - y) < border) return [246, 236, 212];
    const corner = Math.hypot(x / side - 0.5, y / side - 0.5);
    const tone = tones[at]! * 0.92 + 0.06 - 0.5 * step(0.42, 0.75, corner);
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
