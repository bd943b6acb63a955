/** @file How an evaluation that is cancelled ends. */
import { DalleError } from "@dalle-ts/tensor";

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new DalleError("aborted", "The evaluation was cancelled; start it again for a report.");
}
