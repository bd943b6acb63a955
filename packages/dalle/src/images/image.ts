/** @file A picture in memory: what models give and take once pixels are bytes. */
import { badOption, DalleError } from "@dalle-ts/tensor";

/** Immutable by convention: a function that changes pixels makes a new image. */
export interface DalleImage {
  readonly width: number;
  readonly height: number;
  /** RGB, 8 bits each, row by row from the top left: (height, width, 3). */
  readonly pixels: Uint8Array;
  /** Of a picture that a model drew, in raster order. They are believed only where they give these very pixels. */
  readonly codes?: Int32Array | undefined;
}

/** Throws unless width and height are whole numbers that `pixels` fills. name: of the option that it is. */
export function checkImage(image: DalleImage, name = "image"): void {
  if (!image?.pixels) throw badOption(name, "a picture: width, height and pixels", image);
  const { width, height, pixels } = image;
  if (!(pixels instanceof Uint8Array)) {
    const expected = "a Uint8Array of RGB, as `loadImage` makes of a file and of a canvas's Blob";
    throw badOption(`${name}.pixels`, expected, pixels);
  }
  const isWhole = [width, height].every((side) => Number.isSafeInteger(side) && side > 0);
  if (!isWhole || pixels.length !== width * height * 3) {
    throw new DalleError(
      "bad_shape",
      `An image of ${width}×${height} needs ${width * height * 3} bytes of RGB, got ${pixels.length}; pass width, height and pixels of one picture.`,
    );
  }
}
