/** @file An oil painting: flat dabs with sharp rims (each pixel takes the calmest quarter around it), on canvas. */
import { perSide } from "../tables.js";
import { grain, greyOf, type Image, imageOf, newPixels, planeAt } from "./raster.js";
import { squaresOf } from "./squares.js";

/** Brush strokes: how much lighter a place is, slantwise. */
const strokes = perSide((side) => {
  const unit = side / 64;
  const along = (x: number, y: number) => Math.floor((x + y * 0.6) / (unit * 0.9));
  const across = (x: number, y: number) => Math.floor((y - x * 0.6) / (unit * 4));
  return planeAt(side, (x, y) => (grain(along(x, y), across(x, y), 9) - 0.5) * 34);
});

export function painting(image: Image): Image {
  const { side } = image;
  const { pixels } = dabs(image);
  const brush = strokes(side);
  const result = newPixels(side);
  for (let at = 0, to = 0; at < brush.length; at++, to += 3) {
    const grey = greyOf(pixels[to]!, pixels[to + 1]!, pixels[to + 2]!);
    // Light from the upper left catches the rims of the dabs.
    const behind = Math.max(0, to - (side + 1) * 3);
    const under = greyOf(pixels[behind]!, pixels[behind + 1]!, pixels[behind + 2]!);
    const lift = ((grey - under) * 70) / 255 + brush[at]!;
    result[to] = grey + (pixels[to]! - grey) * 1.3 + lift + 6;
    result[to + 1] = grey + (pixels[to + 1]! - grey) * 1.3 + lift;
    result[to + 2] = grey + (pixels[to + 2]! - grey) * 1.3 + lift - 8;
  }
  return imageOf(side, result);
}

/** Each pixel in the mean colour of the calmest of the four squares that it is a corner of. */
function dabs(image: Image): Image {
  const { side } = image;
  const reach = Math.max(1, Math.round(side / 42));
  const { across, means, spreads } = squaresOf(image, reach);
  const result = newPixels(side);
  for (let y = 0, to = 0; y < side; y++) {
    for (let x = 0; x < side; x++, to += 3) {
      const square = y * across + x;
      let calmest = square;
      if (spreads[square + reach]! < spreads[calmest]!) calmest = square + reach;
      const below = square + reach * across;
      if (spreads[below]! < spreads[calmest]!) calmest = below;
      if (spreads[below + reach]! < spreads[calmest]!) calmest = below + reach;
      result[to] = means[calmest * 3]!;
      result[to + 1] = means[calmest * 3 + 1]!;
      result[to + 2] = means[calmest * 3 + 2]!;
    }
  }
  return imageOf(side, result);
}
