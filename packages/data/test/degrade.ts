/**
 * @file What a small autoencoder does to a picture, in short: a Gaussian blur of 1 pixel (σ = 1, five taps)
 * and uniform noise of ±8 of 255 in every channel.
 */
import type { Random } from "../src/index.js";

const taps = [0.0545, 0.2442, 0.4026, 0.2442, 0.0545];

export function degrade(pixels: Uint8Array, size: number, random: Random): Uint8Array {
  const clamp = (at: number) => Math.max(0, Math.min(size - 1, at));
  const along = (from: ArrayLike<number>, dx: number, dy: number) =>
    Float64Array.from(from, (_, index) => {
      const [channel, x, y] = [
        index % 3,
        Math.floor(index / 3) % size,
        Math.floor(index / 3 / size),
      ];
      const at = (by: number) =>
        from[(clamp(y + by * dy) * size + clamp(x + by * dx)) * 3 + channel]!;
      return taps.reduce((sum, tap, index) => sum + tap * at(index - 2), 0);
    });
  const blurred = along(along(pixels, 1, 0), 0, 1);
  return Uint8Array.from(blurred, (value) =>
    Math.max(0, Math.min(255, Math.round(value + random.between(-8, 8)))),
  );
}
