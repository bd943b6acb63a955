/** @file Pictures that clients send, or that are kept, to pixels. */
import { type DalleImage, type ImageSource, type LoadImageOptions, loadImage } from "dalle-ts";
import { pictureTurns } from "./turns.js";

/** As `loadImage`; a few at a time, whoever asks. */
export function decodePicture(
  source: ImageSource,
  options?: LoadImageOptions,
): Promise<DalleImage> {
  return pictureTurns.run(() => loadImage(source, options));
}
