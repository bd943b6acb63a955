/** @file An oil painting: flat dabs with sharp rims (each pixel takes the calmest quarter around it), on canvas. */
import type { Rgb } from "../../palette.js";
import { grain, type Image, luminance, mapPixels, saturate } from "./raster.js";

export function painting(image: Image): Image {
  const { side, pixels } = image;
  const reach = Math.max(1, Math.round(side / 42));
  const dabs = mapPixels(image, (_, __, x, y) => calmest(x, y));
  const above = (at: number) => Math.max(0, at - side - 1) * 3;
  return mapPixels(dabs, (old, at, x, y) => {
    // Light from the upper left catches the rims of the dabs; a stroke runs slantwise.
    const behind = above(at);
    const under: Rgb = [dabs.pixels[behind]!, dabs.pixels[behind + 1]!, dabs.pixels[behind + 2]!];
    const rim = (luminance(old) - luminance(under)) * 70;
    const unit = side / 64;
    const stroke =
      grain(Math.floor((x + y * 0.6) / (unit * 0.9)), Math.floor((y - x * 0.6) / (unit * 4)), 9) -
      0.5;
    const lift = rim + stroke * 34;
    const rich = saturate(old, 1.3);
    return [rich[0] + lift + 6, rich[1] + lift, rich[2] + lift - 8];
  });

  function calmest(x: number, y: number): Rgb {
    let best: Rgb = [0, 0, 0];
    let least = Number.POSITIVE_INFINITY;
    for (let quarter = 0; quarter < 4; quarter++) {
      const [left, top] = [quarter & 1 ? x : x - reach, quarter >> 1 ? y : y - reach];
      let [red, green, blue, squares, count] = [0, 0, 0, 0, 0];
      for (let row = Math.max(0, top); row <= Math.min(side - 1, top + reach); row++) {
        for (let column = Math.max(0, left); column <= Math.min(side - 1, left + reach); column++) {
          const at = (row * side + column) * 3;
          const [r, g, b] = [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!];
          red += r;
          green += g;
          blue += b;
          squares += r * r + g * g + b * b;
          count++;
        }
      }
      const spread = squares - (red * red + green * green + blue * blue) / count;
      if (spread / count < least) {
        least = spread / count;
        best = [red / count, green / count, blue / count];
      }
    }
    return best;
  }
}
