/** @file Pictures of seed, seed + 1, … as events, in batches: the one way in which every request is drawn. */
import { SeededRandom, seedOfImage } from "../random.js";
import type { GeneratedImage, StreamEvent } from "../requests.js";
import type { CodeWalker } from "../runtime/code-walker.js";
import type { DvaeRuntime } from "../runtime/dvae.js";
import type { ResolvedSampling } from "../sampling.js";
import type { Candidates, KnownCodes } from "./candidates.js";
import { drawCodes } from "./draw-codes.js";
import { partialPicture } from "./partial-picture.js";

export interface DrawPicturesOptions {
  readonly caption: string;
  readonly tokens: readonly number[];
  readonly sampling: ResolvedSampling;
  readonly count: number;
  readonly seed: number;
  /** States run together at most: pictures times their candidates. */
  readonly batch: number;
  /** For each picture. */
  readonly candidates: number;
  /** What is known of a picture beforehand; it may be chosen with the picture's own generator. */
  readonly known?: (random: SeededRandom) => KnownCodes;
  /** Times that each picture is shown on its way. */
  readonly partials: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Whole pictures in the order of their seeds, and what they look like on their way. */
export async function* drawPictures(
  decoder: CodeWalker,
  dvae: DvaeRuntime,
  options: DrawPicturesOptions,
): AsyncGenerator<StreamEvent, void, undefined> {
  const { count, batch, candidates } = options;
  const together = Math.max(1, Math.floor(batch / candidates));
  for (let start = 0; start < count; start += together) {
    yield* drawBatch(decoder, dvae, start, Math.min(together, count - start), options);
  }
}

async function* drawBatch(
  decoder: CodeWalker,
  dvae: DvaeRuntime,
  start: number,
  size: number,
  options: DrawPicturesOptions,
): AsyncGenerator<StreamEvent, void, undefined> {
  const { caption, tokens, sampling, candidates, partials, signal } = options;
  const seeds = Array.from({ length: size }, (_, index) =>
    seedOfImage(options.seed, start + index),
  );
  const asked = seeds.map((seed) => {
    const random = new SeededRandom(seed);
    return { random, known: options.known?.(random) };
  });
  let finished: readonly Candidates[] = [];
  for await (const { state, lastState, pictures } of drawCodes(decoder, {
    ...sampling,
    ...{ tokens, candidates, signal },
    pictures: asked,
  })) {
    finished = pictures;
    const perPicture = lastState + 1;
    const done = start * perPicture + (state + 1) * size;
    options.onProgress?.(done, options.count * perPicture);
    for (const [index, picture] of pictures.entries()) {
      if (!isShown(picture, state, partials)) continue;
      const { codes } = picture.best;
      const isKnown = (code: number) => picture.isKnown(code, state);
      yield {
        ...{ type: "partial", index: start + index, seed: seeds[index]! },
        image: await partialPicture(dvae, codes, isKnown),
        ...{ known: codes.filter((_, code) => isKnown(code)).length, total: codes.length },
      };
    }
  }
  for (const [index, picture] of finished.entries()) {
    const { codes, fit } = picture.best;
    const seed = seeds[index]!;
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
