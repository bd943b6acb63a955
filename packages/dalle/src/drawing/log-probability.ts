/** @file The log-probability of one code. */

/** logits: (V,) → the natural logarithm of the softmax at `code`, at temperature 1. */
export function logProbability(logits: Float32Array, code: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const logit of logits) if (logit > largest) largest = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - largest);
  return logits[code]! - largest - Math.log(sum);
}
