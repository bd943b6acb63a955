/** @file The codes that an autoencoder's run begins its relaxation with: what the cells of its first pictures send, clustered. */
import { Random } from "@dalle-ts/data";
import { type TorchTensor, tidy } from "@dalle-ts/torch";
import type { TorchParameters } from "../parameters.js";
import { sentVectors } from "./bottleneck.js";
import type { DvaeRecipe } from "./recipe.js";
import { spreadCodes } from "./spread-codes.js";

/** Pictures whose cells are clustered. */
export const CLUSTERED_PICTURES = 1024;

/** Those of them that the encoder sees at a time. */
const AT_ONCE = 64;

/**
 * bytes: of `CLUSTERED_PICTURES`, which `pixelsOf` turns into what the encoder reads. Changes parameters in place, and
 * returns the names of those.
 */
export function makeFirstCodes(
  recipe: DvaeRecipe,
  parameters: TorchParameters,
  bytes: Uint8Array,
  pixelsOf: (bytes: Uint8Array, count: number) => TorchTensor,
): readonly string[] {
  const cellsOf = (pixels: TorchTensor) =>
    sentVectors(recipe, parameters, pixels).reshape([-1, recipe.model.codeWidth]);
  const length = AT_ONCE * (bytes.length / CLUSTERED_PICTURES);
  const [first, ...rest] = Array.from({ length: CLUSTERED_PICTURES / AT_ONCE }, (_, index) => {
    const some = bytes.subarray(index * length, (index + 1) * length);
    return tidy(() => cellsOf(pixelsOf(some, AT_ONCE)));
  });
  const random = new Random(recipe.seed, 0);
  return spreadCodes(parameters, first!.concat(rest, 0), recipe.codeMargin, random);
}
