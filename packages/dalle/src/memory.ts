/** @file How much memory drawing takes, known before a weight is loaded: from the config and the sizes of its files. */
import {
  type CodeModelConfig,
  decoderSize,
  drawnPatch,
  type PictureCodecConfig,
  seenPatch,
  streamPlan,
} from "@dalle-ts/models";
import type { DrawingConfig } from "./model-folder/config.js";
import { planLayout, slotsOf, sparseLayout } from "./runtime/cache-layout.js";

export interface MemoryEstimate {
  /** States that run together: pictures times their candidates, twice with guidance. */
  readonly entries: number;
  /** Pictures, times their candidates, that run together. */
  readonly batch: number;
  /** Bytes of weights, as the runtime holds them. */
  readonly weights: number;
  /** Bytes of keys and values of the states that layers can still see; grows with the batch. */
  readonly caches: number;
  /** Bytes of everything else: the runtime, and what layers hand on. */
  readonly working: number;
  /** Of the three. */
  readonly total: number;
}

export interface MemoryQuestion {
  readonly batch: number;
  /** Of the picture that has most: they run together, whatever the limit. @default 1 */
  readonly candidates?: number;
  readonly guided: boolean;
  readonly reranked: boolean;
}

/** ONNX Runtime keeps weights as they were read and as its kernels like them. */
const COPIES_OF_WEIGHTS = 2;
/** The runtime and its sessions, measured with models of a few megabytes. */
const RUNTIME = 50e6;
/** Sets of the decoder's feature maps of the picture's size that are alive at once. */
const MAPS_HELD = 3;

export function estimateMemory(
  { dvae, transformer, files }: DrawingConfig,
  { batch, guided, reranked }: MemoryQuestion,
): MemoryEstimate {
  const weights = weightsOf(files, (name) => reranked || !name.startsWith("clip"));
  const entries = guided ? 2 * batch : batch;
  const caches = entries * cachedNumbers(transformer) * Float32Array.BYTES_PER_ELEMENT;
  const maps = MAPS_HELD * mapsOf(dvae) * dvae.imageSize ** 2 * Float32Array.BYTES_PER_ELEMENT;
  const logits = 2 * entries * transformer.imageCodes * Float32Array.BYTES_PER_ELEMENT;
  const working = RUNTIME + maps + logits;
  return { entries, batch, weights, caches, working, total: weights + caches + working };
}

/** Bytes that the runtime holds for the weights in those files of a model that are used. */
export function weightsOf(
  files: DrawingConfig["files"],
  isUsed: (name: string) => boolean,
): number {
  const stored = Object.entries(files)
    .filter(([name]) => name.endsWith(".bin") && isUsed(name))
    .reduce((sum, [, { bytes }]) => sum + bytes, 0);
  return COPIES_OF_WEIGHTS * stored;
}

/** Of each transformer, since finding how far back its masks reach takes milliseconds, and every batch that is tried asks. */
const knownNumbers = new WeakMap<CodeModelConfig, number>();

/** Keys and values that one entry holds, in numbers. */
function cachedNumbers(transformer: CodeModelConfig): number {
  const numbers = knownNumbers.get(transformer) ?? countCached(transformer);
  knownNumbers.set(transformer, numbers);
  return numbers;
}

function countCached(transformer: CodeModelConfig): number {
  if (transformer.family === "encoder-decoder") {
    const { decoderLayers, width, textStates, imageStates } = transformer;
    return 2 * decoderLayers * width * (textStates + imageStates);
  }
  const layout = transformer.family
    ? planLayout(streamPlan(transformer))
    : sparseLayout(transformer);
  const slots = layout.masks.map(
    (mask) => slotsOf(layout, mask) * (mask.byColumn ? layout.gridColumns : 1),
  );
  return 2 * layout.heads * layout.headSize * slots.reduce((sum, one) => sum + one, 0);
}

/** Numbers a pixel in the widest feature maps: whole maps at the picture's size, or shares of maps of folded squares. */
function mapsOf(dvae: PictureCodecConfig): number {
  switch (dvae.family) {
    case undefined:
      return Math.max(
        dvae.hidden / seenPatch(dvae) ** 2,
        decoderSize(dvae).hidden / drawnPatch(dvae) ** 2,
        2 * dvae.channels,
      );
    case "vqgan":
      return dvae.decoder.levels[0]!.width;
    case "strided-dvae":
      return dvae.width;
  }
}

/** Part of what is free that a request may fill: others live here too. */
const SHARE = 0.8;

/** Bytes that a request may take anew when it does not say: unknown, and so without limit, in a page. */
export function memoryLimit(): number {
  return SHARE * (globalThis.process?.availableMemory?.() ?? Number.POSITIVE_INFINITY);
}

/**
 * The estimate of the largest batch, at most the one asked for, that takes no more than `limit`; at least one picture
 * with its candidates.
 */
export function fitBatch(
  config: DrawingConfig,
  asked: MemoryQuestion,
  limit: number,
): MemoryEstimate {
  const { candidates = 1 } = asked;
  for (let batch = asked.batch; batch > candidates; batch -= candidates) {
    const estimate = estimateMemory(config, { ...asked, batch });
    if (estimate.total <= limit) return estimate;
  }
  return estimateMemory(config, { ...asked, batch: candidates });
}
