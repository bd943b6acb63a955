/** @file Steps that are not finite, in a row: told once, given up after fifty, and never saved over what was good. */
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readMetrics } from "../../src/run/metrics-log.js";
import { runTraining } from "../../src/run/train-loop.js";
import { newFolder } from "./folders.js";
import { toyOptions, toyTask } from "./toy-task.js";

describe("steps that are not finite, one after the other,", () => {
  const steps = (first: number, count: number) =>
    Array.from({ length: count }, (_, i) => first + i);
  async function broken(broken: readonly number[]) {
    const directory = await newFolder();
    const warnings: string[] = [];
    const onWarning = (text: string) => warnings.push(text);
    const options = toyOptions(directory, { steps: 80, sampleEvery: 100, onWarning });
    const running = runTraining(toyTask({ broken }), options);
    const error = await running.then(() => undefined).catch((thrown: Error) => thrown);
    return { directory, warnings, error };
  }

  test("are warned of once, and end the run after fifty", async () => {
    const { directory, warnings, error } = await broken([2, ...steps(10, 60)]);
    expect(warnings).toEqual([expect.stringMatching(/^Step 3 was skipped/)]);
    expect(error).toMatchObject({ name: "DalleError", code: "bad_option" });
    expect(error!.message).toMatch(
      /^The loss or gradient of 50 steps in a row, the last of them 60, .*checkpoint-00000008, remains; .* lower learningRate\.peak/,
    );
    const rows = await readFile(join(directory, "metrics.jsonl"), "utf8");
    expect(rows).not.toContain("null");
    expect((await readMetrics(directory))[2]).toMatchObject({ step: 3, skipped: 1 });
    expect((await readMetrics(directory))[2]).not.toHaveProperty("loss");
  });

  test("are not saved over the last good checkpoint, and the next good one is", async () => {
    const directory = await newFolder();
    const seen: Record<number, string[]> = {};
    const onProgress = ({ step }: { step: number }) => {
      seen[step] = readdirSync(directory).filter((name) => name.startsWith("checkpoint"));
    };
    // A checkpoint is due after every fourth step: the eighth is broken, and so are the two behind it.
    await runTraining(
      toyTask({ broken: [7, 8, 9] }),
      toyOptions(directory, { steps: 15, sampleEvery: 100, onProgress }),
    );
    expect(seen[11]).toEqual(["checkpoint-00000004"]);
    expect(seen[12]).toEqual(["checkpoint-00000011"]);
    expect(seen[13]).toEqual(["checkpoint-00000012"]);
  });

  test("and interrupted, leave the checkpoint before them", async () => {
    const directory = await newFolder();
    const controller = new AbortController();
    const { signal } = controller;
    const onProgress = ({ step }: { step: number }) => step === 20 && controller.abort();
    const options = toyOptions(directory, { steps: 80, sampleEvery: 100, signal, onProgress });
    const { checkpoint, state } = await runTraining(toyTask({ broken: steps(10, 60) }), options);
    expect(checkpoint).toBe(join(directory, "checkpoint-00000008"));
    expect(state).toMatchObject({ step: 8, skipped: 0 });
  });

  test("but fewer than fifty do not", async () => {
    expect((await broken([...steps(0, 49), ...steps(50, 29)])).error).toBeUndefined();
  });
});
