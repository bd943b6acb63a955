/** @file Captions of the user's own that have more tokens than a model has states for them: what is behind is not learnt. */
import { captionLines } from "@dalle-ts/data";
import type { BytePairEncoder } from "./byte-pair-encoder.js";

export interface Captions {
  readonly count: number;
  /** Where it has several, one a line. */
  caption(record: number): string | Promise<string>;
}

/** Of more records than this, samples from all over are looked at. */
const MOST_LOOKED_AT = 20_000;

/** limit: tokens that the model reads; setting: the key that raises it. Undefined where no caption is longer. */
export async function longCaptionWarning(
  captions: Captions,
  encoder: Pick<BytePairEncoder, "encode">,
  limit: number,
  setting: string,
): Promise<string | undefined> {
  const records = Math.min(captions.count, MOST_LOOKED_AT);
  let looked = 0;
  let long = 0;
  for (let number = 0; number < records; number++) {
    const record = Math.floor((number * captions.count) / records);
    for (const caption of captionLines(await captions.caption(record))) {
      looked++;
      if (encoder.encode(caption).length > limit) long++;
    }
  }
  if (long === 0) return undefined;
  return `${long} of ${looked} captions are longer than ${limit} tokens; what is behind them is not read, so begin anew and raise ${setting} if it matters.`;
}
