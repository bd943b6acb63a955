/** @file Where a picture starts from: nothing, part of another one, or another one with a random hole. */
import { codeGrid } from "@dalle-ts/models";
import { badOption } from "@dalle-ts/tensor";
import { competes } from "../drawing/candidates.js";
import type { PictureRequest } from "../drawing/draw-pictures.js";
import { requireSize } from "../images/planes.js";
import type { SeededRandom } from "../random.js";
import type { CompletionStart, VariationStart } from "../requests.js";
import type { DvaeRuntime } from "../runtime/dvae.js";
import { keptAroundHole } from "./random-hole.js";
import { keptCodes } from "./region.js";

/** A start that was checked; no graph was opened for it yet. */
export interface Start {
  /** Whether candidates for what is drawn can be told apart. */
  readonly competing: boolean;
  /** Reads the picture: what of it is known before anything is drawn. */
  read(): Promise<PictureRequest["known"]>;
}

const fromNothing: Start = { competing: false, read: async () => undefined };

export function checkStart(
  dvae: DvaeRuntime,
  from: CompletionStart | VariationStart | undefined,
): Start {
  if (from === undefined) return fromNothing;
  const { config } = dvae;
  const { image } = from;
  requireSize(image, config.imageSize);
  if (!("share" in from)) {
    const kept = keptCodes(from, config);
    const read = async () => {
      const known = { codes: await dvae.encode(image), kept };
      return () => known;
    };
    return { competing: competes(kept), read };
  }
  const { share } = from;
  if (!(typeof share === "number" && share > 0 && share < 1)) {
    throw badOption("share", "a number in (0, 1)", share);
  }
  const { side } = codeGrid(config);
  const read = async () => {
    const codes = await dvae.encode(image);
    return ({ next }: SeededRandom) => ({ codes, kept: keptAroundHole(side, share, next) });
  };
  return { competing: true, read };
}
