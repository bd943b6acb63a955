/** @file What libtorch says when a step does not fit into memory, as one sentence that says what to make smaller. */
import { DalleError } from "@dalle-ts/tensor";

const outOfMemory =
  /out of memory|can't allocate memory|bad_alloc|(CUBLAS|CUDNN)_STATUS_ALLOC_FAILED/i;

/** The error of step `step`, of `batch` pictures or pairs; others than of memory as they are. */
export function withNextStep(error: unknown, step: number, batch: number): unknown {
  const message = String((error as Error)?.message ?? error);
  if (!outOfMemory.test(message)) return error;
  const next =
    batch > 1
      ? `train with --set batch=${Math.floor(batch / 2)}, in another run folder (-o)`
      : "train a smaller model, or on a device with more memory";
  return new DalleError(
    "no_memory",
    `Step ${step} of ${batch} at a time does not fit into memory (${message.split("\n")[0]}); ${next}.`,
    { cause: error },
  );
}
