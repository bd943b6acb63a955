/** @file Where a picture starts from: nothing, part of another one, or another one with a random hole. */
import { codeGrid } from "@dalle-ts/models";
import { badOption } from "@dalle-ts/tensor";
import { competes } from "../drawing/candidates.js";
import type { PictureRequest } from "../drawing/draw-pictures.js";
import type { SeededRandom } from "../random.js";
import type { CompletionStart, VariationStart } from "../requests.js";
import type { DvaeRuntime } from "../runtime/dvae.js";
import { keptAroundHole } from "./random-hole.js";
import { keptCodes } from "./region.js";

/** What of a picture is known before it is drawn, and whether candidates for the rest can be told apart. */
export interface Start {
  readonly known?: PictureRequest["known"];
  readonly competing: boolean;
}

export const fromNothing: Start = { competing: false };

export async function startFrom(
  dvae: DvaeRuntime,
  from: CompletionStart | VariationStart,
): Promise<Start> {
  if (!("share" in from)) {
    const kept = keptCodes(from, dvae.config);
    const known = { codes: await dvae.encode(from.image), kept };
    return { known: () => known, competing: competes(kept) };
  }
  const { image, share } = from;
  if (!(typeof share === "number" && share > 0 && share < 1)) {
    throw badOption("share", "a number in (0, 1)", share);
  }
  const codes = await dvae.encode(image);
  const { side } = codeGrid(dvae.config);
  const known = ({ next }: SeededRandom) => ({ codes, kept: keptAroundHole(side, share, next) });
  return { known, competing: true };
}
