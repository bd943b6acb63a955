/** @file What to do about steps that are not finite: one now and then is skipped, a row of them will not end by itself. */
import { dirname } from "node:path";
import { DalleError } from "@dalle-ts/tensor";

/** Steps in a row after which a run is given up. */
const MOST_IN_A_ROW = 50;

export interface SkippedOptions {
  readonly onWarning?: (warning: string) => void;
  /** Where the checkpoint is that remains, if there is one. */
  readonly checkpoint: () => string | undefined;
}

/** Told of each step in order; warns of the first one that was skipped, and throws after 50 in a row. */
export function skippedSteps({
  onWarning,
  checkpoint,
}: SkippedOptions): (step: number, wasSkipped: boolean) => void {
  let inARow = 0;
  let isTold = false;
  return (step, wasSkipped) => {
    inARow = wasSkipped ? inARow + 1 : 0;
    if (wasSkipped && !isTold) {
      isTold = true;
      onWarning?.(
        `Step ${step} was skipped, because its loss or gradient is not finite; after ${MOST_IN_A_ROW} such steps in a row the run stops.`,
      );
    }
    if (inARow < MOST_IN_A_ROW) return;
    const kept = checkpoint();
    throw new DalleError(
      "bad_option",
      `The loss or gradient of ${MOST_IN_A_ROW} steps in a row, the last of them ${step}, was not finite` +
        `${kept === undefined ? "" : `, and the checkpoint before them, ${kept}, remains`}; train again with a lower learningRate.peak in another run folder (-o)` +
        `${kept === undefined ? "" : `, with --from ${dirname(kept)} to begin there`}.`,
    );
  };
}
