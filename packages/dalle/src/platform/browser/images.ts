/** @file Picture files in a page, by the browser's own decoders and a canvas that is not shown. Works in workers too. */
import { DalleError } from "@dalle-ts/tensor";
import type { DalleImage } from "../../images/image.js";
import { HEAD_BYTES } from "../../images/picture-format.js";
import { rgbaOf } from "../../images/rgba.js";
import {
  type ChannelCount,
  type DecodedPixels,
  type ImageSource,
  type LoadImageOptions,
  MOST_PIXELS,
  sourceName,
} from "../../images/source.js";
import { unreachable } from "./unreachable.js";

/** A picture file, upright, in so many channels. */
export async function decodePixels(
  source: ImageSource,
  { size }: LoadImageOptions,
  channels: ChannelCount,
): Promise<DecodedPixels> {
  const name = sourceName(source);
  const file = await fileOf(source);
  const bitmap = await decode(file, name);
  try {
    if (bitmap.width * bitmap.height > MOST_PIXELS) {
      throw new DalleError(
        "bad_file",
        `${name} has more than ${MOST_PIXELS / 1e6} million pixels; make it smaller first.`,
      );
    }
    const [width, height] = [size ?? bitmap.width, size ?? bitmap.height];
    const rgba = drawn(bitmap, width, height, channels === 3);
    if (!rgba) {
      throw new DalleError(
        "bad_file",
        `${name} has ${width} × ${height} pixels, more than a canvas of this browser takes; read it with the option size, or make it smaller first.`,
      );
    }
    const data = channels === 4 ? Uint8Array.from(rgba) : withoutAlpha(rgba);
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    return { width, height, data, head };
  } finally {
    bitmap.close();
  }
}

/** Without metadata. */
export async function compressPng(image: DalleImage): Promise<Uint8Array> {
  const { width, height } = image;
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d")!.putImageData(new ImageData(rgbaOf(image), width), 0, 0);
  try {
    const blob = await canvas.convertToBlob({ type: "image/png" });
    return new Uint8Array(await blob.arrayBuffer());
  } catch (cause) {
    throw new DalleError(
      "unsupported",
      `A picture of ${width} × ${height} pixels is larger than a canvas of this browser takes (${(cause as Error).message}); make it smaller first.`,
      { cause },
    );
  }
}

async function fileOf(source: ImageSource): Promise<Blob> {
  if (source instanceof Blob) return source;
  if (typeof source !== "string") return new Blob([Uint8Array.from(source)]);
  try {
    const response = await fetch(source);
    if (response.ok) return await response.blob();
    const sentence = `${source} is not there (${response.status}); check the address.`;
    throw new DalleError("not_found", sentence);
  } catch (cause) {
    throw cause instanceof DalleError ? cause : unreachable(source, cause as Error);
  }
}

async function decode(file: Blob, name: string): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (cause) {
    throw new DalleError(
      "bad_file",
      `${name} is not a picture this browser can read, or damaged; give a whole PNG, JPEG, WebP, GIF or AVIF file.`,
      { cause },
    );
  }
}

/**
 * RGBA of the largest centred part with the shape of width × height. Undefined where the canvas takes no such size: what is
 * painted on one that is too large does not stay, and it says nothing.
 */
function drawn(
  bitmap: ImageBitmap,
  width: number,
  height: number,
  onWhite: boolean,
): Uint8ClampedArray | undefined {
  const context = new OffscreenCanvas(width, height).getContext("2d")!;
  context.fillRect(width - 1, height - 1, 1, 1);
  if (context.getImageData(width - 1, height - 1, 1, 1).data[3] === 0) return undefined;
  context.clearRect(0, 0, width, height);
  if (onWhite) {
    context.fillStyle = "white";
    context.fillRect(0, 0, width, height);
  }
  const scale = Math.min(bitmap.width / width, bitmap.height / height);
  const [cutWidth, cutHeight] = [width * scale, height * scale];
  const [left, top] = [(bitmap.width - cutWidth) / 2, (bitmap.height - cutHeight) / 2];
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, left, top, cutWidth, cutHeight, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data;
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from]!;
    rgb[to + 1] = rgba[from + 1]!;
    rgb[to + 2] = rgba[from + 2]!;
  }
  return rgb;
}
