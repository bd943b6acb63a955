/** @file Trains the dVAE [SPEC §1.3]: which objective each step descends, on which pictures, and when codes are first made. */
import { type DvaeConfig, dvaeSpecs, mapPixels } from "@dalle-ts/models";
import { seedGenerator, type TorchTensor } from "@dalle-ts/torch";
import { initialiseParameters, type TorchParameters } from "../parameters.js";
import {
  PictureBatches,
  type PicturePool,
  type PictureStream,
} from "../pictures/picture-batches.js";
import { picturesFromBytes } from "../pictures/pictures-from-bytes.js";
import { streamValidation } from "../pictures/stream-validation.js";
import { dataSettings } from "../run/own-data.js";
import { optimisationOf } from "../run/recipe.js";
import { Shuffle } from "../run/shuffle.js";
import type { Loss, TrainingTask } from "../run/task.js";
import { collapseWatch } from "./code-usage.js";
import { CLUSTERED_PICTURES, makeFirstCodes } from "./first-codes.js";
import { autoencoderLoss, chosenCodesLoss, relaxedElboLoss } from "./objectives.js";
import { autoencoderSteps, type DvaeRecipe } from "./recipe.js";

/** An earlier dVAE that a run goes on from. */
export interface DvaeStart {
  /** The first parameters, of those that it has; the task owns them. */
  readonly parameters: TorchParameters;
  /** Tells its codes from those of another dVAE. */
  readonly hash: string;
}

/** Where nothing but the decoder learns, the codes of a picture stay what they are. */
export function keepsCodes({ learns }: Pick<DvaeRecipe, "learns">): boolean {
  return learns?.every((beginning) => beginning.startsWith("decoder.")) ?? false;
}

/** All that decides what a run learns; kept in its checkpoints. */
export function dvaeSettings(recipe: DvaeRecipe, start?: Pick<DvaeStart, "hash">): object {
  return {
    ...recipe,
    ...dataSettings(recipe.data),
    ...(start && { from: { hash: start.hash } }),
  };
}

/** recipe: checked. start: parameters that it lacks begin at random, all of them if there is none. */
export function dvaeTask(
  recipe: DvaeRecipe,
  pictures: PicturePool | PictureStream,
  sample: TrainingTask["sample"],
  device: string,
  start?: DvaeStart,
): TrainingTask {
  const firstRelaxed = autoencoderSteps(recipe);
  seedGenerator(recipe.seed);
  const parameters = firstParameters(recipe.model, start, device);
  const batches = new PictureBatches(pictures, new Shuffle(pictures.count, recipe.seed));
  const watch = collapseWatch(recipe.model.codes, recipe.steps);

  const pixelsOf = (bytes: Uint8Array, count: number) =>
    mapPixels(picturesFromBytes(bytes, count, pictures.size, device));
  const makesCodes = (step: number) => step > 0 && step === firstRelaxed;
  const wantedAt = (step: number) => [
    { step, size: recipe.batch },
    ...(makesCodes(step) ? [{ step: 0, size: CLUSTERED_PICTURES }] : []),
  ];

  return {
    kind: "dvae",
    settings: dvaeSettings(recipe, start),
    parameters,
    ...optimisationOf(recipe),
    device,
    prepare: (step) => batches.prepare(wantedAt(step), wantedAt(step + 1)),
    beforeStep: (step) =>
      makesCodes(step)
        ? makeFirstCodes(recipe, parameters, batches.bytes(0, CLUSTERED_PICTURES), pixelsOf)
        : [],
    loss: (step) => {
      const pixels = pixelsOf(batches.bytes(step, recipe.batch), recipe.batch);
      return trainingLoss(recipe, parameters, pixels, step);
    },
    ...streamValidation(pictures, recipe.batch, (averaged, { bytes }, count, step) =>
      validationLoss(recipe, averaged, pixelsOf(bytes, count), step),
    ),
    lossChangesAfter: firstRelaxed,
    warning: ({ step, perplexity = Number.NaN }) => watch(step, perplexity),
    sample,
  };
}

/** In the order of the specs, from the default generator where an earlier dVAE has none. */
function firstParameters(
  config: DvaeConfig,
  start: DvaeStart | undefined,
  device: string,
): TorchParameters {
  const specs = dvaeSpecs(config);
  const lacking = specs.filter(({ name }) => !start?.parameters.has(name));
  const first = new Map([...initialiseParameters(lacking, device), ...(start?.parameters ?? [])]);
  return new Map(specs.map(({ name }) => [name, first.get(name)!]));
}

function trainingLoss(
  recipe: DvaeRecipe,
  parameters: TorchParameters,
  pixels: TorchTensor,
  step: number,
): Loss {
  if (keepsCodes(recipe)) return chosenCodesLoss(recipe, parameters, pixels);
  if (step < autoencoderSteps(recipe)) return autoencoderLoss(recipe, parameters, pixels);
  return relaxedElboLoss(recipe, parameters, pixels, step);
}

/** After so many steps, the reconstruction alone: of an autoencoder until its codes are made, and of first choices then. */
function validationLoss(
  recipe: DvaeRecipe,
  averaged: TorchParameters,
  pixels: TorchTensor,
  step: number,
): TorchTensor {
  const lossOf = step > autoencoderSteps(recipe) ? chosenCodesLoss : autoencoderLoss;
  return lossOf(recipe, averaged, pixels).total;
}
