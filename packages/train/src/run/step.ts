/** @file One training step, and everything that it changes. */
import {
  aten,
  generatorState,
  gradients,
  noGradient,
  requireGradient,
  tidy,
} from "@dalle-ts/torch";
import type { CheckpointState } from "../checkpoint/checkpoint.js";
import type { OptimiserSlot } from "../optimiser/adamw.js";
import { clipToNorm, globalNorm } from "../optimiser/gradients.js";
import { updateParameters } from "../optimiser/update.js";
import {
  copyParameters,
  disposeParameters,
  type TorchParameters,
  zerosLike,
} from "../parameters.js";
import { withNextStep } from "./out-of-memory.js";
import type { TrainingTask } from "./task.js";
import type { Validation } from "./validation.js";

/** Everything that a step changes. */
export interface RunState {
  /** The task's own. */
  readonly parameters: TorchParameters;
  readonly averaged: TorchParameters;
  readonly means: TorchParameters;
  readonly variances: TorchParameters;
  readonly slots: OptimiserSlot[];
  step: number;
  updates: number;
  skipped: number;
  seconds: number;
}

/** Before step 0: zero moments, and the task's parameters as their own average. */
export function freshState({ parameters, learns = () => true }: TrainingTask): RunState {
  const means = zerosLike(parameters);
  const variances = zerosLike(parameters);
  const averaged = copyParameters(parameters);
  const learning = [...parameters].filter(([name]) => learns(name));
  for (const [, parameter] of learning) requireGradient(parameter);
  const slots = learning.map(([name, parameter]) => ({
    name,
    parameter,
    mean: means.get(name)!,
    variance: variances.get(name)!,
  }));
  const counters = { step: 0, updates: 0, skipped: 0, seconds: 0 };
  return { parameters, averaged, means, variances, slots, ...counters };
}

/** Frees all tensors but the task's own. */
export function disposeState({ averaged, means, variances }: RunState): void {
  for (const tensors of [averaged, means, variances]) disposeParameters(tensors);
}

export interface StepResult {
  readonly loss: number;
  /** Of the gradient, before it is clipped. */
  readonly norm: number;
  readonly metrics: Readonly<Record<string, number>>;
  /** It was not finite. */
  readonly wasSkipped: boolean;
}

/** Descends the loss of step `run.step`; where it is not finite, nothing is descended, and it is counted. */
export function trainStep(task: TrainingTask, run: RunState, wantMetrics: boolean): StepResult {
  try {
    return tidy(() => descend(task, run, wantMetrics));
  } catch (error) {
    throw withNextStep(error, run.step, task.batch);
  }
}

function descend(task: TrainingTask, run: RunState, wantMetrics: boolean): StepResult {
  noGradient(() =>
    tidy(() => {
      for (const name of task.beforeStep?.(run.step) ?? [])
        aten("aten::copy_", run.averaged.get(name), run.parameters.get(name));
    }),
  );
  const loss = task.loss(run.step);
  const metrics = wantMetrics ? noGradient(() => loss.metrics()) : {};
  const value = loss.total.item();
  const leaves = run.slots.map((slot) => slot.parameter);
  const found = gradients(loss.total, leaves).map(
    (gradient, index) => gradient ?? aten("aten::zeros_like", leaves[index]),
  );
  const norm = globalNorm(found);
  const wasSkipped = !(Number.isFinite(norm) && Number.isFinite(value));
  if (wasSkipped) {
    run.skipped++;
  } else {
    clipToNorm(found, norm, task.clipNorm);
    run.updates++;
    updateParameters(task.optimiser, run.slots, found, task.learningRate(run.step), run.updates);
    noGradient(() => tidy(() => task.afterUpdate?.()));
    average(run.averaged, run.parameters, decayAt(task.averageDecay, run.updates));
  }
  return { loss: value, norm, metrics, wasSkipped };
}

/**
 * Early on, a long average would still hold the random start: it grows with the updates done, as TensorFlow's moving averages do.
 * The paper says nothing of it.
 */
function decayAt(decay: number, updates: number): number {
  return Math.min(decay, (1 + updates) / (10 + updates));
}

function average(averaged: TorchParameters, parameters: TorchParameters, decay: number): void {
  noGradient(() =>
    tidy(() => {
      for (const [name, value] of parameters) {
        aten("aten::lerp_.Scalar", averaged.get(name), value, 1 - decay);
      }
    }),
  );
}

/** What a checkpoint says beside its tensors. */
export function checkpointState(
  task: TrainingTask,
  run: RunState,
  validation?: Validation,
): CheckpointState {
  const { step, updates, skipped, seconds } = run;
  const generator = tidy(() => {
    const bytes = generatorState(task.device).toArray() as Uint8Array;
    return Buffer.from(bytes).toString("base64");
  });
  return {
    formatVersion: 1,
    kind: task.kind,
    settings: task.settings,
    step,
    updates,
    skipped,
    seconds,
    generator,
    device: task.device,
    ...(validation && { validation }),
    ...(task.lossChangesAfter ? { lossChangesAfter: task.lossChangesAfter } : {}),
  };
}
