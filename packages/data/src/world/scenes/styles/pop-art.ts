/** @file Pop art: loud flat inks by hue and light, halftone dots in the middle tones, black outlines. */
import { blend, type Rgb } from "../../palette.js";
import { perSide } from "../tables.js";
import { nearestInks } from "./inks.js";
import { colourEdges, greyOf, type Image, imageOf, newPixels, planeAt } from "./raster.js";

const inks: readonly Rgb[] = [
  [18, 16, 40],
  [230, 20, 70],
  [255, 106, 20],
  [255, 220, 0],
  [0, 176, 240],
  [255, 92, 178],
  [30, 190, 90],
  [120, 40, 190],
  [255, 250, 235],
];
/** What each ink becomes under a dot. */
const dotted = inks.map((ink) => blend(ink, [230, 20, 90], 0.55));
const black: Rgb = [18, 16, 30];

/** The grey below which a place is inside its dot: dots are large where the picture is dark. */
const halftone = perSide((side) => {
  const pitch = side / 25;
  return planeAt(side, (x, y) => {
    const across = ((x / pitch) % 1) - 0.5;
    const down = ((y / pitch + (Math.floor(x / pitch) % 2) * 0.5) % 1) - 0.5;
    return 255 * (1 - Math.hypot(across, down) / 0.52);
  });
});

export function popArt(image: Image): Image {
  const { side, pixels } = image;
  const lines = colourEdges(image);
  const nearest = nearestInks(image, inks, 2.2);
  const dots = halftone(side);
  const result = newPixels(side);
  for (let at = 0, to = 0; at < lines.length; at++, to += 3) {
    const grey = greyOf(pixels[to]!, pixels[to + 1]!, pixels[to + 2]!);
    const palette = grey < dots[at]! ? dotted : inks;
    const ink = lines[at]! > 0.33 ? black : palette[nearest[at]!]!;
    result[to] = ink[0];
    result[to + 1] = ink[1];
    result[to + 2] = ink[2];
  }
  return imageOf(side, result);
}
