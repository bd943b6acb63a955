/** @file Trains the transformer on pairs of captions and codes [SPEC §2.4]. */
import { Random } from "@dalle-ts/data";
import { type TransformerConfig, transformer, transformerSpecs } from "@dalle-ts/models";
import type { ParameterTree } from "@dalle-ts/tensor";
import { seedGenerator, type TorchTensor } from "@dalle-ts/torch";
import { initialiseParameters, type TorchParameters, treeOf } from "../parameters.js";
import { dataSettings, type TaughtData } from "../run/own-data.js";
import { optimisationOf } from "../run/recipe.js";
import { Shuffle } from "../run/shuffle.js";
import type { Loss, TrainingTask } from "../run/task.js";
import { validate } from "../run/validation.js";
import type { BytePairEncoder } from "../tokenizer/byte-pair-encoder.js";
import { type Pair, streamBatch } from "./batch.js";
import { streamLoss } from "./loss.js";
import type { TransformerRecipe } from "./recipe.js";

/** Captions, worded anew at will, and codes. */
export interface Pairs {
  readonly count: number;
  caption(record: number, random: Random): string;
  /** The picture's codes in raster order. */
  codes(record: number): ArrayLike<number>;
}

/** What the transformer learns from. */
export interface PairSource extends Pairs {
  /** SHA-256 of tokenizer and dVAE: a checkpoint belongs to both. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Others, which are never trained on; absent where none are. */
  readonly heldOut?: Pairs;
}

/** An earlier run, or the transformer of a model folder, that a run goes on from. */
export interface TransformerStart {
  /** The first parameters; the task owns them. */
  readonly parameters: TorchParameters;
  /** Their SHA-256. */
  readonly hash: string;
  /** What they were taught with, oldest first. */
  readonly data: readonly TaughtData[];
}

/** All that decides what a run learns; kept in its checkpoints. */
export function transformerSettings(
  recipe: TransformerRecipe,
  config: TransformerConfig,
  hashes: PairSource["hashes"],
  start?: Omit<TransformerStart, "parameters">,
): object {
  return {
    recipe,
    config,
    hashes,
    ...dataSettings(recipe.data),
    ...(start && { from: { hash: start.hash, data: start.data } }),
  };
}

/** start: if there is none, the parameters begin at random. */
export function transformerTask(
  recipe: TransformerRecipe,
  config: TransformerConfig,
  source: PairSource,
  encoder: BytePairEncoder,
  sample: TrainingTask["sample"],
  device: string,
  start?: TransformerStart,
): TrainingTask {
  seedGenerator(recipe.seed);
  const parameters = start?.parameters ?? initialiseParameters(transformerSpecs(config), device);
  const tree = treeOf(parameters);
  const shuffle = new Shuffle(source.count, recipe.seed);

  const tokensOf = (record: number, random: Random) => {
    if (random.integer(1000) < recipe.emptyCaptions * 1000) return [];
    const draw = () => random.fraction();
    const caption = source.caption(record, random);
    return encoder.encode(caption, { dropout: recipe.dropout, random: draw });
  };

  const lossOf = (params: ParameterTree<TorchTensor>, pairs: readonly Pair[]) => {
    const batch = streamBatch(config, pairs, device);
    const states = transformer(params, config, batch.ids, batch.positions, {
      precision: recipe.precision,
    });
    const read = states.cast(recipe.precision); // the heads' products are as large as a layer's
    return streamLoss(params, config, read, batch.textTargets, batch.imageTargets);
  };

  const loss = (step: number): Loss => {
    const random = new Random(recipe.seed, step);
    const pairs = shuffle.batch(step, recipe.batch).map((record) => ({
      tokens: tokensOf(record, random),
      codes: source.codes(record),
    }));
    const { total, text, image } = lossOf(tree, pairs);
    return { total, metrics: () => ({ textLoss: text.item(), imageLoss: image.item() }) };
  };

  /** As they are drawn from: no caption is left out, no merge dropped. */
  const wholePairs = (of: Pairs) => ({
    count: of.count,
    load: (records: readonly number[]): Pair[] =>
      records.map((record) => ({
        tokens: encoder.encode(of.caption(record, new Random(0, record))),
        codes: of.codes(record),
      })),
  });
  const { heldOut } = source;

  return {
    kind: "transformer",
    settings: transformerSettings(recipe, config, source.hashes, start),
    parameters,
    ...optimisationOf(recipe),
    device,
    loss,
    ...(heldOut && {
      validate: (averaged: TorchParameters) => {
        const params = treeOf(averaged);
        return validate(
          wholePairs(source),
          wholePairs(heldOut),
          recipe.batch,
          (pairs) => lossOf(params, pairs).total,
        );
      },
    }),
    sample,
  };
}
