/** @file The number of attention heads, which not every file tells, as the one with which a reference's results come out. */
import { likelyHeads } from "../family-heads.js";
import { TOLERANCE } from "./compare.js";

/**
 * The divisor of `width` with the least error; those that give heads of about `headSize` are tried first, and the first of
 * all stands where no error is a number.
 */
export async function findHeads(
  width: number,
  headSize: number,
  errorWith: (heads: number) => Promise<number>,
): Promise<number> {
  const likely = likelyHeads(width, headSize);
  let best = { heads: likely[0]!, error: Number.POSITIVE_INFINITY };
  for (const heads of likely) {
    const error = await errorWith(heads);
    if (error < best.error) best = { heads, error };
    if (error <= TOLERANCE) break; // weights as small as those of a new model are nearly right with others
  }
  return best.heads;
}
