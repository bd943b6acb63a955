/**
 * @file The training picture that looks most like each picture, so that memorising shows: a model that only remembers
 * paints pictures that lie nearer to training than fresh true ones do.
 */
import { areaResize, paint, paintWorld, type RgbImage, worldSample } from "@dalle-ts/data";
import type { WorldStream } from "./training-stream.js";

/** Side of the thumbnails by which candidates are found. */
const THUMBNAIL = 16;
/** Candidates of each picture that are then compared at `COMPARED_SIDE`. */
const CANDIDATES = 4;
/** Side at which the distance is measured; smaller pictures are compared as they are. */
export const COMPARED_SIDE = 64;

export interface Nearest {
  /** Index in the stream. */
  readonly index: number;
  readonly caption: string;
  readonly image: RgbImage;
  /** Root mean square difference at 64 × 64 pixels, in levels of 0 … 255. */
  readonly distance: number;
}

export interface NearestOptions {
  /** So many of the stream's first pictures are looked through. */
  readonly among: number;
  /** What a training picture passes through before it is compared. @default nothing */
  readonly through?: (image: RgbImage) => Promise<RgbImage>;
  readonly onProgress?: (done: number, total: number) => void;
}

/** For each of `images`, which all have one side. What is held in memory does not grow with `among`. */
export async function nearestInTraining(
  images: readonly RgbImage[],
  stream: WorldStream,
  { among, through = async (image) => image, onProgress }: NearestOptions,
): Promise<Nearest[]> {
  const candidates = await candidatesOf(images, stream, among, onProgress);
  const found: Nearest[] = [];
  for (const [number, image] of images.entries()) {
    found.push(await nearestOf(image, candidates[number]!, stream, through));
  }
  return found;
}

interface Candidate {
  readonly index: number;
  /** Sum over the thumbnail's values. */
  readonly squares: number;
}

/** Of each picture, nearest first. Pictures of training are painted small: most of the time goes into them. */
async function candidatesOf(
  images: readonly RgbImage[],
  { seed, families, pictures }: WorldStream,
  among: number,
  onProgress: ((done: number, total: number) => void) | undefined,
): Promise<Candidate[][]> {
  const size = Math.min(COMPARED_SIDE, images[0]!.width);
  const asked = images.map((image) => areaResize(image, THUMBNAIL).pixels);
  const best = images.map((): Candidate[] => []);
  const count = Math.min(among, pictures);
  const bytesPerPicture = size * size * 3;
  for await (const stretch of paintWorld({ seed, families, count, size })) {
    for (let offset = 0; offset < stretch.count; offset++) {
      const start = offset * bytesPerPicture;
      const pixels = stretch.bytes.subarray(start, start + bytesPerPicture);
      const thumbnail = areaResize({ width: size, height: size, pixels }, THUMBNAIL).pixels;
      for (const [number, own] of asked.entries()) {
        consider(best[number]!, own, thumbnail, stretch.start + offset);
      }
    }
    onProgress?.(stretch.start + stretch.count, count);
  }
  return best;
}

/** Puts the picture among the best if it is one of them. */
function consider(best: Candidate[], own: Uint8Array, thumbnail: Uint8Array, index: number): void {
  const limit = best.length < CANDIDATES ? Number.POSITIVE_INFINITY : best.at(-1)!.squares;
  const squares = squaresBetween(own, thumbnail, limit);
  if (squares >= limit) return;
  if (best.length === CANDIDATES) best.pop();
  const place = best.findIndex((other) => squares < other.squares);
  best.splice(place < 0 ? best.length : place, 0, { index, squares });
}

async function nearestOf(
  image: RgbImage,
  candidates: readonly Candidate[],
  { seed, families }: WorldStream,
  through: (image: RgbImage) => Promise<RgbImage>,
): Promise<Nearest> {
  const size = image.width;
  const side = Math.min(COMPARED_SIDE, size);
  const own = areaResize(image, side).pixels;
  const measured: Nearest[] = [];
  for (const { index } of candidates) {
    const { scene, caption } = worldSample(seed, index, { families });
    const painted = { width: size, height: size, pixels: paint(scene, size) };
    const squares = squaresBetween(own, areaResize(await through(painted), side).pixels);
    const distance = Math.sqrt(squares / own.length);
    measured.push({ index, caption, image: painted, distance });
  }
  return measured.reduce((best, next) => (next.distance < best.distance ? next : best));
}

/** Values between which a sum is compared with its limit. */
const STRETCH = 48;

/** Where the sum comes to `limit` or more it need not be the whole sum. */
function squaresBetween(
  left: Uint8Array,
  right: Uint8Array,
  limit = Number.POSITIVE_INFINITY,
): number {
  let sum = 0;
  for (let start = 0; start < left.length && sum < limit; start += STRETCH) {
    const end = Math.min(start + STRETCH, left.length);
    for (let at = start; at < end; at++) {
      const difference = left[at]! - right[at]!;
      sum += difference * difference;
    }
  }
  return sum;
}
