/**
 * @file The prompt of an image-to-image translation, as in the blog: one picture of two panels, of which the upper one is
 * given and the lower one is drawn to a caption that tells of both.
 */
import type { DalleImage } from "../images/image.js";
import { requireSize } from "../images/planes.js";

/** Where the panel that is given lies. */
export const UPPER_PANEL = { top: 0.5 } as const;

/**
 * The picture, `size` × `size`, half as large in the middle of the upper panel; its outermost pixels go on to the sides,
 * and downwards, where it is drawn over.
 */
export function twoPanels(image: DalleImage, size: number): DalleImage {
  const { pixels: given } = requireSize(image, size);
  const half = Math.floor(size / 2);
  const left = Math.floor((size - half) / 2);
  const within = (place: number) => Math.min(half - 1, Math.max(0, place));
  const pixels = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [row, column] = [2 * within(y), 2 * within(x - left)];
      for (let channel = 0; channel < 3; channel++) {
        const at = (down: number, right: number) =>
          given[3 * ((row + down) * size + column + right) + channel]!;
        const mean = (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4;
        pixels[3 * (y * size + x) + channel] = Math.round(mean);
      }
    }
  }
  return { width: size, height: size, pixels };
}
