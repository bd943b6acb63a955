/** @file Reads captions on a transformer of one stream: the states of each that all of a picture sees, once. */
import type { StreamInputs } from "@dalle-ts/models";
import type { CacheLayout } from "./cache-layout.js";
import { DecodeCaches } from "./caches.js";
import { textBiases } from "./mask-biases.js";
import { idTensor, type RunResults, type Session } from "./session.js";

/** captions: `textStates` states each → what the run of each gave, of which `storeText` takes the keys and values. */
export async function readCaptions(
  session: Session,
  layout: CacheLayout,
  captions: readonly StreamInputs[],
): Promise<RunResults[]> {
  const { textStates } = layout;
  const biases = textBiases(layout);
  const runs: RunResults[] = [];
  for (const { ids, positions } of captions)
    runs.push(
      await session.run({
        ids: idTensor(ids, [1, textStates]),
        positions: idTensor(positions, [textStates]),
        ...biases,
        ...new DecodeCaches(layout, 1).inputs(0),
      }),
    );
  return runs;
}
