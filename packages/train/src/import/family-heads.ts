/** @file The number of attention heads, which not every file tells: by the family's size of a head, unless the user says it. */

/**
 * The family's rule for a model of `width`: the number of heads that gives each `headSize` dimensions, or, where the width is
 * no multiple of that, as near to it as any divisor does.
 */
export function familyHeads(width: number, headSize: number): number {
  return likelyHeads(width, headSize)[0]!;
}

/** Every number of heads that divides `width`, those whose heads are of about `headSize` dimensions first. */
export function likelyHeads(width: number, headSize: number): number[] {
  const divisors = Array.from({ length: width }, (_, index) => index + 1).filter(
    (heads) => width % heads === 0,
  );
  const unlikely = (heads: number) => Math.abs(width / heads - headSize);
  return divisors.toSorted((a, b) => unlikely(a) - unlikely(b));
}

/** What was assumed where nobody said the number, for the user to read. */
export function headsNote({ width, heads }: { width: number; heads: number }, headSize: number) {
  const rule =
    width % headSize === 0
      ? "the family's size"
      : `as near to the family's ${headSize} as a width of ${width} allows`;
  return `No file tells the number of attention heads: assumed ${heads} of ${width / heads} dimensions, ${rule}. If the model has another number, say --heads.`;
}

/** What to do about sizes that fit no model, where the user may have said the number. */
export const HEADS_STEP = "check the file, and the heads where --heads says them";
