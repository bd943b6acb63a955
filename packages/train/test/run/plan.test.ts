/** @file How many steps fit into minutes, and what a plan file must be. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { planRun, readPlan, warmUpWarning, writePlan } from "../../src/run/plan.js";
import { newFolder } from "./folders.js";

const costs = { step: 0.1, sheet: 5, checkpoint: 1 };
const schedule = {
  learningRate: { peak: 1, end: 0, warmUp: 100 },
  checkpointEvery: 100,
  sampleEvery: 500,
};

describe("planRun", () => {
  test("spends all of the time, sheets and checkpoints included", () => {
    const plan = planRun(10, 30, costs, schedule);
    // 600 s − 30 s − the last sheet and checkpoint; a step takes 0.1 s + 5 s / 500 + 1 s / 100
    expect(plan).toEqual({ formatVersion: 1, minutes: 10, steps: 4700, seconds: costs });
  });

  test("refuses, in one sentence, minutes that leave nothing to anneal; what it asks for is enough", () => {
    const refused = () => planRun(0.8, 30, costs, schedule);
    expect(refused).toThrowErrorMatchingInlineSnapshot(
      `[DalleError: 0.8 minutes leave time for 100 steps, and the learning rate alone takes 100 to warm up; give at least 0.9 minutes, or a shorter learningRate.warmUp.]`,
    );
    expect(planRun(0.9, 30, costs, schedule).steps).toBeGreaterThan(100);
    expect(() => planRun(0.5, 30, costs, schedule)).toThrow("leave time for 0 steps");
  });
});

test("the steps of a warm-up are compared with those that the rate has, not with all", () => {
  const learningRate = { ...schedule.learningRate, share: 0.25 };
  expect(() => planRun(1.2, 30, costs, { ...schedule, learningRate })).toThrow(
    "the learning rate alone takes 100 to warm up; give at least 1.5 minutes",
  );
  expect(planRun(1.5, 30, costs, { ...schedule, learningRate }).steps).toBeGreaterThan(400);
  expect(warmUpWarning({ steps: 401, learningRate })).toBeUndefined();
  expect(warmUpWarning({ steps: 400, learningRate })).toBe(
    "0.25 of 400 steps end before the learning rate has come down, as it takes 100 to warm up; give more steps, or a shorter learningRate.warmUp.",
  );
});

test("a plan file is read as it was written, and another file is refused", async () => {
  const directory = await newFolder();
  await expect(readPlan(directory)).rejects.toMatchObject({
    code: "bad_option",
    message: expect.stringContaining("was begun with a number of steps"),
  });
  const plan = planRun(10, 30, costs, schedule);
  await writePlan(directory, plan);
  expect(await readPlan(directory)).toEqual(plan);
  await writeFile(join(directory, "plan.json"), '{"formatVersion":1}');
  await expect(readPlan(directory)).rejects.toMatchObject({ code: "bad_file" });
});
