/**
 * @file Whether a model copies: how near its pictures are to training, beside fresh true pictures for the same
 * captions. True ones and those of training pass through the dVAE first, as those made do, so that what the dVAE blurs
 * hides no copy.
 */
import { paint, type RgbImage } from "@dalle-ts/data";
import type { Judgeable, JudgedPicture } from "./evaluate.js";
import { type Nearest, nearestInTraining } from "./nearest.js";
import type { WorldStream } from "./training-stream.js";
import { type Share, wilson } from "./wilson.js";

export interface NearestStudy {
  /** Training pictures that were looked through: the first ones of the last stream. */
  readonly among: number;
  /** All of that stream. */
  readonly of: number;
  readonly made: readonly (Nearest & { readonly picture: JudgedPicture })[];
  /** Median distance of the pictures made, and of the fresh true ones. */
  readonly median: Record<"made" | "painted", number>;
  /**
   * Those as near to a training picture as the nearest 5 % of the fresh true ones: about 5 % of a model that does not
   * copy, all of one that does.
   */
  readonly near: Record<"made" | "painted", Share>;
}

/** The share of fresh true pictures that sets what counts as near. */
const NEAREST_SHARE = 0.05;

export async function nearestStudy(
  dalle: Pick<Judgeable, "reconstruct">,
  pictures: readonly JudgedPicture[],
  training: WorldStream,
  among: number,
  onProgress: (done: number, total: number) => void,
): Promise<NearestStudy> {
  const through = (image: RgbImage): Promise<RgbImage> => dalle.reconstruct(image);
  const fresh: RgbImage[] = [];
  for (const { image, scene } of pictures) {
    const { width, height } = image;
    fresh.push(await through({ width, height, pixels: paint(scene, width) }));
  }
  const images = pictures.map(({ image }) => image);
  const asked = [...images, ...fresh];
  const found = await nearestInTraining(asked, training, { among, through, onProgress });
  const made = pictures.map((picture, index) => ({ ...found[index]!, picture }));
  const distances = { made: sorted(made), painted: sorted(found.slice(made.length)) };
  const limit = distances.painted[Math.ceil(NEAREST_SHARE * distances.painted.length) - 1]!;
  const nearShare = (all: readonly number[]) =>
    wilson(all.filter((distance) => distance <= limit).length, all.length);
  return {
    among: Math.min(among, training.pictures),
    of: training.pictures,
    made,
    median: { made: medianOf(distances.made), painted: medianOf(distances.painted) },
    near: { made: nearShare(distances.made), painted: nearShare(distances.painted) },
  };
}

const sorted = (found: readonly Nearest[]): number[] =>
  found.map(({ distance }) => distance).sort((a, b) => a - b);

function medianOf(distances: readonly number[]): number {
  const middle = distances.length >> 1;
  return distances.length % 2
    ? distances[middle]!
    : (distances[middle - 1]! + distances[middle]!) / 2;
}
