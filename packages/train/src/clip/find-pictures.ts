/** @file What CLIP learns from and what its sheets show: the painted world, or pictures of the user's own. */
import {
  captionOf,
  claimOf,
  describes,
  isProblem,
  type PictureSource,
  paint,
  transformerCut,
  worldSample,
} from "@dalle-ts/data";
import type { PictureStream } from "../pictures/picture-batches.js";
import { paintPool } from "../pictures/pool.js";
import { type CaptionedImage, sourceSamples, sourceStream } from "../pictures/source-stream.js";
import type { TrainOptions } from "../run/train-recipe.js";
import type { BytePairEncoder } from "../tokenizer/byte-pair-encoder.js";
import { longCaptionWarning } from "../tokenizer/long-captions.js";
import type { ClipRecipe, PairedWorld } from "./recipe.js";
import type { CaptionedPool } from "./task.js";

export interface ClipPictures {
  readonly pictures: CaptionedPool | PictureStream;
  /** For a sheet: held-out ones. */
  samples(): Promise<readonly CaptionedImage[]>;
}

/** Pictures of a sheet, at most. */
const SAMPLES = 256;

export async function paintedPictures(
  { data }: ClipRecipe,
  size: number,
  { onPrepare }: TrainOptions,
): Promise<ClipPictures> {
  const world = data as PairedWorld;
  const onProgress = (done: number, total: number) => onPrepare?.("painting", done, total);
  const painted = await paintPool({ ...world, size, onProgress });
  const scenes = Array.from(
    { length: painted.count },
    (_, record) => worldSample(world.seed, record, world).scene,
  );
  const claims = scenes.map(claimOf);
  const { families, seed } = world;
  return {
    pictures: {
      ...painted,
      caption: (record, random) => captionOf(scenes[record]!, random),
      family: (record) => scenes[record]!.family,
      describes: (record, other) => describes(claims[record]!, claims[other]!),
    },
    samples: async () =>
      Array.from({ length: SAMPLES }, (_, index) => {
        const { scene, caption } = worldSample(seed, index, { families, split: "held-out" });
        return { image: { width: size, height: size, pixels: paint(scene, size) }, caption };
      }),
  };
}

/** Squares are cut as for the transformer: nearly the whole picture, or a caption might tell of what is cut off. */
export async function ownPictures(
  source: PictureSource,
  { seed, model }: ClipRecipe,
  encoder: BytePairEncoder,
  { onWarning }: TrainOptions,
): Promise<ClipPictures> {
  const options = { size: model.image.imageSize, seed, onWarning };
  const caption = async (record: number) => {
    const found = await source.readCaption(record);
    return isProblem(found) ? "" : found.caption;
  };
  const limit = model.text.states - 2; // one for the start, one for the end
  const captions = { count: source.count, caption };
  const long = await longCaptionWarning(captions, encoder, limit, "model.text.states");
  if (long) onWarning?.(long);
  return {
    pictures: sourceStream(source, transformerCut, options),
    samples: () => sourceSamples(source, SAMPLES, options),
  };
}
