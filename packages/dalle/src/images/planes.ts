/** @file Pictures as the models read and write them: a plane of floats for each colour. */
import { badOption } from "@dalle-ts/tensor";
import { checkImage, type DalleImage } from "./image.js";

/** The picture, if it is whole and of size × size pixels. */
export function requireSize(image: DalleImage, size: number): DalleImage {
  checkImage(image); // a missing pixel would become NaN, and any codes at all
  const { width, height } = image;
  if (width === size && height === size) return image;
  throw badOption("image", `${size} × ${size} pixels`, `${width} × ${height}`);
}

/** (size, size, 3) bytes → (3, size, size) in [0, 1]; a picture of another size is refused. */
export function planesFromImage(image: DalleImage, size: number): Float32Array {
  const { pixels } = requireSize(image, size);
  const area = size * size;
  return Float32Array.from(
    { length: 3 * area },
    (_, index) => pixels[(index % area) * 3 + Math.floor(index / area)]! / 255,
  );
}

/** (3, height, width), clipped to [0, 1] → (height, width, 3) bytes. */
export function imageFromPlanes(planes: Float32Array, width: number): DalleImage {
  const area = planes.length / 3;
  const pixels = new Uint8Array(planes.length);
  for (let index = 0; index < pixels.length; index++) {
    const value = planes[(index % 3) * area + Math.floor(index / 3)]!;
    pixels[index] = Math.round(Math.min(1, Math.max(0, value)) * 255);
  }
  return { width, height: area / width, pixels };
}
