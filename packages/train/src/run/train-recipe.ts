/** @file A run by a recipe: of the steps that it names, or of as many as fit into the minutes that are given. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { latestCheckpoint } from "../checkpoint/checkpoint.js";
import { measureCosts } from "./measure.js";
import { planRun, type RunPlan, readPlan, writePlan } from "./plan.js";
import type { TrainingRecipe } from "./recipe.js";
import type { TrainingTask } from "./task.js";
import { type RunOptions, type RunResult, runTraining } from "./train-loop.js";

export interface TrainOptions
  extends Pick<RunOptions, "directory" | "signal" | "onProgress" | "onWarning" | "logEvery"> {
  /** @default "cpu" */
  readonly device?: string;
  /**
   * The run ends, fully annealed, about so many minutes after the call; > 0. Its steps are chosen by measuring, and kept
   * when it is resumed. @default the recipe's steps, whatever they take
   */
  readonly minutes?: number;
  /** Progress of what comes before the first step. */
  readonly onPrepare?: (what: string, done: number, total: number) => void;
  /** Told of the steps that `minutes` came to. */
  readonly onPlan?: (plan: RunPlan) => void;
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
  return runTraining(taskOf(settled), { ...options, steps, seed, checkpointEvery, sampleEvery });
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
  await mkdir(samples, { recursive: true });
  const costs = await measureCosts(taskOf(recipe), recipe.steps, 60 * MEASURED * minutes, samples);
  const plan = planRun(minutes, (performance.now() - started) / 1000, costs, recipe);
  await writePlan(directory, plan);
  return plan;
}
