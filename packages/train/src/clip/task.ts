/** @file Trains CLIP on pictures and captions, contrastively [SPEC §4]. */
import { Random } from "@dalle-ts/data";
import { type ClipConfig, clipSpecs, clipText, embedImages, embedTexts } from "@dalle-ts/models";
import { seedGenerator, type TorchTensor, tensor } from "@dalle-ts/torch";
import { gatherPictures, type PicturePool } from "../dvae/picture-batches.js";
import { initialiseParameters, treeOf } from "../parameters.js";
import { picturesFromBytes } from "../pictures.js";
import { optimisationOf } from "../run/recipe.js";
import { Shuffle } from "../run/shuffle.js";
import type { Loss, TrainingTask } from "../run/task.js";
import type { BytePairEncoder } from "../tokenizer/byte-pair-encoder.js";
import { contrastiveLoss } from "./loss.js";
import type { ClipRecipe } from "./recipe.js";

/** Pictures in memory, and their captions, worded anew at will. */
export interface CaptionedPool extends PicturePool {
  caption(record: number, random: Random): string;
  /** What kind of picture it is. */
  family(record: number): string;
}

export function clipTask(
  recipe: ClipRecipe,
  config: ClipConfig,
  pool: CaptionedPool,
  tokenizer: { readonly encoder: BytePairEncoder; readonly hash: string },
  sample: TrainingTask["sample"],
  device: string,
): TrainingTask {
  seedGenerator(recipe.seed);
  const parameters = initialiseParameters(clipSpecs(config), device);
  const tree = treeOf(parameters);
  const batchOf = batches(pool, recipe);
  const { precision, dropout } = recipe;

  const loss = (step: number): Loss => {
    const random = new Random(recipe.seed, step);
    const draw = () => random.next() / 2 ** 32;
    const records = batchOf(step);
    const texts = records.map((record) =>
      tokenizer.encoder.encode(pool.caption(record, random), { dropout, random: draw }),
    );
    const bytes = gatherPictures(pool, records);
    const pixels = picturesFromBytes(bytes, records.length, pool.size, device);
    const { ids, ends } = textBatch(config, texts, device);
    const { total, accuracy } = contrastiveLoss(
      embedImages(tree.at("image"), config, pixels, precision),
      embedTexts(tree.at("text"), config, ids, ends, precision),
      tree.get("log_scale"),
    );
    return {
      total,
      metrics: () => ({ accuracy: accuracy(), scale: Math.exp(tree.get("log_scale").item()) }),
    };
  };

  return {
    kind: "clip",
    settings: { recipe, config, hashes: { tokenizer: tokenizer.hash } },
    parameters,
    ...optimisationOf(recipe),
    device,
    loss,
    sample,
  };
}

/**
 * The records of each step. Every second batch is of one family alone, the families taking turns: there a pair is told from
 * its neighbours by its attributes, as the candidates for one caption must be. A family too small for a batch has no turn.
 */
function batches(pool: CaptionedPool, { seed, batch }: ClipRecipe): (step: number) => number[] {
  const families = new Map<string, number[]>();
  for (let record = 0; record < pool.count; record++) {
    const family = pool.family(record);
    const records = families.get(family);
    if (records) records.push(record);
    else families.set(family, [record]);
  }
  const whole = new Shuffle(pool.count, seed);
  const parts = [...families.values()]
    .filter((records) => records.length >= batch && records.length < pool.count)
    .map((records) => ({ records, shuffle: new Shuffle(records.length, seed) }));
  if (parts.length === 0) return (step) => whole.batch(step, batch);
  return (step) => {
    const turn = step >> 1;
    if (step % 2 === 0) return whole.batch(turn, batch);
    const { records, shuffle } = parts[turn % parts.length]!;
    return shuffle.batch(Math.floor(turn / parts.length), batch).map((index) => records[index]!);
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
