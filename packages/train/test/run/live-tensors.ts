/** @file Leaks of tensors as tests see them. */

/**
 * Steps at which the number of live tensors rose. It may fall, when the collector frees what earlier tests have left; a
 * leak in every step cannot hide behind that.
 */
export function risesOf(counts: readonly number[]): number[] {
  return [...counts.keys()].filter((step) => step > 0 && counts[step]! > counts[step - 1]!);
}
