/**
 * @file The loop that all models share: loss, gradients, clipping, update, averaging, logging, checkpoints.
 * A run of N steps, stopped and resumed for N more, equals one of 2N steps bit for bit on the CPU: batches are functions
 * of the step, and the random generator is part of the checkpoint.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { DalleError } from "@dalle-ts/tensor";
import {
  aten,
  generatorState,
  gradients,
  noGradient,
  restoreGeneratorState,
  seedGenerator,
  type TorchTensor,
  tensor,
  tidy,
} from "@dalle-ts/torch";
import {
  type CheckpointState,
  latestCheckpoint,
  readState,
  saveCheckpoint,
  weightsPath,
} from "../checkpoint/checkpoint.js";
import { adamwUpdate, type OptimiserSlot } from "../optimiser/adamw.js";
import { clipToNorm, globalNorm } from "../optimiser/gradients.js";
import { copyParameters, readParameters, type TorchParameters, zerosLike } from "../parameters.js";
import { appendMetrics, type MetricsRow, rewindMetrics } from "./metrics-log.js";
import type { TrainingTask } from "./task.js";

export interface RunOptions {
  /** Run folder: checkpoints, metrics.jsonl, samples. */
  readonly directory: string;
  /** Steps in all, counted over all sessions. */
  readonly steps: number;
  /** Seed of the default generator at step 0. */
  readonly seed: number;
  /** @default 50 */
  readonly logEvery?: number;
  /** Steps between checkpoints; the last step always writes one. */
  readonly checkpointEvery: number;
  /** Steps between sample sheets; the last step always writes one. */
  readonly sampleEvery: number;
  /** Stops after the current step, with a checkpoint. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
  /** Told when the run goes wrong in a way that training does not stop for. */
  readonly onWarning?: (warning: string) => void;
}

export interface RunProgress {
  readonly step: number;
  readonly steps: number;
  /** Loss of this step. */
  readonly loss: number;
  readonly stepsPerSecond: number;
}

export interface RunResult {
  readonly checkpoint: string;
  readonly state: CheckpointState;
  readonly last: MetricsRow | undefined;
}

/** Trains until `steps`, from the newest checkpoint of the run folder if there is one. */
export async function runTraining(task: TrainingTask, options: RunOptions): Promise<RunResult> {
  await mkdir(join(options.directory, "samples"), { recursive: true });
  const run = await startOrResume(task, options);
  const started = performance.now();
  const before = run.seconds;
  let last: MetricsRow | undefined;
  const firstStep = run.step;
  let checkpoint = await latestCheckpoint(options.directory);
  let savedStep = checkpoint === undefined ? undefined : firstStep;
  const save = async () => {
    checkpoint = await saveCheckpoint(options.directory, stateOf(task, run), run);
    savedStep = run.step;
  };

  while (run.step < options.steps && !options.signal?.aborted) {
    await task.prepare?.(run.step);
    const logged = (run.step + 1) % (options.logEvery ?? 50) === 0;
    const result = trainStep(task, run, logged);
    run.step++;
    run.seconds = before + (performance.now() - started) / 1000;
    const stepsPerSecond = (run.step - firstStep) / (run.seconds - before);
    options.onProgress?.({
      step: run.step,
      steps: options.steps,
      loss: result.loss,
      stepsPerSecond,
    });
    if (logged) {
      last = {
        step: run.step,
        seconds: Math.round(run.seconds),
        loss: result.loss,
        gradientNorm: result.norm,
        learningRate: task.learningRate(run.step - 1),
        skipped: run.skipped,
        ...result.metrics,
      };
      await appendMetrics(options.directory, last);
      const warning = task.warning?.(last);
      if (warning) options.onWarning?.(warning);
    }
    if (run.step === options.steps || run.step % options.sampleEvery === 0) {
      const sheet = `step-${String(run.step).padStart(8, "0")}.png`;
      await task.sample(run.averaged, join(options.directory, "samples", sheet));
    }
    if (run.step % options.checkpointEvery === 0) await save();
    await nextTurn(); // lets signals and other work in
  }
  if (savedStep !== run.step) await save(); // the end, or a signal at whatever moment
  return { checkpoint: checkpoint!, state: stateOf(task, run), last };
}

