/** @file A run by a recipe: of the steps that it names, or of as many as fit into the minutes that are given. */
import { join } from "node:path";
import { makeFolder } from "@dalle-ts/tensor";
import { bestCheckpoint, latestCheckpoint, readState } from "../checkpoint/checkpoint.js";
import { disposeParameters } from "../parameters.js";
import { measureCosts } from "./measure.js";
import { planRun, type RunPlan, readPlan, warmUpWarning, writePlan } from "./plan.js";
import type { TrainingRecipe } from "./recipe.js";
import type { TrainingTask } from "./task.js";
import { type RunOptions, type RunResult, requireSameSettings, runTraining } from "./train-loop.js";

export interface TrainOptions
  extends Pick<RunOptions, "directory" | "signal" | "onProgress" | "onWarning" | "logEvery"> {
  /** @default "cpu" */
  readonly device?: string;
  /**
   * The run ends, fully annealed, about so many minutes after the call; > 0. Its steps are chosen by measuring, and kept
   * when it is resumed. @default the recipe's steps, whatever they take
   */
  readonly minutes?: number;
  /** Told when all that was given has been checked and there is something to do: minutes of painting may come next. */
  readonly onStart?: () => void;
  /** Progress of what comes before the first step. */
  readonly onPrepare?: (what: string, done: number, total: number) => void;
  /** Told of the steps that `minutes` came to. */
  readonly onPlan?: (plan: RunPlan) => void;
}

/**
 * The result of a run that was trained to its end before; undefined where there is something to do. To be asked before anything
 * is painted. `settingsOf` the recipe with the steps of the run; throws where the run folder holds a run of others.
 */
export async function finishedRun<Recipe extends TrainingRecipe>(
  kind: string,
  recipe: Recipe,
  settingsOf: (recipe: Recipe) => object,
  { directory, minutes }: Pick<TrainOptions, "directory" | "minutes">,
): Promise<RunResult | undefined> {
  const checkpoint = await latestCheckpoint(directory);
  if (!checkpoint) return undefined;
  const { steps } = minutes === undefined ? recipe : await readPlan(directory);
  const state = await readState(checkpoint);
  requireSameSettings(checkpoint, state, { kind, settings: settingsOf({ ...recipe, steps }) });
  if (state.step < steps) return undefined;
  const best = (await bestCheckpoint(directory))!.state;
  return { checkpoint, steps, state, last: undefined, best };
}

/** Share of the time that goes into measuring steps. */
const MEASURED = 0.02;

/**
 * `taskOf` makes a fresh task, with tensors of its own, at each call. `started`: `performance.now()` of when the caller
 * was called. A run with `minutes` equals, bit for bit on the CPU, one of a recipe with the planned steps.
 */
export async function trainRecipe<Recipe extends TrainingRecipe>(
  recipe: Recipe,
  taskOf: (recipe: Recipe) => TrainingTask,
  started: number,
  options: TrainOptions,
): Promise<RunResult> {
  const plan = await planOf(recipe, taskOf, started, options);
  if (plan) options.onPlan?.(plan);
  const settled = plan ? { ...recipe, steps: plan.steps } : recipe;
  const { steps, seed, checkpointEvery, sampleEvery } = settled;
  const isFresh = (await latestCheckpoint(options.directory)) === undefined;
  const warning = isFresh && warmUpWarning(settled);
  if (warning) options.onWarning?.(warning);
  const task = taskOf(settled);
  try {
    return await runTraining(task, { ...options, steps, seed, checkpointEvery, sampleEvery });
  } finally {
    disposeParameters(task.parameters);
  }
}

/** The plan belongs to the checkpoint beside it; where there is none, the run begins anew, and so does its plan. */
async function planOf<Recipe extends TrainingRecipe>(
  recipe: Recipe,
  taskOf: (recipe: Recipe) => TrainingTask,
  started: number,
  { directory, minutes }: TrainOptions,
): Promise<RunPlan | undefined> {
  if (minutes === undefined) return undefined;
  if (await latestCheckpoint(directory)) return readPlan(directory);
  const samples = join(directory, "samples");
  makeFolder(samples);
  const costs = await measureCosts(taskOf(recipe), recipe.steps, 60 * MEASURED * minutes, samples);
  const plan = planRun(minutes, (performance.now() - started) / 1000, costs, recipe);
  await writePlan(directory, plan);
  return plan;
}
