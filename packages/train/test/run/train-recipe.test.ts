/** @file Runs of so many minutes: the plan is made once, kept, and leaves no trace in the result. */
import { readdir, rm } from "node:fs/promises";
import { liveTensorCount } from "@dalle-ts/torch";
import { expect, test } from "vitest";
import { type RunPlan, readPlan } from "../../src/run/plan.js";
import type { TrainingRecipe } from "../../src/run/recipe.js";
import { type TrainOptions, trainRecipe } from "../../src/run/train-recipe.js";
import { fingerprint, newFolder } from "./folders.js";
import { toyTask } from "./toy-task.js";

const recipe: TrainingRecipe = {
  name: "toy",
  seed: 3,
  steps: 1_000_000,
  batch: 1,
  learningRate: { peak: 0.05, end: 0, warmUp: 2 },
  optimiser: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.01 },
  clipNorm: 1,
  averageDecay: 0.9,
  precision: "f32",
  checkpointEvery: 100,
  sampleEvery: 1000,
};
const taskOf = (settled: TrainingRecipe) => ({ ...toyTask(), settings: { recipe: settled } });

const run = (directory: string, changes: Partial<TrainOptions> = {}, settled = recipe) =>
  trainRecipe(settled, taskOf, performance.now(), { directory, minutes: 0.02, ...changes });

/** Stopped at step 5, by a plan of more than ten steps: of more minutes where the machine is busy. */
async function stoppedOnItsWay(minutes = 0.02) {
  const directory = await newFolder();
  const controller = new AbortController();
  const plans: RunPlan[] = [];
  const onPlan = (plan: RunPlan) => plans.push(plan);
  const onProgress = ({ step }: { step: number }) => step === 5 && controller.abort();
  const options = { minutes, signal: controller.signal, onProgress, onPlan };
  const stopped = await run(directory, options).catch((error) => {
    if (error.code === "bad_option" && minutes < 1) return undefined;
    throw error;
  });
  if (!stopped || stopped.steps <= 10) return stoppedOnItsWay(4 * minutes);
  return { directory, stopped, plans, onPlan };
}

test("equals, bit for bit, a run of the planned steps, also when it is stopped on the way", async () => {
  const { directory, stopped, plans, onPlan } = await stoppedOnItsWay();
  expect(stopped.state.step).toBe(5);
  const resumed = await run(directory, { minutes: 3, onPlan });
  expect(resumed.state.step).toBe(stopped.steps);
  expect(plans[1]).toEqual(plans[0]);

  const other = await newFolder();
  const straight = await run(other, { minutes: undefined }, { ...recipe, steps: stopped.steps });
  expect(await fingerprint(directory, resumed.checkpoint)).toEqual(
    await fingerprint(other, straight.checkpoint),
  );
});

test("does as many steps as its minutes have room for, by what one was measured to take", async () => {
  const directory = await newFolder();
  const started = performance.now();
  let spent = 0;
  const onPlan = () => {
    spent = (performance.now() - started) / 1000;
  };
  const { state } = await run(directory, { minutes: 0.05, onPlan });
  const { steps, seconds } = await readPlan(directory);
  expect(state.step).toBe(steps);
  const { checkpointEvery, sampleEvery } = recipe;
  const perStep = seconds.step + seconds.sheet / sampleEvery + seconds.checkpoint / checkpointEvery;
  const reckoned = steps * perStep + seconds.sheet + seconds.checkpoint;
  expect(reckoned).toBeLessThan(0.05 * 60);
  expect(reckoned + perStep).toBeGreaterThan(0.05 * 60 - spent); // one more would be too many
});

test("steps that leave none after the warm-up are warned of, when the run begins", async () => {
  const directory = await newFolder();
  const warnings: string[] = [];
  const onWarning = (warning: string) => warnings.push(warning);
  const controller = new AbortController();
  const onProgress = () => controller.abort();
  const options = { minutes: undefined, onWarning };
  const short = { ...recipe, steps: 2 };
  await run(directory, { ...options, onProgress, signal: controller.signal }, short);
  await run(directory, options, short); // goes on, where nothing can be changed any more
  await run(await newFolder(), options, { ...recipe, steps: 3 });
  expect(warnings).toEqual([
    "2 steps end before the learning rate has come down, as it takes 2 to warm up; give more steps, or a shorter learningRate.warmUp.",
  ]);
});

test("a run that never reached a checkpoint plans anew", async () => {
  const directory = await newFolder();
  const { checkpoint } = await run(directory);
  await rm(checkpoint, { recursive: true });
  await run(directory, { minutes: 0.01 });
  expect(await readPlan(directory)).toMatchObject({ minutes: 0.01 });
});

test("minutes that are too few are refused, and leave neither a plan nor a checkpoint", async () => {
  const directory = await newFolder();
  const live = liveTensorCount();
  const refused = run(directory, { minutes: 1e-6 });
  await expect(refused).rejects.toMatchObject({
    code: "bad_option",
    message: expect.stringMatching(/^0.000001 minutes leave time for 0 steps, .*; give at least /),
  });
  // Fewer where the collector has come to tensors of the tests before.
  expect(liveTensorCount()).toBeLessThanOrEqual(live);
  expect(await readdir(directory, { recursive: true })).toEqual(["samples"]);
});

test("a run that was begun with steps is not gone on with by minutes", async () => {
  const directory = await newFolder();
  await run(directory, { minutes: undefined }, { ...recipe, steps: 5 });
  await expect(run(directory)).rejects.toMatchObject({
    code: "bad_option",
    message: expect.stringMatching(/was begun with a number of steps, .* -o\.$/),
  });
});
