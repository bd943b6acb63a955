/**
 * @file The loop that all models share: loss, gradients, clipping, update, averaging, logging, checkpoints.
 * A run of N steps, stopped and resumed for N more, equals one of 2N steps bit for bit on the CPU: batches are functions
 * of the step, and the random generator is part of the checkpoint.
 */
import { dirname, join } from "node:path";
import { resourceUsage } from "node:process";
import { setImmediate as nextTurn } from "node:timers/promises";
import { DalleError, makeFolder } from "@dalle-ts/tensor";
import { aten, noGradient, seedGenerator } from "@dalle-ts/torch";
import {
  bestCheckpoint,
  type CheckpointState,
  latestCheckpoint,
  readState,
  saveCheckpoint,
  weightsPath,
} from "../checkpoint/checkpoint.js";
import { readParameters, type TorchParameters } from "../parameters.js";
import { differences } from "./differences.js";
import { resumeGenerator } from "./generator.js";
import { appendMetrics, finiteRow, type MetricsRow, rewindMetrics } from "./metrics-log.js";
import { removeScratch } from "./scratch.js";
import { skippedSteps } from "./skipped-steps.js";
import {
  checkpointState,
  disposeState,
  freshState,
  type RunState,
  type StepResult,
  trainStep,
} from "./step.js";
import type { TrainingTask } from "./task.js";
import { memorisingWatch, type Validation } from "./validation.js";

export interface RunOptions {
  /** Run folder: checkpoints, metrics.jsonl, samples. */
  readonly directory: string;
  /** Steps in all, counted over all sessions. */
  readonly steps: number;
  /** Seed of the default generator at step 0. */
  readonly seed: number;
  /** @default 50 */
  readonly logEvery?: number;
  /**
   * Steps between checkpoints. The last step always writes one; where a step that was due was skipped, the next good
   * step does.
   */
  readonly checkpointEvery: number;
  /**
   * Steps between sample sheets; there is one of the last step as well. Each is made behind its checkpoint, which
   * outlives a failing one.
   */
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
  /** Of the whole run; fewer are done where a signal stopped it. */
  readonly steps: number;
  readonly state: CheckpointState;
  readonly last: MetricsRow | undefined;
  /** Of the checkpoint with the least loss on held-out pictures, which is kept, or of the newest. */
  readonly best: CheckpointState;
}

/**
 * Trains until `steps`, from the newest checkpoint of the run folder if there is one. The task's parameters stay the
 * caller's.
 */
export async function runTraining(task: TrainingTask, options: RunOptions): Promise<RunResult> {
  const run = await startOrResume(task, options);
  try {
    return await goOn(task, run, options);
  } finally {
    disposeState(run);
  }
}

async function goOn(task: TrainingTask, run: RunState, options: RunOptions): Promise<RunResult> {
  const { directory, steps, signal, onWarning } = options;
  const samples = join(directory, "samples");
  makeFolder(samples);
  await removeScratch(samples);
  const started = performance.now();
  const [firstStep, before] = [run.step, run.seconds];
  let last: MetricsRow | undefined;
  let checkpoint = await latestCheckpoint(directory);
  let savedStep = checkpoint === undefined ? undefined : firstStep;
  const save = async (validation?: Validation) => {
    checkpoint = await saveCheckpoint(directory, checkpointState(task, run, validation), run);
    savedStep = run.step;
  };
  const watchSkipped = skippedSteps({ onWarning, checkpoint: () => checkpoint });
  const watch = rowWatch(task, onWarning);
  // A run that goes on remembers, and says again what it has said.
  for (const row of await rewindMetrics(directory, run.step)) watch(row);
  let isDue = false;
  let isSkipping = false;

  while (run.step < steps && !signal?.aborted) {
    await task.prepare?.(run.step);
    const next = run.step + 1;
    const isLast = next === steps;
    isDue ||= isLast || next % options.checkpointEvery === 0;
    const validates = isDue && task.validate !== undefined;
    const isLogged = isLast || validates || next % (options.logEvery ?? 50) === 0;
    const result = trainStep(task, run, isLogged);
    run.step++;
    run.seconds = before + (performance.now() - started) / 1000;
    isSkipping = result.wasSkipped;
    watchSkipped(run.step, isSkipping);
    const stepsPerSecond = (run.step - firstStep) / (run.seconds - before);
    options.onProgress?.({ step: run.step, steps, loss: result.loss, stepsPerSecond });
    // A run that may have diverged must not replace the last good checkpoint.
    const saves = isLast || (isDue && !isSkipping);
    const validation = saves ? await validate(task, run, onWarning) : undefined;
    if (isLogged) {
      last = rowOf(task, run, result, validation);
      await appendMetrics(directory, last);
      watch(last);
    }
    if (saves) {
      await save(validation);
      isDue = false;
    }
    if (isLast || run.step % options.sampleEvery === 0) {
      const sheet = join(samples, `step-${String(run.step).padStart(8, "0")}.png`);
      await task.sample(run.averaged, sheet).catch((error: Error) => {
        onWarning?.(`${sheet} could not be made (${error.message}); training goes on without it.`);
      });
    }
    await nextTurn(); // lets signals and other work in
  }
  // A signal, at whatever moment.
  if (savedStep !== run.step && !(isSkipping && checkpoint)) await save();
  const [state, best] = [await readState(checkpoint!), (await bestCheckpoint(directory))!.state];
  return { checkpoint: checkpoint!, steps, state, last, best };
}

