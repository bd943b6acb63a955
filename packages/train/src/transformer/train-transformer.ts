/** @file Trains a transformer by a recipe, on the codes of a trained dVAE and the tokens of a trained tokenizer. */
import { dirname } from "node:path";
import { type CodeShards, captionLines, WORLD_VERSION, worldSample } from "@dalle-ts/data";
import {
  checkTransformerConfig,
  gridSide,
  type TransformerConfig,
  transformerSpecs,
} from "@dalle-ts/models";
import { checkDevice } from "@dalle-ts/torch";
import { contactSheet, Dalle, encodePng } from "dalle-ts";
import { LONGEST_CAPTION, wholeCharacters, writeFileAtomic } from "dalle-ts/parts";
import { exportModel } from "../export/export-model.js";
import { copyParameters, hostParameters, type TorchParameters } from "../parameters.js";
import { evenly, shownRecords } from "../run/held-out.js";
import { holdRunFolder } from "../run/hold-folder.js";
import { requireLearns } from "../run/learns.js";
import { describeData, requireOwnData, taughtBy } from "../run/own-data.js";
import type { WorldData } from "../run/recipe.js";
import { openTokenizerRun, stepsOf, unfinishedNote } from "../run/run-folder.js";
import { withScratch } from "../run/scratch.js";
import type { RunResult } from "../run/train-loop.js";
import { finishedRun, type TrainOptions, trainRecipe } from "../run/train-recipe.js";
import { openDvae } from "../run/trained-parts.js";
import { BytePairEncoder } from "../tokenizer/byte-pair-encoder.js";
import { longCaptionWarning } from "../tokenizer/long-captions.js";
import { encodeWorld } from "./encoded-world.js";
import { pairsOfCodes } from "./own-codes.js";
import type { TransformerRecipe } from "./recipe.js";
import { findStart, startFor } from "./start.js";
import { transformerSettings, transformerTask } from "./task.js";

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
  const own = options.codes && pairsOfCodes(options.codes, options.dvae, dvae);
  const tokenizer = await openTokenizerRun(options.tokenizer);
  const encoder = BytePairEncoder.fromJson(tokenizer.text);
  const side = gridSide(dvae.config);
  const config: TransformerConfig = {
    ...recipe.model,
    textVocabulary: encoder.vocabularySize,
    imageCodes: dvae.config.codes,
    gridRows: side,
    gridColumns: side,
  };
  checkTransformerConfig(config); // before minutes of painting
  requireLearns(recipe, transformerSpecs(config));
  const hashes = { dvae: dvae.hash, tokenizer: tokenizer.hash };
  const found = options.from
    ? await findStart(options.from, config, { dvae, tokenizer: tokenizer.hash }, device)
    : undefined;
  const finished = await finishedRun(
    "transformer",
    recipe,
    (settled) => transformerSettings(settled, config, hashes, found?.start),
    options,
  );
  if (finished) return finished;
  await using _ = await holdRunFolder(options.directory, options.codes);
  options.onStart?.();
  const unfinished = unfinishedNote(options.dvae, await stepsOf(options.dvae), "train");
  if (unfinished !== undefined) options.onWarning?.(unfinished);
  if (options.codes) {
    const limit = config.textStates - 1;
    const long = await longCaptionWarning(options.codes, encoder, limit, "model.textStates");
    if (long) options.onWarning?.(long);
  }
  if (found?.added) {
    options.onWarning?.(
      `${options.from} has ${found.added} layers fewer; copies of its own are put into its middle, which add nothing until they are taught.`,
    );
  }
  if (found?.own) {
    options.onWarning?.(
      `${options.from} knows other words or codes; what it knows of its own is carried over to these.`,
    );
  }
  const source = {
    ...(own ??
      (await encodeWorld(dvae, {
        ...(recipe.data as WorldData),
        device,
        onProgress: (done, total) => options.onPrepare?.("painting and encoding", done, total),
      }))),
    hashes,
  };
  const start = found && startFor({ tokenizer: tokenizer.text, dvae }, found, source, device);
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

const SHEET_CAPTIONS = 24;

/** The first held-out captions of the world, or held-out ones of the user's own, if any are. */
function sheetCaptions({ data }: TransformerRecipe, codes: CodeShards | undefined): string[] {
  if (codes) {
    const among = shownRecords(codes.count);
    return evenly(among.count, SHEET_CAPTIONS).map(
      (index) => captionLines(codes.caption(among.at(index)))[0]!,
    );
  }
  return Array.from({ length: SHEET_CAPTIONS }, (_, index) => {
    const { families, seed } = data as WorldData;
    return worldSample(seed, index, { families, split: "held-out" }).caption;
  });
}

/** One picture for each caption, of which the beginning is read, by the library that users generate with. */
async function generationSheet(
  parts: Parameters<typeof exportModel>[1],
  captions: readonly string[],
  path: string,
): Promise<void> {
  await withScratch(dirname(path), async (folder) => {
    await exportModel(folder, parts);
    await using dalle = await Dalle.load(folder);
    const images = [];
    for (const [index, caption] of captions.entries()) {
      const read = wholeCharacters(caption, LONGEST_CAPTION);
      images.push(...(await dalle.generate(read, { seed: index })));
    }
    await writeFileAtomic(path, await encodePng(contactSheet(images, { columns: 12 })));
  });
}
