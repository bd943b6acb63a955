/**
 * @file The pictures that an evaluation judges: drawn for captions, several captions in one batch, or true ones passed
 * through the dVAE.
 */
import { paint, type WorldSample } from "@dalle-ts/data";
import type { Dalle, DalleImage, SamplingOptions } from "dalle-ts";
import { throwIfCancelled } from "./cancelled.js";

type CodedImage = Awaited<ReturnType<Dalle["reconstruct"]>>;

/** What is judged of one caption; without reranking both are the same picture. */
export interface Candidates {
  readonly asked: Asked;
  readonly first: CodedImage;
  readonly favourite: CodedImage;
  /** Of a reconstruction: the true picture. */
  readonly original?: DalleImage;
}

/** One caption and the seed of its first picture. */
export interface Asked extends WorldSample {
  readonly seed: number;
}

export interface DrawCandidatesOptions extends SamplingOptions {
  /** Pictures of each caption, among which CLIP chooses. @default one, without CLIP */
  readonly rerank?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** In the order of the captions. Those without reranking are drawn in one batch, which changes none of them. */
export async function* drawCandidates(
  dalle: Pick<Dalle, "generate" | "streamTogether">,
  asked: readonly Asked[],
  { rerank, signal, ...sampling }: DrawCandidatesOptions,
): AsyncGenerator<Candidates, void, undefined> {
  if (rerank === undefined) {
    const orders = asked.map(({ caption, seed }) => ({ ...sampling, caption, seed }));
    for await (const event of dalle.streamTogether(orders, { signal })) {
      if (event.type !== "image") continue;
      yield { asked: asked[event.index]!, first: event.image, favourite: event.image };
    }
    return;
  }
  for (const each of asked) {
    const { caption, seed } = each;
    const request = { ...sampling, count: rerank, seed, rerank, signal };
    const images = await dalle.generate(caption, request);
    const first = images.find((image) => image.seed === seed)!;
    yield { asked: each, first, favourite: images[0]! };
  }
}

/** The best that any transformer could do with this dVAE. */
export async function* reconstructCandidates(
  dalle: Pick<Dalle, "reconstruct" | "imageSize">,
  asked: readonly Asked[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Candidates, void, undefined> {
  const size = dalle.imageSize;
  for (const each of asked) {
    throwIfCancelled(signal);
    const original = { width: size, height: size, pixels: paint(each.scene, size) };
    const image = await dalle.reconstruct(original);
    yield { asked: each, first: image, favourite: image, original };
  }
}
