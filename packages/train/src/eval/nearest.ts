/**
 * @file The training picture that looks most like each picture, so that memorising shows: a model that only remembers
 * paints pictures that lie nearer to training than fresh true ones do.
 */
import { areaResize, paint, paintWorld, type RgbImage, worldSample } from "@dalle-ts/data";
import type { WorldStream } from "./training-stream.js";

/** Side of the thumbnails that are compared. */
const THUMBNAIL = 16;

export interface Nearest {
  /** Index in the stream. */
  readonly index: number;
  readonly caption: string;
  readonly image: RgbImage;
  /** Root mean square difference of 16 × 16 thumbnails, in levels of 0 … 255. */
  readonly distance: number;
}

/** The nearest of the first `among` pictures of the stream, for each of `images`, which all have one side. */
export async function nearestInTraining(
  images: readonly RgbImage[],
  stream: WorldStream,
  among: number,
  onProgress?: (done: number, total: number) => void,
): Promise<Nearest[]> {
  const size = images[0]!.width;
  const asked = images.map((image) => areaResize(image, THUMBNAIL).pixels);
  const best = images.map(() => ({ index: 0, squares: Number.POSITIVE_INFINITY }));
  const count = Math.min(among, stream.pictures);
  const { seed, families } = stream;
  for await (const stretch of paintWorld({ seed, families, count, size })) {
    const bytesPerPicture = size * size * 3;
    for (let offset = 0; offset < stretch.count; offset++) {
      const pixels = stretch.bytes.subarray(
        offset * bytesPerPicture,
        (offset + 1) * bytesPerPicture,
      );
      const thumbnail = areaResize({ width: size, height: size, pixels }, THUMBNAIL).pixels;
      for (const [number, own] of asked.entries()) {
        const squares = squaresBetween(own, thumbnail);
        if (squares < best[number]!.squares)
          best[number] = { index: stretch.start + offset, squares };
      }
    }
    onProgress?.(stretch.start + stretch.count, count);
  }
  return best.map(({ index, squares }) => {
    const { scene, caption } = worldSample(seed, index, { families });
    const image = { width: size, height: size, pixels: paint(scene, size) };
    return { index, caption, image, distance: Math.sqrt(squares / (THUMBNAIL * THUMBNAIL * 3)) };
  });
}

function squaresBetween(left: Uint8Array, right: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at++) sum += (left[at]! - right[at]!) ** 2;
  return sum;
}
