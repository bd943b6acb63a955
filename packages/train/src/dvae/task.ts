/** @file Trains the dVAE: the relaxed evidence lower bound, with the paper's three schedules [SPEC §1.3]. */
import { Random } from "@dalle-ts/data";
import {
  type DvaeConfig,
  decodeMixture,
  decoderSpecs,
  decodeVectors,
  dvaeLoss,
  encoder,
  encoderFeatures,
  encoderSpecs,
  gumbelSoftmax,
  klToUniform,
  logitLaplaceLoss,
  mapPixels,
  pixelsFromDecoder,
  pixelsPerCode,
  unmapPixels,
} from "@dalle-ts/models";
import { branchSpecs, type ParameterSpec } from "@dalle-ts/tensor";
import { aten, noGradient, seedGenerator, type TorchTensor, tidy } from "@dalle-ts/torch";
import { cosine } from "../optimiser/schedules.js";
import { initialiseParameters, type TorchParameters, treeOf } from "../parameters.js";
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
import { sentVectors } from "./bottleneck.js";
import { codeUsage, collapseWatch } from "./code-usage.js";
import { autoencoderSteps, type DvaeRecipe } from "./recipe.js";
import { spreadCodes } from "./spread-codes.js";

/** Encoder and decoder in one tree, as in the safetensors file. */
export function dvaeSpecs(config: DvaeConfig): ParameterSpec[] {
  return [
    ...branchSpecs("encoder", encoderSpecs(config)),
    ...branchSpecs("decoder", decoderSpecs(config)),
  ];
}

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

