/**
 * @file What a dVAE descends on a batch: the paper's relaxed evidence lower bound [SPEC §1.3], and two losses of ours
 * that know no relaxation, of an autoencoder without codes and of codes as they are chosen when drawing.
 * pixels: [N, C, P, P] of `mapPixels`.
 */
import {
  decodeMixture,
  decodeVectors,
  dvaeLoss,
  encoder,
  gumbelSoftmax,
  klToUniform,
  logitLaplaceLoss,
  pixelsFromDecoder,
  pixelsPerCode,
  unmapPixels,
} from "@dalle-ts/models";
import { aten, noGradient, type TorchTensor, tidy } from "@dalle-ts/torch";
import { type TorchParameters, treeOf } from "../parameters.js";
import type { Loss } from "../run/task.js";
import { sentVectors } from "./bottleneck.js";
import { codeUsage } from "./code-usage.js";
import { type DvaeRecipe, klWeightAt, temperatureAt } from "./recipe.js";

/** The paper's: minus the evidence lower bound, with codes relaxed by Gumbel-softmax, at the schedules' values of `step`. */
export function relaxedElboLoss(
  recipe: DvaeRecipe,
  parameters: TorchParameters,
  pixels: TorchTensor,
  step: number,
): Loss {
  const { model, precision } = recipe;
  const tree = treeOf(parameters);
  const temperature = temperatureAt(recipe, step);
  const klWeight = klWeightAt(recipe, step);
  const logits = encoder(tree.at("encoder"), model, pixels, precision);
  const weights = gumbelSoftmax(logits, uniformLike(logits), temperature);
  const decoded = decodeMixture(tree.at("decoder"), model, weights, precision);
  const reconstruction = reconstructionLoss(recipe, decoded, pixels);
  const kl = klToUniform(logits);
  const valuesPerCode = model.channels * pixelsPerCode(model) ** 2;
  return {
    total: dvaeLoss(reconstruction, kl, klWeight, valuesPerCode),
    metrics: () => ({
      reconstruction: reconstruction.item(),
      kl: kl.item(),
      temperature,
      klWeight,
      psnr: psnr(pixelsFromDecoder(decoded), pixels),
      ...codeUsage(logits.argmax(-1), model.codes),
    }),
  };
}

/** Of an autoencoder, whose cells send vectors instead of codes (bottleneck.ts). */
export function autoencoderLoss(
  recipe: DvaeRecipe,
  parameters: TorchParameters,
  pixels: TorchTensor,
): Loss {
  return vectorsLoss(recipe, parameters, sentVectors(recipe, parameters, pixels), pixels);
}

/** Of the decoder alone: the codes are the encoder's first choices, as when drawing, and no gradient reaches the choice. */
export function chosenCodesLoss(
  recipe: DvaeRecipe,
  parameters: TorchParameters,
  pixels: TorchTensor,
): Loss {
  const tree = treeOf(parameters);
  const codes = noGradient(() =>
    tidy(() => encoder(tree.at("encoder"), recipe.model, pixels, recipe.precision).argmax(-1)),
  );
  const vectors = tree.at("decoder").get("codebook.weight").lookup(codes);
  return vectorsLoss(recipe, parameters, vectors, pixels);
}

/** The reconstruction from whatever vectors the cells send, [N, S, S, E]. */
function vectorsLoss(
  recipe: DvaeRecipe,
  parameters: TorchParameters,
  vectors: TorchTensor,
  pixels: TorchTensor,
): Loss {
  const { model, precision } = recipe;
  const decoded = decodeVectors(treeOf(parameters).at("decoder"), model, vectors, precision);
  const total = reconstructionLoss(recipe, decoded, pixels);
  return {
    total,
    metrics: () => ({
      reconstruction: total.item(),
      psnr: psnr(pixelsFromDecoder(decoded), pixels),
    }),
  };
}

function reconstructionLoss(
  { smallestScale }: DvaeRecipe,
  decoded: TorchTensor,
  pixels: TorchTensor,
): TorchTensor {
  return logitLaplaceLoss(decoded, pixels, Math.log(smallestScale));
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
