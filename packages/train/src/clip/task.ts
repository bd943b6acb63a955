/** @file Trains CLIP on pictures and captions, contrastively [SPEC §4]. */
import { Random } from "@dalle-ts/data";
import { type ClipConfig, clipSpecs, clipText, embedImages, embedTexts } from "@dalle-ts/models";
import type { ParameterTree } from "@dalle-ts/tensor";
import { seedGenerator, type TorchTensor, tensor } from "@dalle-ts/torch";
import { reconstructPixels } from "../dvae/pixels-and-codes.js";
import { initialiseParameters, type TorchParameters, treeOf } from "../parameters.js";
import {
  type BatchOrder,
  PictureBatches,
  type PicturePool,
  type PictureStream,
} from "../pictures/picture-batches.js";
import { picturesFromBytes } from "../pictures/pictures-from-bytes.js";
import { streamValidation } from "../pictures/stream-validation.js";
import { dataSettings } from "../run/own-data.js";
import { optimisationOf } from "../run/recipe.js";
import type { TrainedDvae } from "../run/run-folder.js";
import { Shuffle } from "../run/shuffle.js";
import type { Loss, TrainingTask } from "../run/task.js";
import type { BytePairEncoder } from "../tokenizer/byte-pair-encoder.js";
import { contrastiveLoss, limitScale } from "./loss.js";
import type { ClipRecipe, PairedWorld } from "./recipe.js";

/** Pictures in memory, and their captions, worded anew at will. */
export interface CaptionedPool extends PicturePool {
  caption(record: number, random: Random): string;
  /** What kind of picture it is. */
  family(record: number): string;
  /** Is the caption of the one true of the picture of the other? */
  describes(record: number, other: number): boolean;
}

interface Words {
  caption(place: number, random: Random): string;
  describes(text: number, image: number): boolean;
}

/** An earlier run that a run goes on from. */
export interface ClipStart {
  /** The first parameters; the task owns them. */
  readonly parameters: TorchParameters;
  /** Their SHA-256. */
  readonly hash: string;
}

/** What a run may begin with. */
export interface ClipSources {
  /** @default the parameters begin at random */
  readonly start?: ClipStart | undefined;
  /** What some of the pictures are seen through. @default none */
  readonly dvae?: TrainedDvae | undefined;
}

/**
 * Of the pictures of a batch, the part that is seen through the dVAE: what CLIP will choose among comes from there, and
 * is blurred and ragged in its ways.
 */
const SEEN_THROUGH = 1 / 3;

/** All that decides what a run learns; kept in its checkpoints. */
export function clipSettings(
  recipe: ClipRecipe,
  config: ClipConfig,
  tokenizer: { readonly hash: string },
  { start, dvae }: ClipSources,
): object {
  return {
    recipe,
    config,
    hashes: { tokenizer: tokenizer.hash, ...(dvae && { dvae: dvae.hash }) },
    ...dataSettings(recipe.data),
    ...(start && { from: { hash: start.hash } }),
  };
}

