/** @file A share of successes with the range it is known to: Wilson's score interval at 95 %. */

export interface Share {
  readonly right: number;
  readonly count: number;
  /** right / count, in [0, 1]. */
  readonly share: number;
  /** The 95 % interval; [0, 1] says nothing is known. */
  readonly low: number;
  readonly high: number;
}

/** The normal distribution's 97.5 % point. */
const Z = 1.959963984540054;

/** `right` successes of `count` tries; with no tries the share is NaN and the interval [0, 1]. */
export function wilson(right: number, count: number): Share {
  if (count === 0) return { right, count, share: Number.NaN, low: 0, high: 1 };
  const share = right / count;
  const spread = Z ** 2 / count;
  const centre = (share + spread / 2) / (1 + spread);
  const half = (Z * Math.sqrt((share * (1 - share)) / count + spread / (4 * count))) / (1 + spread);
  return { right, count, share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
