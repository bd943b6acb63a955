/** @file The cost of a step is that of a step on its way, by a clock of its own. */
import { expect, onTestFinished, test, vi } from "vitest";
import { measureCosts } from "../../src/run/measure.js";
import { newFolder } from "./folders.js";
import { toyTask } from "./toy-task.js";

test("a batch that the step before has read meanwhile is not waited for", async () => {
  let seconds = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => 1000 * seconds);
  onTestFinished(() => clock.mockRestore());
  const task = toyTask();
  let coming: number | undefined;
  const costs = await measureCosts(
    {
      ...task,
      prepare: async (step) => {
        seconds += step === coming ? 0 : 10;
        coming = step + 1;
      },
      loss: (step) => {
        seconds += step < 400 ? 1 : 2; // half of the places are before
        return task.loss(step);
      },
    },
    800,
    1,
    await newFolder(),
  );
  expect(costs).toEqual({ step: 1.5, sheet: 0, checkpoint: 0 });
});
