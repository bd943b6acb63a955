/** @file The loss on held-out pictures during a run, and the checkpoint that did best on them. */
import { cp, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SafetensorsFile } from "@dalle-ts/tensor";
import { expect, test } from "vitest";
import { bestCheckpoint } from "../../src/checkpoint/checkpoint.js";
import { readMetrics } from "../../src/run/metrics-log.js";
import type { TrainingTask } from "../../src/run/task.js";
import { runTraining } from "../../src/run/train-loop.js";
import { newFolder } from "./folders.js";
import { toyOptions, toyTask } from "./toy-task.js";

const stepOf = (checkpoint: string) => Number(checkpoint.slice(-8));

test("takes the loss on held-out pictures at each checkpoint, of the averaged weights", async () => {
  const directory = await newFolder();
  const task: TrainingTask = {
    ...toyTask(),
    validate: async (averaged, step) => ({
      validationLoss: step,
      trainingLoss: (averaged.get("bias")!.toArray() as Float32Array)[0]!,
    }),
  };
  const options = toyOptions(directory, { logEvery: 3, checkpointEvery: 4 });
  const { checkpoint } = await runTraining(task, options);
  const rows = await readMetrics(directory);
  expect(rows.map(({ step, validationLoss }) => [step, validationLoss])).toEqual([
    ...[[3], [4, 4], [6], [8, 8], [9], [10, 10]].map(([step, loss]) => [step, loss]),
  ]);
  await using averaged = await SafetensorsFile.open(join(checkpoint, "ema.safetensors"));
  expect(rows.at(-1)!.trainingLoss).toBe((await averaged.readFloat32("bias"))[0]);
});

test("goes on without a loss on held-out pictures that fails", async () => {
  const directory = await newFolder();
  const warnings: string[] = [];
  const validate = async () => {
    throw new Error("the disk is gone");
  };
  const onWarning = (text: string) => warnings.push(text);
  const options = toyOptions(directory, { checkpointEvery: 5, onWarning });
  const { state } = await runTraining({ ...toyTask(), validate }, options);
  expect(state.step).toBe(10);
  expect(await readMetrics(directory)).toHaveLength(10);
  expect(warnings).toEqual(
    Array(2).fill(
      "The loss on held-out pictures could not be taken (the disk is gone); training goes on without it.",
    ),
  );
});

test("remembers the least loss on held-out pictures when it is resumed", async () => {
  const directory = await newFolder();
  const warnings: string[] = [];
  const validate = async (_: unknown, step: number) => ({
    validationLoss: step === 2 ? 1 : step,
    trainingLoss: -step,
  });
  const options = (steps: number) =>
    toyOptions(directory, {
      steps,
      checkpointEvery: 1,
      sampleEvery: 99,
      onWarning: (text) => warnings.push(text),
    });
  for (const steps of [4, 10]) {
    await runTraining({ ...toyTask(), validate }, options(steps));
  }
  expect(warnings).toEqual([expect.stringContaining("least at step 2 (1.000) and is 5.000 now")]);
  await runTraining({ ...toyTask(), validate }, options(12));
  expect(warnings).toEqual([warnings[0], warnings[0]]); // said again to who goes on
});

test("keeps the checkpoint with the least loss on held-out pictures, which a run is opened with, beside the newest", async () => {
  const directory = await newFolder();
  const losses = [9, 5, 4, 6, 7, 3, 8, 8];
  const validate = async (_: unknown, step: number) => ({
    validationLoss: losses[step - 1]!,
    trainingLoss: -step,
  });
  const afterSteps = async (steps: number) => {
    const options = toyOptions(directory, { steps, checkpointEvery: 1, sampleEvery: 99 });
    const { best } = await runTraining({ ...toyTask(), validate }, options);
    const names = await readdir(directory);
    const kept = names.filter((name) => name.startsWith("checkpoint-")).map(stepOf);
    return { best: best.step, kept, opened: stepOf((await bestCheckpoint(directory))!.path) };
  };
  expect(await afterSteps(3)).toEqual({ best: 3, kept: [3], opened: 3 });
  expect(await afterSteps(5)).toEqual({ best: 3, kept: [3, 5], opened: 3 });
  expect(await afterSteps(6)).toEqual({ best: 6, kept: [6], opened: 6 });
  expect(await afterSteps(8)).toEqual({ best: 6, kept: [6, 8], opened: 6 });
  // One that a crash has left behind is no better for it.
  await cp(join(directory, "checkpoint-00000006"), join(directory, "checkpoint-00000004"), {
    recursive: true,
  });
  expect(stepOf((await bestCheckpoint(directory))!.path)).toBe(6);
});

test("keeps the best checkpoint where a step that was due is skipped, and where a power cut took rows", async () => {
  const directory = await newFolder();
  const losses: Record<number, number> = { 4: 5, 8: 3, 9: 6, 12: 7, 16: 8 };
  const validate = async (_: unknown, step: number) => ({
    validationLoss: losses[step]!,
    trainingLoss: 1,
  });
  const upTo = (steps: number) =>
    runTraining(
      { ...toyTask({ broken: [7] }), validate },
      toyOptions(directory, { steps, checkpointEvery: 4, sampleEvery: 99, logEvery: 99 }),
    );
  const { best } = await upTo(12);
  expect([best.step, best.validation!.validationLoss]).toEqual([4, 5]);
  const rows = await readMetrics(directory);
  expect(rows.map(({ step, validationLoss }) => [step, validationLoss])).toEqual([
    [4, 5],
    [8, undefined], // skipped: its checkpoint comes one step later
    [9, 6],
    [12, 7],
  ]);
  await writeFile(join(directory, "metrics.jsonl"), "");
  expect((await upTo(16)).best.step).toBe(4);
  const names = (await readdir(directory)).filter((name) => name.startsWith("checkpoint-"));
  expect(names.map(stepOf)).toEqual([4, 16]);
});

test("does not compare losses of before and after a change of loss", async () => {
  const directory = await newFolder();
  const validate = async (_: unknown, step: number) => ({
    validationLoss: step <= 4 ? 1 : 9 - step / 10,
    trainingLoss: 1,
  });
  const task = () => ({ ...toyTask(), validate, lossChangesAfter: 4 });
  const upTo = (steps: number) =>
    runTraining(task(), toyOptions(directory, { steps, checkpointEvery: 2, sampleEvery: 99 }));
  expect((await upTo(4)).best.step).toBe(4);
  await cp(join(directory, "checkpoint-00000004"), join(directory, "kept"), { recursive: true });
  expect((await upTo(6)).best.step).toBe(6);
  // As a crash would leave it that falls between the writing of a checkpoint and the removal of the one before.
  await cp(join(directory, "kept"), join(directory, "checkpoint-00000004"), { recursive: true });
  expect(stepOf((await bestCheckpoint(directory))!.path)).toBe(6);
});
