/** @file Trains a dVAE by a recipe, from painting the pictures to the last checkpoint. */
import { dirname } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { dvaeCut, type PictureSource, paint, type RgbImage, worldSample } from "@dalle-ts/data";
import { type DvaeConfig, dvaeSpecs } from "@dalle-ts/models";
import { DalleError } from "@dalle-ts/tensor";
import { checkDevice } from "@dalle-ts/torch";
import { contactSheet, encodePng } from "dalle-ts";
import { DvaeRuntime, writeFileAtomic } from "dalle-ts/parts";
import { exportDvae } from "../export/export-dvae.js";
import { copyParameters, hostParameters, type TorchParameters } from "../parameters.js";
import type { PicturePool, PictureStream } from "../pictures/picture-batches.js";
import { paintPool } from "../pictures/pool.js";
import { sourceSamples, sourceStream } from "../pictures/source-stream.js";
import { holdRunFolder } from "../run/hold-folder.js";
import { requireLearns } from "../run/learns.js";
import { requireOwnData } from "../run/own-data.js";
import type { WorldData } from "../run/recipe.js";
import { withScratch } from "../run/scratch.js";
import type { RunResult } from "../run/train-loop.js";
import { finishedRun, type TrainOptions, trainRecipe } from "../run/train-recipe.js";
import { openDvae } from "../run/trained-parts.js";
import { checkDvaeRecipe, type DvaeRecipe } from "./recipe.js";
import { type DvaeStart, dvaeSettings, dvaeTask, keepsCodes } from "./task.js";

export interface DvaeTrainOptions extends TrainOptions {
  /** The pictures of a recipe made by `withOwnData`; the caller closes it. */
  readonly source?: PictureSource;
  /** Run or model folder of a dVAE, whose averaged weights are the first ones; a decoder of another shape begins at random. */
  readonly from?: string;
}

export async function trainDvae(recipe: DvaeRecipe, options: DvaeTrainOptions): Promise<RunResult> {
  const started = performance.now();
  const device = checkDevice(options.device ?? "cpu");
  checkDvaeRecipe(recipe); // before minutes of painting
  requireLearns(recipe, dvaeSpecs(recipe.model));
  requireOwnData(recipe.data, options.source);
  const start = await findDvaeStart(recipe, options.from, device);
  const settingsOf = (settled: DvaeRecipe) => dvaeSettings(settled, start);
  const finished = await finishedRun("dvae", recipe, settingsOf, options);
  if (finished) return finished;
  await using _ = await holdRunFolder(options.directory, options.source);
  options.onStart?.();
  const { pictures, originals } = await picturesOf(recipe, options);
  const sample = async (averaged: TorchParameters, path: string) =>
    reconstructionSheet(recipe, averaged, await originals(), path);
  const taskOf = (settled: DvaeRecipe) => {
    const first = start && { ...start, parameters: copyParameters(start.parameters) };
    return dvaeTask(settled, pictures, sample, device, first);
  };
  return await trainRecipe(recipe, taskOf, started, options);
}

/** Throws where the encoder has another shape, and where a recipe needs the codes of an earlier one. */
async function findDvaeStart(
  recipe: DvaeRecipe,
  from: string | undefined,
  device: string,
): Promise<DvaeStart | undefined> {
  if (from === undefined) {
    if (!keepsCodes(recipe)) return undefined;
    throw new DalleError(
      "bad_option",
      `The recipe ${recipe.name} teaches a decoder the codes of an earlier dVAE; name its folder with --from.`,
    );
  }
  if (recipe.autoencoderShare > 0) {
    throw new DalleError(
      "bad_option",
      `${recipe.name} begins with an autoencoder, which would undo the codes of ${from}; say --set autoencoderShare=0, or begin without --from.`,
    );
  }
  const { parameters, hash, config } = await openDvae(from, device);
  if (!isDeepStrictEqual(encoderOf(config), encoderOf(recipe.model))) {
    const otherwise = keepsCodes(recipe)
      ? `name the dVAE that ${recipe.name} was made for with --from, or choose a recipe with this encoder`
      : "choose the one it was trained with, or begin without --from";
    throw new DalleError(
      "bad_option",
      `${from} has another encoder than the recipe's model; ${otherwise}.`,
    );
  }
  const specs = new Map(dvaeSpecs(recipe.model).map((spec) => [spec.name, spec]));
  for (const [name, parameter] of parameters) {
    if (specs.get(name)?.shape.join() === parameter.shape.join()) continue;
    parameter.dispose();
    parameters.delete(name);
  }
  return { parameters, hash };
}

/** All that decides which codes a picture has, weights aside; one that reads means sees what a smaller picture shows. */
function encoderOf({
  decoder: _,
  reduction = 1,
  imageSize,
  ...encoder
}: DvaeConfig): Partial<DvaeConfig> {
  return { ...encoder, imageSize: imageSize / reduction };
}

const SHEET_PICTURES = 12;

/** What to train on, and what to show: held-out pictures. */
async function picturesOf(
  recipe: DvaeRecipe,
  { source, onWarning, onPrepare }: DvaeTrainOptions,
): Promise<{ pictures: PicturePool | PictureStream; originals: () => Promise<RgbImage[]> }> {
  const { data, seed } = recipe;
  const size = recipe.model.imageSize;
  if (source) {
    const options = { size, seed, onWarning };
    return {
      pictures: sourceStream(source, dvaeCut, options),
      originals: async () => {
        const samples = await sourceSamples(source, SHEET_PICTURES, options);
        return samples.map(({ image }) => image);
      },
    };
  }
  const world = data as WorldData;
  const onProgress = (done: number, total: number) => onPrepare?.("painting", done, total);
  return {
    pictures: await paintPool({ ...world, size, onProgress }),
    originals: async () =>
      Array.from({ length: SHEET_PICTURES }, (_, index) => {
        const { families, seed: worldSeed } = world;
        const { scene } = worldSample(worldSeed, index, { families, split: "held-out" });
        return { width: size, height: size, pixels: paint(scene, size) };
      }),
  };
}

/** The originals above, what the exported dVAE makes of them below. */
async function reconstructionSheet(
  recipe: DvaeRecipe,
  parameters: TorchParameters,
  originals: readonly RgbImage[],
  path: string,
): Promise<void> {
  await withScratch(dirname(path), async (folder) => {
    await exportDvae(folder, recipe.model, hostParameters(parameters));
    await using dvae = new DvaeRuntime(folder, recipe.model);
    const reconstructions = [];
    for (const image of originals) {
      reconstructions.push(await dvae.decode(await dvae.encode(image)));
    }
    const sheet = contactSheet([...originals, ...reconstructions], { columns: originals.length });
    await writeFileAtomic(path, await encodePng(sheet));
  });
}
