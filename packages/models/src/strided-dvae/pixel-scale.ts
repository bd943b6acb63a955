/**
 * @file How DALLE-pytorch's dVAE normalises pixels [SPEC §7.2], which whoever trained it could choose. Letters as in
 * strided-dvae.ts.
 */
import { badOption, type Tensor } from "@dalle-ts/tensor";

/** A channel's pixels in [0, 1] become (pixel − mean) / deviation; a number a channel. */
export interface PixelScale {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

interface Scaled {
  /** @default 2 x − 1 */
  readonly pixelScale?: PixelScale | undefined;
}

/** pixels: [N, C, P, P] in [0, 1] → as the networks read them; in [−1, 1] where the config does not say. */
export function normalisePixels<T extends Tensor<T>>({ pixelScale }: Scaled, pixels: T): T {
  if (!pixelScale) return pixels.mul(2).add(-1);
  const { means, deviations } = pixelScale;
  return pixels.sub(channels(pixels, means)).div(channels(pixels, deviations));
}

/** The inverse of `normalisePixels`, unclipped. */
export function denormalisePixels<T extends Tensor<T>>({ pixelScale }: Scaled, normalised: T): T {
  if (!pixelScale) return normalised.add(1).mul(0.5);
  const { means, deviations } = pixelScale;
  return normalised.mul(channels(normalised, deviations)).add(channels(normalised, means));
}

/** A number a channel beside `x`, [C, 1, 1]. */
function channels<T extends Tensor<T>>(x: T, values: readonly number[]): T {
  return x.constant(Float32Array.from(values), [values.length, 1, 1], "f32");
}

/** Refuses scales that are no number a channel, or whose deviations are not above 0. */
export function checkPixelScale({ means, deviations }: PixelScale, count: number): void {
  const lists = { means, deviations };
  for (const [name, list] of Object.entries(lists)) {
    const least = name === "deviations" ? 0 : Number.NEGATIVE_INFINITY;
    if (list.length !== count || !list.every((each) => Number.isFinite(each) && each > least))
      throw badOption(
        `stridedDvae.pixelScale.${name}`,
        `${count} numbers${least === 0 ? " > 0" : ""}`,
        `[${list}]`,
      );
  }
}
