/** @file The user's own pictures as pairs of captions and codes, encoded before by `dalle data encode`. */
import { type CodeShards, drawCaption } from "@dalle-ts/data";
import { DalleError } from "@dalle-ts/tensor";
import { splitInto } from "../run/held-out.js";
import { hasCodesOf, type TrainedDvae } from "../run/run-folder.js";
import type { PairSource, Pairs } from "./task.js";

/** Refuses codes of another dVAE than the one in `folder`: they would mean other pictures. */
export function pairsOfCodes(
  codes: CodeShards,
  folder: string,
  dvae: TrainedDvae,
): Omit<PairSource, "hashes"> {
  const { sha256 } = codes.settings.dvae;
  if (!hasCodesOf(dvae, sha256)) {
    throw new DalleError(
      "bad_data",
      `${codes.path} holds codes of another dVAE (${sha256.slice(0, 12)}) than the one in ${folder} (${dvae.hash.slice(0, 12)}); encode the pictures again with \`dalle data encode <pictures> --dvae ${folder} -o <another folder>\`.`,
    );
  }
  return splitInto<Pairs>(codes.count, ({ count, at }) => ({
    count,
    caption: (index, random) => drawCaption(codes.caption(at(index)), random),
    codes: (index) => codes.codes(at(index)),
  }));
}
