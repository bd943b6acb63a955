/**
 * @file From a drawing (SVG elements on a 64 × 64 canvas, y down) to pixels. Everything is drawn in those
 * 64 units, whatever the size of the picture.
 */
import { badOption } from "@dalle-ts/tensor";
import { Resvg } from "@resvg/resvg-js";

/** Side of the canvas that painters draw on. */
export const canvas = 64;

/** Draws `body` to size × size RGB bytes in height, width, channel order. */
export function rasterise(body: string, size: number): Uint8Array {
  const rgba = rasteriseRgba(body, size);
  const rgb = new Uint8Array(size * size * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from]!;
    rgb[to + 1] = rgba[from + 1]!;
    rgb[to + 2] = rgba[from + 2]!;
  }
  return rgb;
}

/** As `rasterise`, with an alpha channel (premultiplied) for drawings that leave the canvas bare. */
export function rasteriseRgba(body: string, size: number): Uint8Array {
  if (!Number.isInteger(size) || size < 8 || size > 2048) {
    throw badOption("size", "an integer in [8, 2048]", size);
  }
  return new Resvg(svgDocument(body), {
    fitTo: { mode: "width", value: size },
    font: { loadSystemFonts: false },
  }).render().pixels;
}

/** A whole SVG file of the drawing. */
export function svgDocument(body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${canvas} ${canvas}">${body}</svg>`;
}
