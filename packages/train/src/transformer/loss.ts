/** @file The joint loss: (CE of text + 7 · CE of image) / 8, each the mean over its own tokens [SPEC §2.4]. */
import { imageLogits, type TransformerConfig, textLogits } from "@dalle-ts/models";
import type { ParameterTree } from "@dalle-ts/tensor";
import { aten, type TorchTensor } from "@dalle-ts/torch";

/** Targets that count for nothing: what follows the end of a caption. The paper does not say what its paddings predict. */
export const IGNORED = -100;

export interface StreamLoss {
  readonly total: TorchTensor;
  /** Mean cross-entropy in nats per text token. */
  readonly text: TorchTensor;
  /** Mean cross-entropy in nats per image code. */
  readonly image: TorchTensor;
}

/** states: [N, S, d]; textTargets: [N, T] of text ids, the vocabulary's size for the end, or IGNORED; imageTargets: [N, I]. */
export function streamLoss(
  params: ParameterTree<TorchTensor>,
  config: TransformerConfig,
  states: TorchTensor,
  textTargets: TorchTensor,
  imageTargets: TorchTensor,
): StreamLoss {
  const text = crossEntropy(textLogits(params, config, states), textTargets);
  const image = crossEntropy(imageLogits(params, config, states), imageTargets);
  return { total: text.add(image.mul(7)).div(8), text, image };
}

function crossEntropy(logits: TorchTensor, targets: TorchTensor): TorchTensor {
  const flat = logits.cast("f32").reshape([-1, logits.shape.at(-1)!]);
  const mean = 1; // at::Reduction::Mean
  return aten("aten::cross_entropy_loss", flat, targets.reshape([-1]), undefined, mean, IGNORED);
}
