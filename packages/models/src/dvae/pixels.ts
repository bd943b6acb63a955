/** @file Pixel values in (0, 1) for the logit-Laplace distribution, whose support excludes both ends [SPEC §1.3]. */
import type { Tensor } from "@dalle-ts/tensor";

/** Distance kept from 0 and 1 [SPEC §1.2]. */
export const PIXEL_EPSILON = 0.1;

/** [0, 1] → [0.1, 0.9] */
export function mapPixels<T extends Tensor<T>>(pixels: T): T {
  return pixels.mul(1 - 2 * PIXEL_EPSILON).add(PIXEL_EPSILON);
}

/** [0.1, 0.9] → [0, 1]; values outside are not clipped here. */
export function unmapPixels<T extends Tensor<T>>(mapped: T): T {
  return mapped.sub(PIXEL_EPSILON).div(1 - 2 * PIXEL_EPSILON);
}

/** The decoder's [N, 2 C, P, P] → expected pixels [N, C, P, P], unclipped; ln b plays no part [SPEC §1.2]. */
export function pixelsFromDecoder<T extends Tensor<T>>(decoded: T): T {
  const means = decoded.slice(1, 0, decoded.shape[1]! / 2);
  return unmapPixels(means.sigmoid());
}
