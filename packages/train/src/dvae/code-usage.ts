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
  const flat = codes.toArray() as BigInt64Array;
  const frequency = new Float64Array(count);
  for (const code of flat) frequency[Number(code)]! += 1 / flat.length;
  let entropy = 0;
  for (const share of frequency) if (share > 0) entropy -= share * Math.log(share);
  return {
    usage: frequency.filter((share) => share > 0).length / count,
    perplexity: Math.exp(entropy),
  };
}

/** Below this perplexity a dVAE is taken to have collapsed: pictures can hardly differ. */
export function collapseLimit(count: number): number {
  return Math.max(2, count / 64);
}
