/** @file What a run will take, from a throwaway task: nothing of it comes into the run. */
import { join } from "node:path";
import { saveCheckpoint } from "../checkpoint/checkpoint.js";
import { disposeParameters } from "../parameters.js";
import { withScratch } from "./scratch.js";
import { checkpointState, disposeState, freshState, trainStep } from "./step.js";
import type { TrainingTask } from "./task.js";

/** Seconds that each takes. */
export interface RunCosts {
  /** In the mean over a whole run: a dVAE's first steps are far cheaper than its last. */
  readonly step: number;
  readonly sheet: number;
  /** The loss on held-out pictures with it. */
  readonly checkpoint: number;
}

/** Steps that are timed lie in the middle of as many equal parts of the run. */
const PLACES = 8;
/** One behind the other, at each place. */
const TIMED_STEPS = 2;

/**
 * Runs steps for about `seconds`, at each place one untimed before those that are timed, then one sample sheet and one
 * checkpoint, in a folder below `directory` that is removed again. `steps` says where the run would end. The task is spent
 * afterwards: its parameters are changed and freed.
 */
export async function measureCosts(
  task: TrainingTask,
  steps: number,
  seconds: number,
  directory: string,
): Promise<RunCosts> {
  const run = freshState(task);
  const takeStep = async () => {
    await task.prepare?.(run.step);
    trainStep(task, run, false);
    run.step++;
  };
  let timed = 0;
  const round = async () => {
    for (let place = 0; place < PLACES; place++) {
      run.step = Math.floor(((place + 0.5) * steps) / PLACES);
      await takeStep(); // warms up, and has the next batch read meanwhile, as every step of a run but its first
      for (let count = 0; count < TIMED_STEPS; count++) timed += await secondsOf(takeStep);
    }
  };
  try {
    let rounds = 0;
    let spent = 0;
    while (rounds === 0 || spent < seconds) {
      spent += await secondsOf(round);
      rounds++;
    }
    const step = timed / (rounds * PLACES * TIMED_STEPS);
    return await withScratch(directory, async (folder) => ({
      step,
      // The run goes on without a sheet or a validation that fails, and so does its plan.
      sheet: await secondsOf(() =>
        task.sample(run.averaged, join(folder, "sheet.png")).catch(() => {}),
      ),
      checkpoint: await secondsOf(async () => {
        await task.validate?.(run.averaged, run.step).catch(() => {});
        await saveCheckpoint(folder, checkpointState(task, run), run);
      }),
    }));
  } finally {
    disposeState(run);
    disposeParameters(run.parameters);
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
