/** @file Reranking: of many pictures those that match the caption best by CLIP [SPEC §4]. */
import { throwIfAborted } from "../abort.js";
import type { GeneratedImage, StreamEvent } from "../requests.js";
import { type ClipRuntime, cosineOf } from "../runtime/clip.js";

/** An order: scored pictures, the best first, and of equals that of the smaller seed. */
export function bestFirst(
  left: Pick<GeneratedImage, "score" | "seed">,
  right: Pick<GeneratedImage, "score" | "seed">,
): number {
  return right.score! - left.score! || left.seed - right.seed;
}

/** Lets partial pictures through, and gives the best `count` whole ones at the end, best first. */
export async function* bestByClip(
  events: AsyncIterable<StreamEvent>,
  clip: ClipRuntime,
  tokens: readonly number[],
  count: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<StreamEvent, void, undefined> {
  const captionEmbedding = await clip.embedTokens(tokens);
  const scored: (GeneratedImage & { score: number })[] = [];
  for await (const event of events) {
    if (event.type === "partial") {
      yield event;
      continue;
    }
    throwIfAborted(signal);
    const { image } = event;
    scored.push({ ...image, score: cosineOf(await clip.embedImage(image), captionEmbedding) });
  }
  scored.sort(bestFirst);
  for (const [index, image] of scored.slice(0, count).entries()) {
    yield { type: "image", index, image };
  }
}
