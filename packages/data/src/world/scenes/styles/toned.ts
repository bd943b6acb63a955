/** @file Brightness with its contrast drawn out, for the styles without colour. */
import { blur } from "./blur.js";
import { brightness, type Image, type Plane, step } from "./raster.js";

/**
 * Brightness stretched to the whole range, darkest and lightest 2 % apart, half of it against its surroundings: a dark
 * cat at night still stands out.
 */
export function toned(image: Image): Plane {
  const { side } = image;
  const tones = brightness(image);
  const around = blur(tones, side, Math.round(side / 7));
  for (let at = 0; at < tones.length; at++) {
    const value = tones[at]!;
    tones[at] = 0.55 * value + 1.1 * (value - around[at]!);
  }
  const { low, high } = darkestAndLightest(tones, 0.02);
  const span = Math.max(0.05, high - low);
  for (let at = 0; at < tones.length; at++) tones[at] = step(low, low + span, tones[at]!);
  return tones;
}

/** Where tones, which are in [−1.1, 1.65], are counted; a sort would take longer than all the rest. */
const bins = 4096;
const lowest = -1.1;
const binsPerUnit = bins / 2.75;

/** The tones that `share` of all are below, and above. */
function darkestAndLightest(tones: Plane, share: number): { low: number; high: number } {
  const counts = new Int32Array(bins + 1);
  for (const tone of tones) counts[Math.floor((tone - lowest) * binsPerUnit)]!++;
  const toneOf = (place: number) => {
    let below = 0;
    const bin = counts.findIndex((count) => {
      below += count;
      return below > place;
    });
    return lowest + (bin + 0.5) / binsPerUnit;
  };
  return {
    low: toneOf(Math.floor(share * tones.length)),
    high: toneOf(Math.floor((1 - share) * tones.length)),
  };
}