/** Pictures of a stream are told apart by their captions. */
export function clipTask(
  recipe: ClipRecipe,
  config: ClipConfig,
  pictures: CaptionedPool | PictureStream,
  tokenizer: { readonly encoder: BytePairEncoder; readonly hash: string },
  sample: TrainingTask["sample"],
  device: string,
  { start, dvae }: ClipSources = {},
): TrainingTask {
  seedGenerator(recipe.seed);
  const parameters = start?.parameters ?? initialiseParameters(clipSpecs(config), device);
  const tree = treeOf(parameters);
  const { batch, precision, dropout } = recipe;
  const order =
    "bytes" in pictures ? groups(pictures, recipe) : new Shuffle(pictures.count, recipe.seed);
  const batches = new PictureBatches(pictures, order);

  /** What a batch says of its pictures, by their places in it. */
  const wordsOf = (step: number): Words => {
    if (!("bytes" in pictures)) {
      const captions = batches.captions(step, batch)!;
      return { caption: (place) => captions[place]!, describes: sameCaption(captions) };
    }
    const records = order.batch(step, batch);
    return {
      caption: (place, random) => pictures.caption(records[place]!, random),
      describes: (text, image) => pictures.describes(records[text]!, records[image]!),
    };
  };

  /** Batches are shuffled, so the first pictures are as good as any. */
  const seen = (pixels: TorchTensor): TorchTensor => {
    const [count] = pixels.shape as [number];
    const through = dvae ? Math.floor(SEEN_THROUGH * count) : 0;
    if (!dvae || through === 0) return pixels;
    const drawn = reconstructPixels(dvae, pixels.slice(0, 0, through), precision);
    return drawn.concat([pixels.slice(0, through, count)], 0);
  };

  const lossOf = (
    params: ParameterTree<TorchTensor>,
    bytes: Uint8Array,
    texts: readonly ArrayLike<number>[],
    describes: Words["describes"],
  ) => {
    const pixels = seen(picturesFromBytes(bytes, texts.length, pictures.size, device));
    const { ids, ends } = textBatch(config, texts, device);
    return contrastiveLoss(
      embedImages(params.at("image"), config, pixels, precision),
      embedTexts(params.at("text"), config, ids, ends, precision),
      params.get("log_scale"),
      describes,
    );
  };

  const loss = (step: number): Loss => {
    const random = new Random(recipe.seed, step);
    const draw = () => random.fraction();
    const { caption, describes } = wordsOf(step);
    const texts = Array.from({ length: batch }, (_, place) =>
      tokenizer.encoder.encode(caption(place, random), { dropout, random: draw }),
    );
    const { total, accuracy } = lossOf(tree, batches.bytes(step, batch), texts, describes);
    return {
      total,
      metrics: () => ({ accuracy: accuracy(), scale: Math.exp(tree.get("log_scale").item()) }),
    };
  };

  return {
    kind: "clip",
    settings: clipSettings(recipe, config, tokenizer, { start, dvae }),
    parameters,
    ...optimisationOf(recipe),
    device,
    prepare: (step) => batches.prepare([{ step, size: batch }], [{ step: step + 1, size: batch }]),
    afterUpdate: () => limitScale(tree.get("log_scale")),
    loss,
    ...streamValidation(pictures, batch, (averaged, { bytes, captions }) => {
      const texts = captions.map((caption) => tokenizer.encoder.encode(caption));
      return lossOf(treeOf(averaged), bytes, texts, sameCaption(captions)).total;
    }),
    sample,
  };
}

/** Pictures of the user's own are told apart by their captions. */
function sameCaption(captions: readonly string[]): Words["describes"] {
  return (text, image) => captions[text] === captions[image];
}

/**
 * The records of each step, in whole groups. Every second batch is of one family alone, the families taking turns: there a pair
 * is told from its neighbours by its attributes, as the candidates for one caption must be. A family too small for a batch has
 * no turn.
 */
function groups(pool: CaptionedPool, { seed, batch, data }: ClipRecipe): BatchOrder {
  const { alike } = data as PairedWorld;
  const count = Math.floor(pool.count / alike);
  const size = batch / alike;
  const families = new Map<string, number[]>();
  for (let group = 0; group < count; group++) {
    const family = pool.family(group * alike);
    const groups = families.get(family);
    if (groups) groups.push(group);
    else families.set(family, [group]);
  }
  const whole = new Shuffle(count, seed);
  const parts = [...families.values()]
    .filter((groups) => groups.length >= size && groups.length < count)
    .map((groups) => ({ groups, shuffle: new Shuffle(groups.length, seed) }));
  const groupsOf = (step: number): number[] => {
    if (parts.length === 0) return whole.batch(step, size);
    const turn = step >> 1;
    if (step % 2 === 0) return whole.batch(turn, size);
    const { groups, shuffle } = parts[turn % parts.length]!;
    return shuffle.batch(Math.floor(turn / parts.length), size).map((index) => groups[index]!);
  };
  return {
    batch: (step) =>
      groupsOf(step).flatMap((group) =>
        Array.from({ length: alike }, (_, member) => group * alike + member),
      ),
  };
}

/** Token ids of each caption → what the text tower reads: ids [N, S] of i64, ends [N, S] of f32. */
export function textBatch(
  { text }: ClipConfig,
  captions: readonly ArrayLike<number>[],
  device: string,
): { ids: TorchTensor; ends: TorchTensor } {
  const read = captions.map((tokens) => clipText(text, tokens));
  const shape = [captions.length, text.states];
  const ends = new Float32Array(captions.length * text.states);
  for (const [row, { end }] of read.entries()) ends[row * text.states + end] = 1;
  const ids = BigInt64Array.from(
    read.flatMap((each) => each.ids),
    BigInt,
  );
  return { ids: tensor(ids, shape, "i64", device), ends: tensor(ends, shape, "f32", device) };
}
