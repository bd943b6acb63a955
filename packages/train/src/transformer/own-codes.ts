/** @file The user's own pictures as pairs of captions and codes, encoded before by `dalle data encode`. */
import type { CodeShards } from "@dalle-ts/data";
import { DalleError } from "@dalle-ts/tensor";
import type { PairSource } from "./task.js";

/** Refuses codes of another dVAE than the one in `folder`, whose hash is `hash`: they would mean other pictures. */
export function pairsOfCodes(
  codes: CodeShards,
  folder: string,
  hash: string,
): Pick<PairSource, "count" | "caption" | "codes"> {
  const { sha256 } = codes.settings.dvae;
  if (sha256 !== hash) {
    throw new DalleError(
      "bad_data",
      `${codes.path} holds codes of another dVAE (${sha256.slice(0, 12)}) than the one in ${folder} (${hash.slice(0, 12)}); encode the pictures again with \`dalle data encode --dvae ${folder}\`.`,
    );
  }
  return {
    count: codes.count,
    caption: (record) => codes.caption(record),
    codes: (record) => codes.codes(record),
  };
}
