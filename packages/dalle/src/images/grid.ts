/** @file A contact sheet: images of one size side by side, in reading order. */
import { badOption, DalleError } from "@dalle-ts/tensor";
import { checkImage, type DalleImage } from "./image.js";
import { MOST_PIXELS } from "./source.js";

export interface ContactSheetOptions {
  /** Images in a row; an integer >= 1. @default the square root of their number, rounded up */
  readonly columns?: number | undefined;
  /** Pixels between two images; an integer >= 0. @default 2 */
  readonly gap?: number | undefined;
  /** RGB of the gaps and of cells left empty, each in [0, 255]. @default white */
  readonly background?: readonly [red: number, green: number, blue: number] | undefined;
}

/** images: at least one, all of one size. */
export function contactSheet(
  images: readonly DalleImage[],
  { columns, gap = 2, background = [255, 255, 255] }: ContactSheetOptions = {},
): DalleImage {
  const [first] = images;
  if (!first) throw badOption("images", "at least one image", "none");
  images.forEach((image, index) => {
    checkImage(image);
    if (image.width === first.width && image.height === first.height) return;
    throw new DalleError(
      "bad_shape",
      `A contact sheet takes images of one size: image 0 is ${first.width}×${first.height}, image ${index} is ${image.width}×${image.height}; resize them first.`,
    );
  });
  if (columns !== undefined && !(Number.isSafeInteger(columns) && columns >= 1)) {
    throw badOption("columns", "an integer >= 1", columns);
  }
  if (!Number.isSafeInteger(gap) || gap < 0) throw badOption("gap", "an integer >= 0", gap);
  if (background.length !== 3 || !background.every((value) => value >= 0 && value <= 255))
    throw badOption("background", "three numbers in [0, 255]", background);

  const across = Math.min(columns ?? Math.ceil(Math.sqrt(images.length)), images.length);
  const down = Math.ceil(images.length / across);
  const width = across * (first.width + gap) - gap;
  const height = down * (first.height + gap) - gap;
  if (width * height > MOST_PIXELS)
    throw badOption(
      "images",
      `a sheet of at most ${MOST_PIXELS / 1e6} million pixels`,
      `${width} × ${height}`,
    );
  const pixels = new Uint8Array(width * height * 3);
  for (let offset = 0; offset < pixels.length; offset += 3) pixels.set(background, offset);
  for (const [index, image] of images.entries()) {
    const left = (index % across) * (first.width + gap);
    const top = Math.floor(index / across) * (first.height + gap);
    for (let row = 0; row < image.height; row++) {
      const line = image.pixels.subarray(row * image.width * 3, (row + 1) * image.width * 3);
      pixels.set(line, ((top + row) * width + left) * 3);
    }
  }
  return { width, height, pixels };
}
