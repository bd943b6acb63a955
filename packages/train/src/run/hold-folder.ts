/** @file A run folder belongs to one process at a time: two that train in it would remove each other's checkpoints. */
import { DalleError, holdFolder } from "@dalle-ts/tensor";
import { isModelFolder } from "./model-parts.js";

/** As `holdFolder`. Throws `bad_option` for a model folder, where a run would not be found. */
export async function holdRunFolder(directory: string): Promise<AsyncDisposable> {
  if (await isModelFolder(directory)) {
    throw new DalleError(
      "bad_option",
      `${directory} is a model folder; choose another run folder with -o.`,
    );
  }
  return await holdFolder(directory, "trains in");
}
