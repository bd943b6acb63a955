/** @file Captions of the user's own that have more tokens than a model has states for them: what is behind is not learnt. */
import type { BytePairEncoder } from "./byte-pair-encoder.js";

export interface Captions {
  readonly count: number;
  caption(record: number): string | Promise<string>;
}

/** More captions than this are looked at in samples from all over. */
const MOST_LOOKED_AT = 20_000;

/** limit: tokens that the model reads; setting: the key that raises it. Undefined where no caption is longer. */
export async function longCaptionWarning(
  captions: Captions,
  encoder: Pick<BytePairEncoder, "encode">,
  limit: number,
  setting: string,
): Promise<string | undefined> {
  const looked = Math.min(captions.count, MOST_LOOKED_AT);
  let long = 0;
  for (let number = 0; number < looked; number++) {
    const record = Math.floor((number * captions.count) / looked);
    if (encoder.encode(await captions.caption(record)).length > limit) long++;
  }
  if (long === 0) return undefined;
  return `${long} of ${looked} captions are longer than ${limit} tokens; what is behind them is not read, so begin anew and raise ${setting} if it matters.`;
}