/** A run goes on without a loss that fails, as without a sheet: a picture may be gone by now. */
async function validate(
  task: TrainingTask,
  run: RunState,
  onWarning: RunOptions["onWarning"],
): Promise<Validation | undefined> {
  return task.validate?.(run.averaged, run.step).catch((error: Error) => {
    onWarning?.(
      `The loss on held-out pictures could not be taken (${error.message}); training goes on without it.`,
    );
    return undefined;
  });
}

/** Told of each logged row in order, passes on what there is to warn of. */
function rowWatch(
  task: TrainingTask,
  onWarning: RunOptions["onWarning"],
): (row: MetricsRow) => void {
  const watchMemorising = memorisingWatch(task.lossChangesAfter);
  return (row) => {
    for (const warning of [task.warning?.(row), watchMemorising(row)])
      if (warning !== undefined) onWarning?.(warning);
  };
}

/** What is logged of the step that was done last. */
function rowOf(
  task: TrainingTask,
  run: RunState,
  { loss, norm, metrics }: StepResult,
  validation: Validation | undefined,
): MetricsRow {
  return finiteRow({
    step: run.step,
    seconds: Math.round(run.seconds),
    memory: largestMemory(),
    loss,
    gradientNorm: norm,
    learningRate: task.learningRate(run.step - 1),
    skipped: run.skipped,
    ...metrics,
    ...validation,
  });
}

/** Of the process so far, in GB; what is on a GPU is not in it. */
function largestMemory(): number {
  return Math.round(resourceUsage().maxRSS / 1e4) / 100;
}

async function startOrResume(task: TrainingTask, options: RunOptions): Promise<RunState> {
  const checkpoint = await latestCheckpoint(options.directory);
  if (!checkpoint) {
    seedGenerator(options.seed, task.device);
    return freshState(task);
  }
  const state = await readState(checkpoint);
  requireSameSettings(checkpoint, state, task);
  const run = freshState(task);
  try {
    await fill(weightsPath(checkpoint, "model"), "", run.parameters);
    await fill(weightsPath(checkpoint, "averaged"), "", run.averaged);
    await fill(weightsPath(checkpoint, "optimiser"), "mean.", run.means);
    await fill(weightsPath(checkpoint, "optimiser"), "variance.", run.variances);
    resumeGenerator(state, task.device, options.seed, options.onWarning);
  } catch (error) {
    disposeState(run);
    throw error;
  }
  const { step, updates, skipped, seconds } = state;
  return Object.assign(run, { step, updates, skipped, seconds });
}

/** As many are named. */
const MOST_DIFFERENCES = 4;

/** Throws unless the checkpoint is of a run with these settings. */
export function requireSameSettings(
  checkpoint: string,
  state: CheckpointState,
  task: Pick<TrainingTask, "kind" | "settings">,
): void {
  const found = differences(
    { kind: state.kind, ...state.settings },
    { kind: task.kind, ...task.settings },
  );
  if (found.length === 0) return;
  const more = found.length - MOST_DIFFERENCES;
  const named = `${found.slice(0, MOST_DIFFERENCES).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  throw new DalleError(
    "bad_option",
    `${checkpoint} was made with other settings (${named}); resume with the same recipe, pictures and options (--data, --dvae, --tokenizer, --from, --minutes, --set), or choose another run folder with -o, where --from ${dirname(checkpoint)} begins with what this one has learnt.`,
  );
}

/** Overwrites the tensors with those of a checkpoint file. */
async function fill(path: string, prefix: string, targets: TorchParameters): Promise<void> {
  const specs = [...targets].map(([name, { shape }]) => ({ name: prefix + name, shape }));
  const values = await readParameters(path, specs, "cpu");
  noGradient(() => {
    for (const [name, target] of targets) {
      aten("aten::copy_", target, values.get(prefix + name)).dispose(); // a second handle of the target
      values.get(prefix + name)!.dispose();
    }
  });
}