/** Pictures whose cells are clustered for the first codes, and those of them that the encoder sees at a time. */
const SPREAD_PICTURES = 1024;
const SPREAD_BATCH = 64;

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
  const config = recipe.model;
  const firstRelaxed = autoencoderSteps(recipe);
  seedGenerator(recipe.seed);
  const specs = dvaeSpecs(config);
  const lacking = specs.filter(({ name }) => !start?.parameters.has(name));
  const first = new Map([...initialiseParameters(lacking, device), ...(start?.parameters ?? [])]);
  const parameters: TorchParameters = new Map(specs.map(({ name }) => [name, first.get(name)!]));
  const tree = treeOf(parameters);
  const batches = new PictureBatches(pictures, new Shuffle(pictures.count, recipe.seed));
  const valuesPerCode = config.channels * pixelsPerCode(config) ** 2;

  const pixelsOf = (bytes: Uint8Array, count: number) =>
    mapPixels(picturesFromBytes(bytes, count, pictures.size, device));
  const batchOf = (step: number) => pixelsOf(batches.bytes(step, recipe.batch), recipe.batch);
  const featuresOf = (pixels: TorchTensor, params = tree) =>
    encoderFeatures(params.at("encoder"), config, pixels, recipe.precision);
  const reconstructionLoss = (decoded: TorchTensor, pixels: TorchTensor) =>
    logitLaplaceLoss(decoded, pixels, Math.log(recipe.smallestScale));

  /** Of a decoder alone, whatever its cells are sent. */
  const vectorsLoss = (vectors: TorchTensor, pixels: TorchTensor, params = tree): Loss => {
    const decoded = decodeVectors(params.at("decoder"), config, vectors, recipe.precision);
    const total = reconstructionLoss(decoded, pixels);
    return {
      total,
      metrics: () => ({
        reconstruction: total.item(),
        psnr: psnr(pixelsFromDecoder(decoded), pixels),
      }),
    };
  };

  const autoencoderLoss = (step: number): Loss => {
    const pixels = batchOf(step);
    return vectorsLoss(sentVectors(parameters, featuresOf(pixels), config.codeWidth), pixels);
  };

  /** The vectors of the encoder's argmax codes; gradients reach the vectors, not the choice. */
  const chosenVectors = (pixels: TorchTensor, params = tree) => {
    const codes = noGradient(() =>
      tidy(() => encoder(params.at("encoder"), config, pixels, recipe.precision).argmax(-1)),
    );
    return params.at("decoder").get("codebook.weight").lookup(codes);
  };

  /** What every cell sends, [M, E]. */
  const cellsOf = (pixels: TorchTensor) =>
    sentVectors(parameters, featuresOf(pixels), config.codeWidth).reshape([-1, config.codeWidth]);

  const startCodes = () => {
    const bytes = batches.bytes(0, SPREAD_PICTURES);
    const length = SPREAD_BATCH * (bytes.length / SPREAD_PICTURES);
    const [first, ...rest] = Array.from({ length: SPREAD_PICTURES / SPREAD_BATCH }, (_, index) => {
      const some = bytes.subarray(index * length, (index + 1) * length);
      return tidy(() => cellsOf(pixelsOf(some, SPREAD_BATCH)));
    });
    const random = new Random(recipe.seed, 0);
    return spreadCodes(parameters, first!.concat(rest, 0), recipe.codeMargin, random);
  };

  const relaxedLoss = (step: number): Loss => {
    const pixels = batchOf(step);
    const logits = encoder(tree.at("encoder"), config, pixels, recipe.precision);
    const temperature = temperatureAt(recipe, step);
    const weights = gumbelSoftmax(logits, uniformLike(logits), temperature);
    const decoded = decodeMixture(tree.at("decoder"), config, weights, recipe.precision);
    const reconstruction = reconstructionLoss(decoded, pixels);
    const kl = klToUniform(logits);
    const klWeight = klWeightAt(recipe, step);
    return {
      total: dvaeLoss(reconstruction, kl, klWeight, valuesPerCode),
      metrics: () => ({
        reconstruction: reconstruction.item(),
        kl: kl.item(),
        temperature,
        klWeight,
        psnr: psnr(pixelsFromDecoder(decoded), pixels),
        ...codeUsage(logits.argmax(-1), config.codes),
      }),
    };
  };

  /** The decoder's alone: the codes are the encoder's first choices, as when drawing. */
  const decoderLoss = (step: number): Loss => {
    const pixels = batchOf(step);
    return vectorsLoss(chosenVectors(pixels), pixels);
  };

  /** The reconstruction alone: of an autoencoder until its codes are made, and of first choices from there on. */
  const validationLoss = (averaged: TorchParameters, step: number, pixels: TorchTensor) => {
    const params = treeOf(averaged);
    const vectors =
      step > firstRelaxed
        ? chosenVectors(pixels, params)
        : sentVectors(averaged, featuresOf(pixels, params), config.codeWidth);
    return vectorsLoss(vectors, pixels, params).total;
  };

  const startsCodes = (step: number) => step > 0 && step === firstRelaxed;
  const loss = (step: number): Loss => {
    if (keepsCodes(recipe)) return decoderLoss(step);
    if (step < firstRelaxed) return autoencoderLoss(step);
    return relaxedLoss(step);
  };

  const wantedAt = (step: number) => [
    { step, size: recipe.batch },
    ...(startsCodes(step) ? [{ step: 0, size: SPREAD_PICTURES }] : []),
  ];

  const watch = collapseWatch(config.codes, recipe.steps);

  return {
    kind: "dvae",
    settings: dvaeSettings(recipe, start),
    parameters,
    ...optimisationOf(recipe),
    device,
    prepare: (step) => batches.prepare(wantedAt(step), wantedAt(step + 1)),
    beforeStep: (step) => (startsCodes(step) ? startCodes() : []),
    loss,
    ...streamValidation(pictures, recipe.batch, (averaged, { bytes }, count, step) =>
      validationLoss(averaged, step, pixelsOf(bytes, count)),
    ),
    lossChangesAfter: firstRelaxed,
    warning: ({ step, perplexity = Number.NaN }) => watch(step, perplexity),
    sample,
  };
}

export function temperatureAt(recipe: DvaeRecipe, step: number): number {
  return scheduled(recipe.temperature, recipe, step);
}

export function klWeightAt(recipe: DvaeRecipe, step: number): number {
  return scheduled(recipe.klWeight, recipe, step);
}

/** Schedules of the relaxation begin where the autoencoder ends. */
function scheduled(
  { start, end, share }: DvaeRecipe["temperature"],
  recipe: DvaeRecipe,
  step: number,
): number {
  const before = autoencoderSteps(recipe);
  return cosine(start, end, share * (recipe.steps - before), step - before);
}

/** Draws from (0, 1), both ends excluded, from the default generator. */
function uniformLike(logits: TorchTensor): TorchTensor {
  return aten("aten::clamp", aten("aten::rand_like", logits), 1e-7, 1 - 1e-7);
}

/** Peak signal-to-noise ratio in dB, of a range of 1; `mapped`, what should have been decoded, is in [0.1, 0.9]. */
function psnr(decoded: TorchTensor, mapped: TorchTensor): number {
  const difference = decoded.sub(unmapPixels(mapped));
  const meanSquare = difference.mul(difference).mean([0, 1, 2, 3]).item();
  return -10 * Math.log10(meanSquare);
}
