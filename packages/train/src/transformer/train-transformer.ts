/** @file Trains a transformer by a recipe, on the codes of a trained dVAE and the tokens of a trained tokenizer. */
import { type CodeShards, WORLD_VERSION } from "@dalle-ts/data";
import {
  checkTransformerConfig,
  type DvaeConfig,
  gridSide,
  type TransformerConfig,
  transformerSpecs,
} from "@dalle-ts/models";
import { checkDevice } from "@dalle-ts/torch";
import { copyParameters, hostParameters, type TorchParameters } from "../parameters.js";
import { holdRunFolder } from "../run/hold-folder.js";
import { requireLearns } from "../run/learns.js";
import { describeData, requireOwnData, taughtBy } from "../run/own-data.js";
import type { WorldData } from "../run/recipe.js";
import { openTokenizerRun, stepsOf, type TrainedDvae, unfinishedNote } from "../run/run-folder.js";
import type { RunResult } from "../run/train-loop.js";
import { finishedRun, type TrainOptions, trainRecipe } from "../run/train-recipe.js";
import { openDvae } from "../run/trained-parts.js";
import { BytePairEncoder } from "../tokenizer/byte-pair-encoder.js";
import { longCaptionWarning } from "../tokenizer/long-captions.js";
import { encodeWorld } from "./encoded-world.js";
import { generationSheet, sheetCaptions } from "./generation-sheet.js";
import { pairsOfCodes } from "./own-codes.js";
import type { TransformerRecipe } from "./recipe.js";
import { type FoundStart, findStart, startFor } from "./start.js";
import { type Pairs, transformerSettings, transformerTask } from "./task.js";

export interface TransformerTrainOptions extends TrainOptions {
  /** Run folder of the dVAE, or model folder. */
  readonly dvae: string;
  /** Run folder of the tokenizer, or model folder. */
  readonly tokenizer: string;
  /**
   * Run or model folder of a transformer of the same shape, or with 4, 8, 12, … layers fewer but more than 4, whose
   * averaged weights are the first ones; one with another tokenizer or dVAE must be a model folder.
   */
  readonly from?: string;
  /** The pairs of a recipe made by `withOwnData`; the caller closes them. */
  readonly codes?: CodeShards;
}

export async function trainTransformer(
  recipe: TransformerRecipe,
  options: TransformerTrainOptions,
): Promise<RunResult> {
  const started = performance.now();
  const device = checkDevice(options.device ?? "cpu");
  requireOwnData(recipe.data, options.codes);
  const dvae = await openDvae(options.dvae, device);
  const userPairs = options.codes && pairsOfCodes(options.codes, options.dvae, dvae);
  const tokenizer = await openTokenizerRun(options.tokenizer);
  const encoder = BytePairEncoder.fromJson(tokenizer.text);
  const config = resolveConfig(recipe, encoder, dvae.config);
  requireLearns(recipe, transformerSpecs(config));
  const hashes = { dvae: dvae.hash, tokenizer: tokenizer.hash };
  const found = options.from
    ? await findStart(options.from, config, { dvae, tokenizerHash: tokenizer.hash }, device)
    : undefined;
  const settingsOf = (settled: TransformerRecipe) =>
    transformerSettings(settled, config, hashes, found?.start);
  const finished = await finishedRun("transformer", recipe, settingsOf, options);
  if (finished) return finished;
  await using _ = await holdRunFolder(options.directory, options.codes);
  options.onStart?.();
  for (const warning of await startWarnings(options, found, encoder, config)) {
    options.onWarning?.(warning);
  }
  const pairs = userPairs ?? (await paintedPairs(recipe, dvae, device, options));
  const source = { ...pairs, hashes };
  const start = found && startFor(found, { tokenizer: tokenizer.text, dvae }, source, device);
  const sample = async (averaged: TorchParameters, path: string) =>
    generationSheet(
      {
        name: recipe.name,
        dvae: { config: dvae.config, parameters: hostParameters(dvae.parameters) },
        transformer: { config, parameters: hostParameters(averaged) },
        tokenizer: tokenizer.text,
        ...describeData([...(start?.data ?? []), taughtBy(recipe.data, WORLD_VERSION)]),
        weightFormat: "f32",
      },
      sheetCaptions(recipe, options.codes),
      path,
    );
  const taskOf = (settled: TransformerRecipe) => {
    const first = start && { ...start, parameters: copyParameters(start.parameters) };
    return transformerTask(settled, config, source, encoder, sample, device, first);
  };
  return await trainRecipe(recipe, taskOf, started, options);
}

/** The recipe's model with the words and codes that it is to know. Throws before minutes of painting where it cannot be. */
function resolveConfig(
  recipe: TransformerRecipe,
  { vocabularySize }: BytePairEncoder,
  dvae: DvaeConfig,
): TransformerConfig {
  const side = gridSide(dvae);
  return checkTransformerConfig({
    ...recipe.model,
    textVocabulary: vocabularySize,
    imageCodes: dvae.codes,
    gridRows: side,
    gridColumns: side,
  });
}

/** What whoever starts the run should know of the dVAE, the captions and the start, in this order. */
async function startWarnings(
  { dvae, codes, from }: TransformerTrainOptions,
  found: FoundStart | undefined,
  encoder: BytePairEncoder,
  { textStates }: TransformerConfig,
): Promise<string[]> {
  const warnings = [
    unfinishedNote(dvae, await stepsOf(dvae), "train"),
    codes && (await longCaptionWarning(codes, encoder, textStates - 1, "model.textStates")),
    found?.added &&
      `${from} has ${found.added} layers fewer; copies of its own are put into its middle, which add nothing until they are taught.`,
    found?.foreignVocabularies &&
      `${from} knows other words or codes; what it knows of its own is carried over to these.`,
  ];
  return warnings.filter((warning) => typeof warning === "string");
}

function paintedPairs(
  { data }: TransformerRecipe,
  dvae: TrainedDvae,
  device: string,
  { onPrepare }: TransformerTrainOptions,
): Promise<Pairs> {
  return encodeWorld(dvae, {
    ...(data as WorldData),
    device,
    onProgress: (done, total) => onPrepare?.("painting and encoding", done, total),
  });
}
