/** @file Cancelling: one error for every request whose AbortSignal was raised. */
import { DalleError } from "@dalle-ts/tensor";

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new DalleError("aborted", "The request was cancelled; start it again to get its result.", {
    cause: signal.reason,
  });
}
