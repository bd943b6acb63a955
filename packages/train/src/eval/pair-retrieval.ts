/**
 * @file How well CLIP tells pictures and captions apart: of many true pairs, how often the picture nearest to a caption, and
 * the caption nearest to a picture, is its own or one that names just the same.
 */
import {
  type Claim,
  claimOf,
  describes,
  type FamilyName,
  type RgbImage,
  type Scene,
  type Split,
  worldSample,
} from "@dalle-ts/data";
import type { Dalle } from "dalle-ts";
import { cosineOf } from "dalle-ts/parts";
import { throwIfCancelled } from "./cancelled.js";
import { type Share, wilson } from "./wilson.js";

export interface PairRetrieval {
  readonly split: Split;
  readonly pairs: number;
  /** The nearest of all pictures to a caption is one that it describes. */
  readonly pictureOfCaption: Share;
  /** The nearest of all captions to a picture is one that describes it. */
  readonly captionOfPicture: Share;
}

interface PairOptions {
  readonly split: Split;
  readonly families: readonly FamilyName[];
  readonly seed: number;
  readonly pairs: number;
  readonly paint: (scene: Scene) => RgbImage;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** pairs: >= 2. */
export async function pairRetrieval(
  dalle: Pick<Dalle, "embed" | "embedCaption">,
  { split, families, seed, pairs, paint, signal, onProgress }: PairOptions,
): Promise<PairRetrieval> {
  const claims: Claim[] = [];
  const pictures: Float32Array[] = [];
  const captions: Float32Array[] = [];
  for (let index = 0; index < pairs; index++) {
    throwIfCancelled(signal);
    const { scene, caption } = worldSample(seed, index, { split, families });
    claims.push(claimOf(scene));
    pictures.push(await dalle.embed(paint(scene)));
    captions.push(await dalle.embedCaption(caption));
    onProgress?.(index + 1, pairs);
  }
  const rightOf = (
    asked: readonly Float32Array[],
    among: readonly Float32Array[],
    matches: Matches,
  ) =>
    wilson(
      asked.filter((own, index) => {
        const found = nearest(own, among);
        return found === index || matches(claims[index]!, claims[found]!);
      }).length,
      pairs,
    );
  return {
    split,
    pairs,
    pictureOfCaption: rightOf(captions, pictures, describes),
    captionOfPicture: rightOf(pictures, captions, (own, found) => describes(found, own)),
  };
}

type Matches = (own: Claim, found: Claim) => boolean;

function nearest(own: Float32Array, among: readonly Float32Array[]): number {
  let found = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (const [index, other] of among.entries()) {
    const cosine = cosineOf(own, other);
    if (cosine > highest) [found, highest] = [index, cosine];
  }
  return found;
}
