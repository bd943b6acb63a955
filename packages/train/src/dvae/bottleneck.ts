/**
 * @file The autoencoder that a dVAE starts as. In the place of a code, each cell sends the E numbers of a code vector:
 * the first E outputs of the encoder's last convolution, so nothing is added to the model. A narrow E (6 or so) makes
 * encoder and decoder learn what is worth sending, and leave to the neighbours what they tell anyway; spread-codes.ts then
 * turns the numbers into codes. (Neither numbers of unit deviation nor noise on them helped: both learnt far more slowly.)
 */
import { encoderFeatures } from "@dalle-ts/models";
import type { TorchTensor } from "@dalle-ts/torch";
import { type TorchParameters, treeOf } from "../parameters.js";
import type { DvaeRecipe } from "./recipe.js";

/** The first `size` rows of the encoder's last convolution: weights [size, width] and bias [size]. */
export function bottleneckRows(parameters: TorchParameters, size: number) {
  const weight = parameters.get("encoder.output.weight")!.slice(0, 0, size); // [size, width, 1, 1]
  const rows = weight.reshape([size, weight.shape[1]!]);
  return { rows, bias: parameters.get("encoder.output.bias")!.slice(0, 0, size) };
}

/** pixels: [N, C, P, P] of `mapPixels` → what each cell sends, [N, S, S, E]. */
export function sentVectors(
  { model, precision }: Pick<DvaeRecipe, "model" | "precision">,
  parameters: TorchParameters,
  pixels: TorchTensor,
): TorchTensor {
  const features = encoderFeatures(treeOf(parameters).at("encoder"), model, pixels, precision);
  const { rows, bias } = bottleneckRows(parameters, model.codeWidth);
  return features.permute([0, 2, 3, 1]).matmul(rows, { transposeOther: true }).add(bias);
}
