/** @file The dVAE's training objective: Gumbel-softmax relaxation, logit-Laplace likelihood, KL to uniform [SPEC §1.3]. */
import type { Tensor } from "@dalle-ts/tensor";

/**
 * The Gumbel-softmax relaxation q^τ. logits: [..., K]; uniform: the same shape, draws from (0, 1);
 * temperature τ > 0 → weights [..., K] that sum to 1.
 */
export function gumbelSoftmax<T extends Tensor<T>>(logits: T, uniform: T, temperature: number): T {
  const gumbel = uniform.log().mul(-1).log().mul(-1);
  return logits.add(gumbel).div(temperature).softmax(-1);
}

/**
 * −ln of the logit-Laplace density, averaged over all values.
 * decoded: [N, 2 C, P, P] (means, then ln b); pixels: [N, C, P, P] in [ε, 1 − ε] → a scalar in nats per value.
 * −ln f(x | μ, b) = ln 2b + ln x(1 − x) + |logit x − μ| / b
 *
 * logScaleFloor bounds ln b from below. Painted pictures have perfectly flat areas, where b would fall to 0: the
 * likelihood would grow without bound and its gradient forget the edges. In the middle of the range, where a step of an 8-bit
 * value is 0.013 logits, ln 0.1 allows errors of eight steps and ln 0.5 of forty.
 */
export function logitLaplaceLoss<T extends Tensor<T>>(
  decoded: T,
  pixels: T,
  logScaleFloor: number,
): T {
  const channels = pixels.shape[1]!;
  const means = decoded.slice(1, 0, channels);
  const logScales = decoded.slice(1, channels, 2 * channels).maximum(logScaleFloor);
  const logPixels = pixels.log();
  const logRest = pixels.mul(-1).add(1).log();
  const distance = logPixels.sub(logRest).sub(means).abs();
  return distance
    .mul(logScales.mul(-1).exp())
    .add(logScales)
    .add(logPixels)
    .add(logRest)
    .add(Math.LN2)
    .mean([0, 1, 2, 3]);
}

/**
 * KL(q ‖ uniform) in nats, averaged over cells. logits: [N, S, S, K] → a scalar in [0, ln K]. The paper does not say whether it
 * means q or its relaxation q^τ; that of q has this closed form, without noise.
 */
export function klToUniform<T extends Tensor<T>>(logits: T): T {
  const logProbabilities = logits.logSoftmax(-1);
  const negativeEntropy = logProbabilities.exp().mul(logProbabilities).sum([3]);
  return negativeEntropy.mean([0, 1, 2]).add(Math.log(logits.shape[3]!));
}

/**
 * The evidence lower bound as the paper weights it: both terms summed over the picture and divided by its number of
 * values, so that the mean KL of a cell counts β · cells / values = β / 192 at 8 × 8 pixels of 3 channels a code.
 */
export function dvaeLoss<T extends Tensor<T>>(
  reconstruction: T,
  kl: T,
  klWeight: number,
  valuesPerCode: number,
): T {
  return reconstruction.add(kl.mul(klWeight / valuesPerCode));
}
