/** @file How DALLE-pytorch's own dVAE counts pixels, where its file says so: the command that trains it lets nobody choose. */
import type { PixelScale } from "@dalle-ts/models";
import type { CheckpointFile } from "@dalle-ts/tensor";
import { z } from "zod";
import { Weights } from "../weights.js";

/** The colours that a model is imported with; lists may have more, for transparency. */
const COLOURS = 3;

const numbers = z.number().array().min(COLOURS);
const options = z.object({ normalization: z.tuple([numbers, numbers]).nullish() }).nullish();

/** key: under which the file has the dVAE's arguments. Undefined where they leave the scale to the program. */
export function readPixelScale(
  file: CheckpointFile,
  key: "vae_params" | "hparams",
): PixelScale | undefined {
  const parsed = z.object({ [key]: options }).safeParse(file.values);
  if (!parsed.success)
    throw new Weights(file).refuse(
      `has no two lists of ${COLOURS} numbers in ${key}.normalization, its dVAE's scale of pixels`,
    );
  const scale = parsed.data[key]?.normalization;
  if (scale === undefined) return undefined;
  // Releases before 1.6.1 took null for pixels in [0, 1].
  const [means, deviations] = scale ?? [
    [0, 0, 0],
    [1, 1, 1],
  ];
  return { means: means.slice(0, COLOURS), deviations: deviations.slice(0, COLOURS) };
}
