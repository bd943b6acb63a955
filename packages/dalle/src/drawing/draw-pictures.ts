/** @file Pictures as events, in batches: the one way in which every request is drawn. */
import { throwIfAborted } from "../abort.js";
import { SeededRandom } from "../random.js";
import type { GeneratedImage, StreamEvent } from "../requests.js";
import type { CodeWalker } from "../runtime/code-walker.js";
import type { DvaeRuntime } from "../runtime/dvae.js";
import type { ResolvedSampling } from "../sampling.js";
import type { Candidates, KnownCodes } from "./candidates.js";
import { drawCodes } from "./draw-codes.js";
import { PartialPicture } from "./partial-picture.js";

/** One picture, checked. */
export interface PictureRequest {
  readonly caption: string;
  readonly tokens: readonly number[];
  readonly sampling: ResolvedSampling;
  readonly seed: number;
  readonly candidates: number;
  /** What is known of it beforehand; it may be chosen with the picture's own generator. */
  readonly known?: (random: SeededRandom) => KnownCodes;
  /** Times that it is shown on its way. */
  readonly partials: number;
  /** Gives up this picture, and no other, at the next code or before it is decoded. */
  readonly signal?: AbortSignal;
}

export interface DrawPicturesOptions {
  /** Entries run together at most: pictures times their candidates. */
  readonly batch: number;
  /** Ends all pictures with an error. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Whole pictures in their order, and what they look like on their way; `index` counts the requests. */
export async function* drawPictures(
  walker: CodeWalker,
  dvae: DvaeRuntime,
  requests: readonly PictureRequest[],
  options: DrawPicturesOptions,
): AsyncGenerator<StreamEvent, void, undefined> {
  const { codeCount } = walker;
  for (let start = 0; start < requests.length; ) {
    const size = batchSize(requests.slice(start), options.batch);
    yield* drawBatch(walker, dvae, start, requests.slice(start, start + size), {
      ...options,
      // Batches may end at other codes; counted as if all went on to the last, what is done never falls.
      onProgress: (share) =>
        options.onProgress?.(
          Math.round(codeCount * (start + size * share)),
          codeCount * requests.length,
        ),
    });
    start += size;
  }
}

/** How many of the first requests fit; one always does. */
function batchSize(requests: readonly PictureRequest[], batch: number): number {
  let entries = 0;
  const full = requests.findIndex(({ candidates }, index) => {
    entries += candidates;
    return index > 0 && entries > batch;
  });
  return full === -1 ? requests.length : full;
}

/** `start`: index of the first request. */
async function* drawBatch(
  walker: CodeWalker,
  dvae: DvaeRuntime,
  start: number,
  requests: readonly PictureRequest[],
  {
    signal,
    onProgress,
  }: Pick<DrawPicturesOptions, "signal"> & { readonly onProgress: (share: number) => void },
): AsyncGenerator<StreamEvent, void, undefined> {
  const asked = requests.map(({ sampling, seed, known, ...request }) => {
    const random = new SeededRandom(seed);
    return { ...request, ...sampling, random, known: known?.(random) };
  });
  /** Asked before every decoding, which may take seconds. */
  const isGivenUp = (index: number) => {
    throwIfAborted(signal);
    return requests[index]!.signal?.aborted === true;
  };
  const onTheirWay = requests.map(() => new PartialPicture(dvae));
  let finished: readonly { readonly index: number; readonly candidates: Candidates }[] = [];
  for await (const { state, lastState, pictures } of drawCodes(walker, asked, signal)) {
    finished = pictures;
    onProgress((state + 1) / (lastState + 1));
    for (const { index, candidates } of pictures) {
      const { partials, seed } = requests[index]!;
      if (!isShown(candidates, state, partials) || isGivenUp(index)) continue;
      const { codes } = candidates.best;
      const isKnown = (code: number) => candidates.isKnown(code, state);
      yield {
        type: "partial",
        index: start + index,
        seed,
        image: await onTheirWay[index]!.show(codes, isKnown),
        known: codes.filter((_, code) => isKnown(code)).length,
        total: codes.length,
      };
    }
  }
  for (const { index, candidates } of finished) {
    const { codes, fit } = candidates.best;
    if (isGivenUp(index)) continue; // its codes may be half drawn
    const { caption, seed } = requests[index]!;
    const image: GeneratedImage = { ...(await dvae.decode(codes)), caption, seed, codes };
    yield {
      type: "image",
      index: start + index,
      image: fit === undefined ? image : { ...image, fit },
    };
  }
}

/** Evenly spread over the codes that are drawn: partial p of P when p / (P + 1) of them are. */
function isShown(picture: Candidates, state: number, partials: number): boolean {
  const partsBefore = (drawn: number) => Math.floor((drawn * (partials + 1)) / picture.drawnCount);
  const drawn = picture.drawnUntil(state);
  return (
    drawn < picture.drawnCount && partsBefore(drawn) > partsBefore(picture.drawnUntil(state - 1))
  );
}
