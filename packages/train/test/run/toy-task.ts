/** @file The smallest model that trains: y = x · W + b, on random numbers, with noise from the default generator. */
import { writeFile } from "node:fs/promises";
import { aten, type TorchTensor, tensor } from "@dalle-ts/torch";
import { normalArray } from "../../../models/test/tiny.js";
import type { TorchParameters } from "../../src/parameters.js";
import type { TrainingTask } from "../../src/run/task.js";
import type { RunOptions } from "../../src/run/train-loop.js";

export interface ToyOptions {
  /** Part of the settings. */
  readonly name?: string;
  /** Steps whose loss is not a number. */
  readonly broken?: readonly number[];
  /** Steps whose loss is finite and whose gradient is not. */
  readonly brokenGradient?: readonly number[];
}

export function toyTask({
  name = "toy",
  broken = [],
  brokenGradient = [],
}: ToyOptions = {}): TrainingTask {
  const parameters: TorchParameters = new Map([
    ["weight", tensor(normalArray(6, 1), [3, 2], "f32")],
    ["bias", tensor(new Float32Array(2), [2], "f32")],
  ]);
  const total = (step: number): TorchTensor => {
    const x = tensor(normalArray(12, 100 + step), [4, 3], "f32");
    const noisy = x.add(aten("aten::randn_like", x).mul(0.1));
    const y = noisy.matmul(parameters.get("weight")!).add(parameters.get("bias")!);
    const loss = y.sub(1).mul(y.sub(1)).mean([0, 1]);
    if (broken.includes(step)) return loss.mul(Number.NaN);
    // √ has an infinite slope at 0.
    if (brokenGradient.includes(step)) return loss.add(loss.mul(0).sqrt());
    return loss;
  };
  return {
    kind: "toy",
    settings: { name },
    parameters,
    batch: 4,
    optimiser: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.01 },
    clipNorm: 1,
    averageDecay: 0.9,
    device: "cpu",
    learningRate: (step) => 0.05 / (1 + step),
    loss: (step) => {
      const loss = total(step);
      return { total: loss, metrics: () => ({ twice: 2 * loss.item() }) };
    },
    sample: (_, path) => writeFile(path, "a picture"),
  };
}

export function toyOptions(directory: string, changes: Partial<RunOptions> = {}): RunOptions {
  return {
    directory,
    steps: 10,
    seed: 3,
    logEvery: 1,
    checkpointEvery: 4,
    sampleEvery: 5,
    ...changes,
  };
}
