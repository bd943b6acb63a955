/** @file Resampling of a particle filter: unlikely candidates give their places to copies of likely ones. */

/** Shares of 1, in proportion to the exponentials; equal ones if none of them is possible. */
export function sharesOf(logWeights: readonly number[]): number[] {
  const largest = Math.max(...logWeights);
  if (largest === Number.NEGATIVE_INFINITY) return logWeights.map(() => 1 / logWeights.length);
  const weights = logWeights.map((weight) => Math.exp(weight - largest));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** How many equal candidates would be worth as much: from 1, when one has all the weight, to their number. */
export function effectiveSize(shares: readonly number[]): number {
  return 1 / shares.reduce((sum, share) => sum + share * share, 0);
}

/**
 * For each place the candidate that takes it. Systematic: candidate n is taken floor or ceil of count · shares[n] times,
 * with one random number in [0, 1) for all. Whoever is taken stays in its own place too, so copies can be made in place.
 */
export function resample(shares: readonly number[], random: number): number[] {
  const count = shares.length;
  const copies = new Array<number>(count).fill(0);
  let candidate = 0;
  let reached = shares[0]!;
  for (let place = 0; place < count; place++) {
    const point = (place + random) / count;
    while (reached <= point && candidate < count - 1) reached += shares[++candidate]!;
    copies[candidate]!++;
  }
  const spare = copies.flatMap((times, each) =>
    new Array<number>(Math.max(0, times - 1)).fill(each),
  );
  return copies.map((times, place) => (times > 0 ? place : spare.pop()!));
}
