/**
 * @file The transformer's loss on true pictures: of its training, fresh ones of compositions that training draws from, and
 * held-out compositions. What lies between the first two is memorising, between the last two what composing costs.
 */
import { type FamilyName, paint, type WorldOptions, worldSample } from "@dalle-ts/data";
import type { Dalle } from "dalle-ts";
import { throwIfCancelled } from "./cancelled.js";
import type { WorldStream } from "./training-stream.js";

export interface CodeLoss {
  readonly pictures: "training" | "seen" | "held-out";
  readonly count: number;
  /** Nats an image code, the mean over pictures. */
  readonly mean: number;
  /** Half of the mean's 95 % interval. */
  readonly margin: number;
}

export interface CodeLossOptions {
  /** Pictures of each kind, at least 2. */
  readonly count: number;
  /** Of the pictures that training did not show. */
  readonly seed: number;
  /** What the model was taught; without it there are no training pictures to measure. */
  readonly training: WorldStream | undefined;
  /** Where there is no training to take them from. */
  readonly families: readonly FamilyName[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export async function codeLosses(
  dalle: Pick<Dalle, "imageSize" | "logLikelihood">,
  { count, seed, training, families, signal, onProgress }: CodeLossOptions,
): Promise<CodeLoss[]> {
  const size = dalle.imageSize;
  // As often as training shows each, or the three could not be compared.
  const mixed = training?.families ?? families;
  const kinds: (WorldOptions & Kind)[] = [
    // From all over the stream, so that what came early and late in training is met alike.
    ...(training
      ? [{ ...training, ...spread(training.pictures, count), name: "training" as const }]
      : []),
    { name: "seen", seed, families: mixed, split: "train", count, stride: 1 },
    { name: "held-out", seed, families: mixed, split: "held-out", count, stride: 1 },
  ];
  const losses: CodeLoss[] = [];
  for (const { name, stride, ...stream } of kinds) {
    const values: number[] = [];
    for (let index = 0; index < stream.count; index++) {
      throwIfCancelled(signal);
      const { scene, caption } = worldSample(stream.seed, index * stride, stream);
      const image = { width: size, height: size, pixels: paint(scene, size) };
      values.push(-(await dalle.logLikelihood(image, caption)));
      onProgress?.(losses.length * count + index + 1, kinds.length * count);
    }
    losses.push({ pictures: name, ...meanOf(values) });
  }
  return losses;
}

interface Kind {
  readonly name: CodeLoss["pictures"];
  readonly seed: number;
  readonly count: number;
  /** Of the samples that are taken of the stream. */
  readonly stride: number;
}

function spread(pictures: number, count: number): Pick<Kind, "count" | "stride"> {
  return { count: Math.min(count, pictures), stride: Math.max(1, Math.floor(pictures / count)) };
}

function meanOf(values: readonly number[]): Pick<CodeLoss, "count" | "mean" | "margin"> {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  return { count, mean, margin: 1.96 * Math.sqrt(variance / count) };
}
