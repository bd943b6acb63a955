/** @file Times the transformer's training step on libtorch, and the matrix products it stands on, in one process. */
import { Random } from "@dalle-ts/data";
import type { TransformerConfig } from "@dalle-ts/models";
import { streamStates, transformer, transformerSpecs } from "@dalle-ts/models";
import { aten, gradients, tidy, torchVersion } from "@dalle-ts/torch";
import {
  adamwUpdate,
  initialiseParameters,
  streamBatch,
  streamLoss,
  treeOf,
  zerosLike,
} from "@dalle-ts/train";

export interface TrainTiming {
  readonly libtorch: string;
  readonly precision: "f32" | "bf16";
  readonly samplesPerSecond: number;
  /** Multiply-adds of the weight matrices, forward and backward, counted twice: 6 · parameters · states. */
  readonly teraflops: number;
  /** A 1024³ matrix product in the same precision, same process. */
  readonly matmulTeraflops: number;
}

const BATCH = 16;
const STEPS = 4;

/** Median-free on purpose: steps are long, so the fastest of a few says what the code can do. */
export function timeTraining(config: TransformerConfig, precision: "f32" | "bf16"): TrainTiming {
  const parameters = initialiseParameters(transformerSpecs(config), "cpu");
  for (const parameter of parameters.values()) aten("aten::requires_grad_", parameter, true);
  const tree = treeOf(parameters);
  const means = zerosLike(parameters);
  const variances = zerosLike(parameters);
  const slots = [...parameters].map(([name, parameter]) => ({
    name,
    parameter,
    mean: means.get(name)!,
    variance: variances.get(name)!,
  }));
  const random = new Random(1, 0);
  const pairs = Array.from({ length: BATCH }, () => ({
    tokens: Array.from({ length: 12 }, () => random.integer(config.textVocabulary)),
    codes: Array.from({ length: config.gridRows * config.gridColumns }, () =>
      random.integer(config.imageCodes),
    ),
  }));
  let best = Number.POSITIVE_INFINITY;
  for (let step = 0; step < STEPS; step++) {
    const started = performance.now();
    tidy(() => {
      const batch = streamBatch(config, pairs, "cpu");
      const states = transformer(tree, config, batch.ids, batch.positions, { precision });
      const { total } = streamLoss(tree, config, states, batch.textTargets, batch.imageTargets);
      const found = gradients(total, [...parameters.values()]).map((gradient) => gradient!);
      const settings = { beta1: 0.9, beta2: 0.96, epsilon: 1e-8, weightDecay: 0.045 };
      adamwUpdate(settings, slots, found, 1e-4, step + 1);
    });
    best = Math.min(best, (performance.now() - started) / 1000);
  }
  const matrices = transformerSpecs(config).filter(({ name }) => /weight$/.test(name));
  const weights = matrices.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  return {
    libtorch: torchVersion(),
    precision,
    samplesPerSecond: BATCH / best,
    teraflops: (6 * weights * streamStates(config) * BATCH) / best / 1e12,
    matmulTeraflops: matmulRate(precision),
  };
}

function matmulRate(precision: "f32" | "bf16"): number {
  const size = 1024;
  return tidy(() => {
    const left = aten("aten::randn", [size, size]).cast(precision);
    const right = aten("aten::randn", [size, size]).cast(precision);
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 20; round++) {
      const started = performance.now();
      tidy(() => void left.matmul(right));
      best = Math.min(best, performance.now() - started);
    }
    return (2 * size ** 3) / (best / 1000) / 1e12;
  });
}
