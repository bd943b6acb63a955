/** @file A picture of which only some codes are known: what is not drawn yet shows as a pale veil over a guess. */
import { type CodeGrid, codeGrid } from "@dalle-ts/models";
import type { DalleImage } from "../images/image.js";
import type { DvaeRuntime } from "../runtime/dvae.js";

/** A light grey, neither paper nor ink. */
const VEIL = 232;
/** How much of the guess shows through: enough for its tones, too little to be taken for the picture. */
const GUESS_SHARE = 0.15;

/** codes in raster order; isKnown says which of them to believe. */
export async function partialPicture(
  dvae: DvaeRuntime,
  codes: ArrayLike<number>,
  isKnown: (index: number) => boolean,
): Promise<DalleImage> {
  const grid = codeGrid(dvae.config);
  const guessed = fillUnknown(codes, isKnown, grid.side);
  return veil(await dvae.decode(guessed), isKnown, grid);
}

/** An unknown code becomes the one above it; in the first row the one before it, or else the first known of all. */
export function fillUnknown(
  codes: ArrayLike<number>,
  isKnown: (index: number) => boolean,
  columns: number,
): Int32Array {
  const filled = Int32Array.from(codes);
  const anyKnown = filled.find((_, index) => isKnown(index)) ?? 0;
  for (let index = 0; index < filled.length; index++) {
    if (isKnown(index)) continue;
    filled[index] = filled[index - columns] ?? filled[index - 1] ?? anyKnown;
  }
  return filled;
}

function veil(
  { width, height, pixels }: DalleImage,
  isKnown: (index: number) => boolean,
  { side, pixelsPerCode: codeSide }: CodeGrid,
): DalleImage {
  const veiled = Uint8Array.from(pixels);
  for (let index = 0; index < side * side; index++) {
    if (isKnown(index)) continue;
    const top = Math.floor(index / side) * codeSide;
    const left = (index % side) * codeSide;
    for (let row = top; row < top + codeSide; row++) {
      const start = 3 * (row * width + left);
      for (let offset = start; offset < start + 3 * codeSide; offset++) {
        veiled[offset] = Math.round(VEIL + (pixels[offset]! - VEIL) * GUESS_SHARE);
      }
    }
  }
  return { width, height, pixels: veiled };
}
