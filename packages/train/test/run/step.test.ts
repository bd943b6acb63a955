/** @file One step by its known answers: the clipped gradient, the first update, and the average of the weights. */
import { aten, seedGenerator, type TorchTensor } from "@dalle-ts/torch";
import { describe, expect, onTestFinished, test } from "vitest";
import { relativeError } from "../../../models/test/tiny.js";
import { disposeParameters } from "../../src/parameters.js";
import { disposeState, freshState, type RunState, trainStep } from "../../src/run/step.js";
import type { TrainingTask } from "../../src/run/task.js";
import { toyTask } from "./toy-task.js";

const values = (x: TorchTensor | undefined) => [...(x!.toArray() as Float32Array)];

function begin(changes: Partial<TrainingTask> = {}): { task: TrainingTask; run: RunState } {
  seedGenerator(4);
  const task = { ...toyTask(), ...changes };
  const run = freshState(task);
  onTestFinished(() => {
    disposeState(run);
    disposeParameters(run.parameters);
  });
  return { task, run };
}

test("gradients are clipped before they come into the moments (relative error ≤ 1e-5)", () => {
  const { task, run } = begin({ clipNorm: 1e-3 });
  const { norm } = trainStep(task, run, false);
  expect(norm).toBeGreaterThan(0.1); // as it was found
  const means = [...run.means.values()].flatMap(values);
  expect(Math.hypot(...means) / ((1 - 0.9) * 1e-3)).toBeCloseTo(1, 5);
});

test("the first update is of this step's size, whatever the gradient's (absolute error ≤ 1e-5)", () => {
  const { task, run } = begin();
  run.step = 4; // of a size 0.05 / 5
  trainStep(task, run, false);
  for (const moved of values(run.parameters.get("bias"))) {
    expect(Math.abs(Math.abs(moved) - 0.01)).toBeLessThanOrEqual(1e-5);
  }
});

describe("the averaged weights", () => {
  test("begin anew, to the last bit, where a step has made the weights anew", () => {
    const { task, run } = begin();
    trainStep(task, run, false);
    const before = values(run.averaged.get("weight"));
    const remade = {
      ...task,
      beforeStep: () => {
        aten("aten::fill_.Scalar", run.parameters.get("bias"), 3);
        return ["bias"];
      },
      loss: () => ({
        total: run.parameters.get("bias")!.sum([0]).mul(Number.NaN),
        metrics: () => ({}),
      }),
    };
    trainStep(remade, run, false); // is skipped, so nothing else moves
    expect(values(run.averaged.get("bias"))).toEqual([3, 3]);
    expect(values(run.averaged.get("weight"))).toEqual(before);
  });

  test.each([
    [1, 2 / 11],
    [2, 3 / 12],
    [40, 41 / 50],
    [1000, 0.9], // the task's
  ])("keep their share after update %i (relative error ≤ 1e-6)", (update, kept) => {
    const { task, run } = begin();
    trainStep(task, run, false); // parts the average from the weights
    run.updates = update - 1;
    const before = values(run.averaged.get("weight"));
    trainStep(task, run, false);
    const now = values(run.parameters.get("weight"));
    const expected = before.map((value, index) => kept * value + (1 - kept) * now[index]!);
    expect(relativeError(values(run.averaged.get("weight")), expected)).toBeLessThan(1e-6);
    expect(relativeError(before, expected)).toBeGreaterThan(1e-4);
  });
});

test.each([
  "CUDA out of memory. Tried to allocate 2.00 GiB\nmore lines",
  "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
  "[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 4 bytes.",
])("%s: the step is named, and a smaller batch", (reason) => {
  const failing = (batch: number) => {
    const loss = () => {
      throw new Error(reason);
    };
    const { task, run } = begin({ batch, loss });
    run.step = 57;
    return () => trainStep(task, run, false);
  };
  const [first] = reason.split("\n");
  expect(failing(32)).toThrow(
    expect.objectContaining({
      code: "no_memory",
      message: `Step 57 of 32 at a time does not fit into memory (${first}); train with --set batch=16, in another run folder (-o).`,
    }),
  );
  expect(failing(1)).toThrow(/; train a smaller model, or on a device with more memory\.$/);
});

test("that is what libtorch says, and other errors stay as they are", () => {
  const { task, run } = begin();
  const huge = () => ({ total: aten("aten::ones", [2 ** 45]), metrics: () => ({}) });
  expect(() => trainStep({ ...task, loss: huge }, run, false)).toThrow(
    expect.objectContaining({ code: "no_memory" }),
  );
  const wrong = () => {
    throw new Error("shapes differ");
  };
  expect(() => trainStep({ ...task, loss: wrong }, run, false)).toThrow(/^shapes differ$/);
});