/** Everything that a step changes. */
interface RunState {
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

async function startOrResume(task: TrainingTask, options: RunOptions): Promise<RunState> {
  const { parameters } = task;
  const checkpoint = await latestCheckpoint(options.directory);
  const means = zerosLike(parameters);
  const variances = zerosLike(parameters);
  const averaged = copyParameters(parameters);
  const counters = { step: 0, updates: 0, skipped: 0, seconds: 0 };
  if (checkpoint) {
    const state = await readState(checkpoint);
    refuseOtherSettings(checkpoint, state, task);
    await fill(weightsPath(checkpoint, "model"), "", parameters);
    await fill(weightsPath(checkpoint, "averaged"), "", averaged);
    await fill(weightsPath(checkpoint, "optimiser"), "mean.", means);
    await fill(weightsPath(checkpoint, "optimiser"), "variance.", variances);
    restoreGenerator(state.generator, task.device);
    Object.assign(counters, {
      step: state.step,
      updates: state.updates,
      skipped: state.skipped,
      seconds: state.seconds,
    });
  } else {
    seedGenerator(options.seed, task.device);
  }
  await rewindMetrics(options.directory, counters.step);
  for (const parameter of parameters.values()) aten("aten::requires_grad_", parameter, true);
  const slots = [...parameters].map(([name, parameter]) => ({
    name,
    parameter,
    mean: means.get(name)!,
    variance: variances.get(name)!,
  }));
  return { parameters, averaged, means, variances, slots, ...counters };
}

function trainStep(task: TrainingTask, run: RunState, wantMetrics: boolean) {
  return tidy(() => {
    const loss = task.loss(run.step);
    const metrics = wantMetrics ? noGradient(() => loss.metrics()) : {};
    const value = loss.total.item();
    const leaves = run.slots.map((slot) => slot.parameter);
    const found = gradients(loss.total, leaves).map(
      (gradient, index) => gradient ?? aten("aten::zeros_like", leaves[index]),
    );
    const norm = globalNorm(found);
    if (Number.isFinite(norm) && Number.isFinite(value)) {
      clipToNorm(found, norm, task.clipNorm);
      run.updates++;
      adamwUpdate(task.optimiser, run.slots, found, task.learningRate(run.step), run.updates);
      average(run.averaged, run.parameters, decayAt(task.averageDecay, run.updates));
    } else {
      run.skipped++;
    }
    return { loss: value, norm, metrics };
  });
}

/** Early on, a long average would still hold the random start: it grows with the updates done. */
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

function stateOf(task: TrainingTask, run: RunState): CheckpointState {
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
  };
}

function restoreGenerator(base64: string, device: string): void {
  const bytes = Uint8Array.from(Buffer.from(base64, "base64"));
  using state: TorchTensor = tensor(bytes, [bytes.length], "u8");
  restoreGeneratorState(state, device);
}

function refuseOtherSettings(checkpoint: string, state: CheckpointState, task: TrainingTask): void {
  if (state.kind === task.kind && JSON.stringify(state.settings) === JSON.stringify(task.settings))
    return;
  throw new DalleError(
    "bad_option",
    `${checkpoint} was made with other settings; resume with the same recipe and --set values, or choose another run folder with -o.`,
  );
}

/** Overwrites the tensors with those of a checkpoint file. */
async function fill(path: string, prefix: string, targets: TorchParameters): Promise<void> {
  const specs = [...targets].map(([name, { shape }]) => ({ name: prefix + name, shape }));
  const values = await readParameters(path, specs, "cpu");
  noGradient(() => {
    for (const [name, target] of targets) {
      tidy(() => aten("aten::copy_", target, values.get(prefix + name)));
      values.get(prefix + name)!.dispose();
    }
  });
}
