/** @file Times decoding on ONNX Runtime: milliseconds a step and seconds a picture, codes only, for one batch size. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageStates, type TransformerConfig } from "@dalle-ts/models";
import type { WeightFormat } from "@dalle-ts/tensor";
import { exportTransformer } from "@dalle-ts/train";
import { drawFromNothing, SeededRandom, SparseWalker } from "dalle-ts/parts";
import { randomParameters } from "./models.js";

export interface DecodeTiming {
  readonly batch: number;
  /** Median over the steps of all rounds. */
  readonly msPerStep: number;
  /** Of the fastest tenth of the steps the slowest: what a step costs where nothing else runs. */
  readonly quietMsPerStep: number;
  /** That of the last quarter of a picture's steps by that of the first: 1 where a step costs the same everywhere. */
  readonly lateByEarly: number;
  /** Of a whole draw, caption included, divided by the batch; best round. */
  readonly secondsPerPicture: number;
}

const ROUNDS = 3;
/** Other work on the machine spares so many steps. */
export const QUIET = 0.1;

/** Random weights of this shape, exported, then drawn with each batch size; the first draw warms up. */
export async function timeDecoding(
  config: TransformerConfig,
  format: WeightFormat,
  batches: readonly number[],
  rounds = ROUNDS,
): Promise<DecodeTiming[]> {
  const folder = await mkdtemp(join(tmpdir(), "dalle-bench-"));
  try {
    await exportTransformer(folder, config, randomParameters(config), format);
    await using walker = await SparseWalker.open(folder, config);
    const timings: DecodeTiming[] = [];
    for (const batch of batches) timings.push(await timeBatch(walker, batch, rounds));
    return timings;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timeBatch(
  walker: SparseWalker,
  batch: number,
  rounds: number,
): Promise<DecodeTiming> {
  const states = imageStates(walker.config);
  const steps: number[] = [];
  const early: number[] = [];
  const late: number[] = [];
  const draws: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const started = performance.now();
    let last = started;
    await drawFromNothing(walker, {
      tokens: [1, 2, 3, 4, 5],
      randoms: Array.from({ length: batch }, (_, index) => new SeededRandom(index)),
      onCode: (known) => {
        const now = performance.now();
        if (round > 0 && known > 1) {
          steps.push(now - last);
          if (known <= states / 4) early.push(now - last);
          if (known > (3 * states) / 4) late.push(now - last);
        }
        last = now;
      },
    });
    if (round > 0) draws.push(performance.now() - started);
  }
  return {
    batch,
    msPerStep: quantile(steps, 0.5),
    quietMsPerStep: quantile(steps, QUIET),
    lateByEarly: quantile(late, QUIET) / quantile(early, QUIET),
    secondsPerPicture: Math.min(...draws) / 1000 / batch,
  };
}

export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)]!;
}
