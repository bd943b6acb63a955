/** @file The cross entropy of logits that a reference program gives a loss of. */

/** logits: [labels, classes] row-major → the mean over labels of −ln p(label), in nats. */
export function crossEntropy(logits: Float32Array, labels: readonly number[]): number {
  const classes = logits.length / labels.length;
  let sum = 0;
  for (const [row, label] of labels.entries()) {
    const scores = logits.subarray(row * classes, (row + 1) * classes);
    const largest = Math.max(...scores);
    const total = scores.reduce((all, score) => all + Math.exp(score - largest), 0);
    sum += Math.log(total) + largest - scores[label]!;
  }
  return sum / labels.length;
}
