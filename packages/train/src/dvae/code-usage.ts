/** @file How much of the code book a batch uses: a dVAE that collapses shows here first. */
import type { TorchTensor } from "@dalle-ts/torch";

export interface CodeUsage {
  /** Share of codes that occur, in [0, 1]. */
  readonly usage: number;
  /** Exponential of the entropy of code frequencies, in [1, K]: the number of codes in even use. */
  readonly perplexity: number;
}

/** codes: any shape, i64 in [0, K) → usage over all of them. */
export function codeUsage(codes: TorchTensor, count: number): CodeUsage {
  const counts = new Uint32Array(count);
  for (const code of codes.toArray() as BigInt64Array) counts[Number(code)]!++;
  return usageOf(counts);
}

/** counts: how often each code occurs. */
export function usageOf(counts: Uint32Array): CodeUsage {
  const used = counts.filter((count) => count > 0);
  const all = used.reduce((sum, count) => sum + count, 0);
  const entropy = used.reduce((sum, count) => sum - (count / all) * Math.log(count / all), 0);
  return { usage: used.length / counts.length, perplexity: Math.exp(entropy) };
}

/** Below this perplexity a dVAE is taken to have collapsed: pictures can hardly differ. */
export function collapseLimit(count: number): number {
  return Math.max(2, count / 64);
}

/** Logged steps in succession that must lie below the limit: a single batch may be unlucky. */
const PATIENCE = 2;

/**
 * Watches the perplexity of the steps that are logged, and gives one warning when it stays below the limit in the
 * second half of a run of `steps`; in the first half few codes are normal.
 */
export function collapseWatch(
  count: number,
  steps: number,
): (step: number, perplexity: number) => string | undefined {
  let low = 0;
  return (step, perplexity) => {
    if (low === PATIENCE) return undefined; // said once
    low = step > steps / 2 && perplexity < collapseLimit(count) ? low + 1 : 0;
    if (low < PATIENCE) return undefined;
    return (
      `The dVAE has collapsed: at step ${step} a batch uses ${perplexity.toFixed(1)} of ${count} codes; ` +
      "stop, and start anew with a lower learning rate, a larger batch or a higher klWeight."
    );
  };
}
