/**
 * @file The length of a run that is given minutes in the place of steps. It is chosen once, and kept in `plan.json` of
 * the run folder: schedules depend on it, so a resumed run must have the same.
 */
import { join } from "node:path";
import { DalleError, writeFileAtomic } from "@dalle-ts/tensor";
import { readIfThere } from "../read-if-there.js";
import type { RunCosts } from "./measure.js";
import type { TrainingRecipe } from "./recipe.js";

export interface RunPlan {
  readonly formatVersion: 1;
  /** Asked for: of the whole run, painting and measuring included. */
  readonly minutes: number;
  readonly steps: number;
  /** What the steps were reckoned with. */
  readonly seconds: RunCosts;
}

type Schedule = Pick<TrainingRecipe, "learningRate" | "checkpointEvery" | "sampleEvery">;

/** The plan of a run of which `spent` seconds have passed; throws where the rest is too little. */
export function planRun(
  minutes: number,
  spent: number,
  seconds: RunCosts,
  { learningRate, checkpointEvery, sampleEvery }: Schedule,
): RunPlan {
  const perStep = seconds.step + seconds.sheet / sampleEvery + seconds.checkpoint / checkpointEvery;
  const around = spent + seconds.sheet + seconds.checkpoint; // the last sheet, the last checkpoint
  const steps = Math.floor((60 * minutes - around) / perStep);
  if (comesDown(steps, learningRate)) return { formatVersion: 1, minutes, steps, seconds };
  const { warmUp, share = 1 } = learningRate;
  const needed = (around + (1.1 * (warmUp + 1) * perStep) / share) / 60;
  throw new DalleError(
    "bad_option",
    `${minutes} minutes leave time for ${Math.max(0, steps)} steps, and the learning rate alone takes ${warmUp} to warm up; ` +
      `give at least ${Math.ceil(10 * needed) / 10} minutes, or a shorter learningRate.warmUp.`,
  );
}

/** What there is to say of a number of steps that `planRun` would not choose. */
export function warmUpWarning({
  steps,
  learningRate,
}: Pick<TrainingRecipe, "steps" | "learningRate">): string | undefined {
  if (comesDown(steps, learningRate)) return undefined;
  const { warmUp, share = 1 } = learningRate;
  const fallen = share === 1 ? `${steps} steps` : `${share} of ${steps} steps`;
  return `${fallen} end before the learning rate has come down, as it takes ${warmUp} to warm up; give more steps, or a shorter learningRate.warmUp.`;
}

/** Whether the rate has steps to fall in after those of its warm-up. */
function comesDown(steps: number, { warmUp, share = 1 }: TrainingRecipe["learningRate"]): boolean {
  return share * steps > warmUp;
}

const fileName = "plan.json";

export async function writePlan(directory: string, plan: RunPlan): Promise<void> {
  await writeFileAtomic(join(directory, fileName), `${JSON.stringify(plan, undefined, 2)}\n`);
}

/** The plan that a run was begun with. */
export async function readPlan(directory: string): Promise<RunPlan> {
  const path = join(directory, fileName);
  const text = await readIfThere(path);
  if (text === undefined) {
    throw new DalleError(
      "bad_option",
      `${directory} was begun with a number of steps, not of minutes; go on without --minutes, or choose another run folder with -o.`,
    );
  }
  try {
    const plan = JSON.parse(text) as RunPlan;
    if (plan.formatVersion === 1 && Number.isSafeInteger(plan.steps)) return plan;
  } catch {}
  throw new DalleError(
    "bad_file",
    `${path} is not a plan of format version 1; delete it and go on with --set steps=<number>, or choose another run folder with -o.`,
  );
}
