/**
 * @file Starts a dVAE with every code in use. At random initialisation the encoder's logits are small and nearly the same
 * for all cells, since all features are positive: a few codes win everywhere, and the others never see a gradient.
 * So the last convolution is scaled once, on real pictures, until each code's logit has mean 0 and a chosen deviation over
 * cells. Different cells then prefer different codes from the first step on.
 */
import { aten, noGradient, type TorchTensor, tidy } from "@dalle-ts/torch";
import type { TorchParameters } from "../parameters.js";

/**
 * logits: [N, S, S, K] of the encoder with its present parameters, which are changed in place; deviation > 0.
 * The mean KL to uniform starts near deviation² / 2 nats.
 */
export function spreadCodes(
  parameters: TorchParameters,
  logits: TorchTensor,
  deviation: number,
): void {
  const weight = parameters.get("encoder.output.weight")!; // [K, width, 1, 1]
  const bias = parameters.get("encoder.output.bias")!;
  noGradient(() =>
    tidy(() => {
      const cells = logits.reshape([-1, logits.shape[3]!]);
      const mean = cells.mean([0]); // [K]
      const scale = aten("aten::std.dim", cells, [0], false).maximum(1e-6).div(deviation);
      aten("aten::div_.Tensor", weight, scale.reshape([-1, 1, 1, 1]));
      aten("aten::copy_", bias, bias.sub(mean).div(scale));
    }),
  );
}
