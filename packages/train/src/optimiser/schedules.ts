/** @file Values that change along a run, as functions of the step. Steps count from 0. */

/**
 * A half cosine from `start` at step 0 to `end` at step `steps`, and `end` afterwards [SPEC §1.3]. The paper says "cosine" and no
 * more.
 */
export function cosine(start: number, end: number, steps: number, step: number): number {
  if (step >= steps) return end;
  const done = (1 - Math.cos((Math.PI * step) / steps)) / 2;
  return start + (end - start) * done;
}

/**
 * Linear warm-up to `peak` at the last of `warmUp` steps (step 0 has peak / warmUp), then a half cosine down to `end` at step
 * `steps`.
 */
export function warmUpThenCosine(
  options: { peak: number; end: number; warmUp: number; steps: number },
  step: number,
): number {
  const { peak, end, warmUp, steps } = options;
  if (step < warmUp) return (peak * (step + 1)) / warmUp;
  return cosine(peak, end, Math.max(1, steps - warmUp), step - warmUp);
}
