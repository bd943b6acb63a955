/** @file The held-out loss of dVAE and CLIP on pictures of the user's own. */
import type { TorchTensor } from "@dalle-ts/torch";
import type { TorchParameters } from "../parameters.js";
import type { TrainingTask } from "../run/task.js";
import { type Loadable, validate } from "../run/validation.js";
import type { LoadedPictures, PicturePool, PictureStream } from "./picture-batches.js";

/**
 * `validate` of a task that learns from these pictures; nothing where none are held out. `lossOf`: as `validate` has
 * it, of the averaged weights after so many steps.
 */
export function streamValidation(
  pictures: PicturePool | PictureStream,
  batch: number,
  lossOf: (
    averaged: TorchParameters,
    loaded: LoadedPictures,
    count: number,
    step: number,
  ) => TorchTensor,
): Pick<TrainingTask, "validate"> {
  if ("bytes" in pictures || !pictures.heldOut) return {};
  const { heldOut } = pictures;
  return {
    validate: (averaged, step) =>
      validate(sameCuts(pictures), sameCuts(heldOut), batch, (loaded, count) =>
        lossOf(averaged, loaded, count, step),
      ),
  };
}

/** Always the same squares of them. */
function sameCuts({ count, load }: PictureStream): Loadable<LoadedPictures> {
  return { count, load: (records) => load(records, 0) };
}
