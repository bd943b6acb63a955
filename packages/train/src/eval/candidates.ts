/** @file The pictures that an evaluation judges: drawn for captions, several captions in one batch, or true ones passed through the dVAE. */
import { paint, type WorldSample } from "@dalle-ts/data";
import type { Dalle, DalleImage, SamplingOptions } from "dalle-ts";
import { throwIfCancelled } from "./cancelled.js";

type CodedImage = Awaited<ReturnType<Dalle["reconstruct"]>>;

/** What is judged of one caption; without reranking both are the same picture. */
export interface Candidates {
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
export async function drawCandidates(
  dalle: Pick<Dalle, "generate" | "streamTogether">,
  asked: readonly Asked[],
  { rerank, signal, ...sampling }: DrawCandidatesOptions,
): Promise<Candidates[]> {
  const found: Candidates[] = [];
  if (rerank === undefined) {
    const orders = asked.map(({ caption, seed }) => ({ ...sampling, caption, seed }));
    for await (const event of dalle.streamTogether(orders, { signal })) {
      if (event.type === "image")
        found[event.index] = { first: event.image, favourite: event.image };
    }
    return found;
  }
  for (const { caption, seed } of asked) {
    const images = await dalle.generate(caption, {
      ...sampling,
      count: rerank,
      seed,
      rerank,
      signal,
    });
    found.push({ first: images.find((image) => image.seed === seed)!, favourite: images[0]! });
  }
  return found;
}

/** The best that any transformer could do with this dVAE. */
export async function reconstructCandidates(
  dalle: Pick<Dalle, "reconstruct" | "imageSize">,
  asked: readonly Asked[],
  signal: AbortSignal | undefined,
): Promise<Candidates[]> {
  const size = dalle.imageSize;
  const found: Candidates[] = [];
  for (const { scene } of asked) {
    throwIfCancelled(signal);
    const original = { width: size, height: size, pixels: paint(scene, size) };
    const image = await dalle.reconstruct(original);
    found.push({ first: image, favourite: image, original });
  }
  return found;
}
