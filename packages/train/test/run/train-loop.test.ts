/** @file The loop's promises: exact resuming, skipped steps, stopping, warnings, no leaks. */
import { appendFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SafetensorsFile } from "@dalle-ts/tensor";
import { liveTensorCount, seedGenerator } from "@dalle-ts/torch";
import { describe, expect, test } from "vitest";
import { readMetrics } from "../../src/run/metrics-log.js";
import type { TrainingTask } from "../../src/run/task.js";
import { runTraining } from "../../src/run/train-loop.js";
import { fingerprint, newFolder } from "./folders.js";
import { risesOf } from "./live-tensors.js";
import { type ToyOptions, toyOptions, toyTask } from "./toy-task.js";

/** Runs to `steps`, stopping with a signal after each step of `stops` and resuming with a fresh task. */
async function run(stops: number[], toy: ToyOptions = {}, steps = 10) {
  const directory = await newFolder();
  for (const stop of [...stops, steps]) {
    seedGenerator(999); // whatever the generator did before must not matter
    const controller = new AbortController();
    const onProgress = ({ step }: { step: number }) => step === stop && controller.abort();
    const { signal } = controller;
    const result = await runTraining(
      toyTask(toy),
      toyOptions(directory, { steps, signal, onProgress }),
    );
    expect(result.state.step).toBe(stop);
    if (stop === steps) return { directory, ...result };
  }
  throw new Error("unreachable");
}

describe("resuming", () => {
  test.each([[[5]], [[4]], [[1, 2, 9]]])(
    "stopped after %j it ends as if it had not been stopped",
    async (stops) => {
      const straight = await run([]);
      const resumed = await run(stops);
      expect(await fingerprint(resumed.directory, resumed.checkpoint)).toEqual(
        await fingerprint(straight.directory, straight.checkpoint),
      );
    },
  );

  test("another number of steps in between matters", async () => {
    const shorter = await run([], {}, 9);
    const straight = await run([]);
    const [a, b] = await Promise.all(
      [shorter, straight].map(({ directory, checkpoint }) => fingerprint(directory, checkpoint)),
    );
    for (const [name, hash] of Object.entries(a!.hashes)) expect(b!.hashes[name]).not.toBe(hash);
  });

  test("drops the metrics logged after the checkpoint, and a line cut off in a crash", async () => {
    const straight = await run([]);
    const directory = await newFolder();
    await runTraining(toyTask(), toyOptions(directory, { steps: 4 }));
    await appendFile(join(directory, "metrics.jsonl"), '{"step":5,"loss":7}\n{"step":6,"lo');
    const resumed = await runTraining(toyTask(), toyOptions(directory));
    const rows = await readMetrics(directory);
    expect(rows.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect((await fingerprint(directory, resumed.checkpoint)).metrics).toEqual(
      (await fingerprint(straight.directory, straight.checkpoint)).metrics,
    );
  });

  test("a finished run is left as it is", async () => {
    const { directory, checkpoint } = await run([]);
    const before = await fingerprint(directory, checkpoint);
    const again = await runTraining(toyTask(), toyOptions(directory));
    expect(again.checkpoint).toBe(checkpoint);
    expect(await fingerprint(directory, checkpoint)).toEqual(before);
  });

  test("other settings are refused in one sentence, and nothing changes", async () => {
    const { directory, checkpoint } = await run([]);
    const before = await fingerprint(directory, checkpoint);
    const other = runTraining(toyTask({ name: "another" }), toyOptions(directory, { steps: 20 }));
    await expect(other).rejects.toMatchObject({
      code: "bad_option",
      message: expect.stringMatching(
        /^.*checkpoint-00000010 was made with other settings \(name was "toy" and is "another"\); resume .* -o, where --from .* has learnt\.$/,
      ),
    });
    expect(await fingerprint(directory, checkpoint)).toEqual(before);
  });

  test("a resume that is refused, or fails, holds no tensors", async () => {
    const { directory, checkpoint } = await run([]);
    const live = liveTensorCount();
    const task = toyTask({ name: "another" });
    const options = toyOptions(directory, { steps: 20 });
    await expect(runTraining(task, options)).rejects.toThrow("other settings");
    expect(liveTensorCount()).toBe(live + task.parameters.size);
    await writeFile(join(checkpoint, "optimizer.safetensors"), "");
    const same = toyTask();
    await expect(runTraining(same, options)).rejects.toThrow("optimizer.safetensors is not");
    expect(liveTensorCount()).toBe(live + task.parameters.size + same.parameters.size);
  });
});

describe("pictures of the user's own", () => {
  const withData = (source: string, identity: string): TrainingTask => ({
    ...toyTask(),
    settings: { recipe: { steps: 10, data: { source, identity, pictures: 3 } } },
  });

  test("may be named by another path when a run goes on", async () => {
    const directory = await newFolder();
    await runTraining(withData("photos", "ab"), toyOptions(directory, { steps: 4 }));
    const { state } = await runTraining(withData("/home/photos/", "ab"), toyOptions(directory));
    expect(state.step).toBe(10);
  });

  test("may not be others", async () => {
    const directory = await newFolder();
    await runTraining(withData("photos", "ab"), toyOptions(directory, { steps: 4 }));
    await expect(runTraining(withData("photos", "cd"), toyOptions(directory))).rejects.toThrow(
      "other settings (the pictures or captions were others, or their files have changed since); resume",
    );
  });
});

describe("on another device", () => {
  async function madeOn(changes: Record<string, unknown>) {
    const directory = await newFolder();
    const { checkpoint } = await runTraining(toyTask(), toyOptions(directory, { steps: 4 }));
    const path = join(checkpoint, "state.json");
    const state = JSON.parse(await readFile(path, "utf8"));
    await writeFile(path, JSON.stringify({ ...state, ...changes }));
    const warnings: string[] = [];
    const result = await runTraining(
      toyTask(),
      toyOptions(directory, { onWarning: (text) => warnings.push(text) }),
    );
    const { hashes } = await fingerprint(directory, result.checkpoint);
    return { warnings, hashes, state: result.state };
  }
  const ofCuda = { device: "cuda:0", generator: Buffer.alloc(16).toString("base64") };

  test("a run goes on with other random numbers, and says so", async () => {
    const [found, again] = [await madeOn(ofCuda), await madeOn(ofCuda)];
    expect(found.state).toMatchObject({ step: 10, device: "cpu" });
    expect(found.warnings).toEqual([expect.stringMatching(/on cpu from .* cuda:0: .* step 4 on/)]);
    expect(again.hashes).toEqual(found.hashes);
  });

  test("a run that does not say goes on as it was where its random numbers fit", async () => {
    const straight = await run([]);
    const fitting = await madeOn({ device: undefined });
    expect(fitting.warnings).toEqual([]);
    const { hashes } = await fingerprint(straight.directory, straight.checkpoint);
    expect(fitting.hashes).toEqual(hashes);
    const other = await madeOn({ ...ofCuda, device: undefined });
    expect(other.warnings).toEqual([expect.stringContaining("another kind of device")]);
  });
});

describe("a step that is not finite", () => {
  test.each([
    ["loss", { broken: [0, 3] }],
    ["gradient", { brokenGradient: [0, 3] }],
  ])("in its %s is skipped and counted", async (_, toy) => {
    const { state, directory } = await run([], toy);
    expect(state).toMatchObject({ step: 10, updates: 8, skipped: 2 });
    const rows = await readMetrics(directory);
    expect(rows.map(({ skipped }) => skipped)).toEqual([1, 1, 1, 2, 2, 2, 2, 2, 2, 2]);
  });

  test("leaves parameters, averages and moments as they were", async () => {
    const clean = await run([], {}, 3);
    const skipping = await run([], { broken: [3] }, 4);
    const hashes = async ({ directory, checkpoint }: typeof clean) =>
      (await fingerprint(directory, checkpoint)).hashes;
    expect(await hashes(skipping)).toEqual(await hashes(clean));
  });
});

describe("stopping", () => {
  test("between two steps still writes a checkpoint of the last one", async () => {
    const directory = await newFolder();
    const controller = new AbortController();
    const { signal } = controller;
    const onProgress = ({ step }: { step: number }) => {
      if (step === 3) setImmediate(() => controller.abort());
    };
    const { state, checkpoint } = await runTraining(
      toyTask(),
      toyOptions(directory, { signal, onProgress, steps: 1000 }),
    );
    expect(checkpoint).toBe(join(directory, `checkpoint-${String(state.step).padStart(8, "0")}`));
    expect(state.step).toBeLessThan(10);
    expect(await readdir(checkpoint)).toContain("state.json");
  });

  test("before the first step leaves a checkpoint to start from", async () => {
    const directory = await newFolder();
    const { state } = await runTraining(
      toyTask(),
      toyOptions(directory, { signal: AbortSignal.abort() }),
    );
    expect(state.step).toBe(0);
    const { checkpoint } = await runTraining(toyTask(), toyOptions(directory));
    const straight = await run([]);
    expect((await fingerprint(directory, checkpoint)).hashes).toEqual(
      (await fingerprint(straight.directory, straight.checkpoint)).hashes,
    );
  });
});

describe("a run", () => {
  test("reports each step, logs as asked, and writes sheets and checkpoints when due", async () => {
    const directory = await newFolder();
    const steps: number[] = [];
    const sheets: string[] = [];
    const task: TrainingTask = {
      ...toyTask(),
      sample: async (_, path) => {
        sheets.push(path.slice(directory.length));
        await writeFile(path, "");
      },
    };
    await mkdir(join(directory, "checkpoint-00000002.partial")); // left by a crash
    const result = await runTraining(
      task,
      toyOptions(directory, {
        logEvery: 3,
        sampleEvery: 4,
        onProgress: ({ step }) => steps.push(step),
      }),
    );
    expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect((await readMetrics(directory)).map(({ step }) => step)).toEqual([3, 6, 9, 10]);
    expect(result.last).toMatchObject({ step: 10, learningRate: 0.05 / 10, skipped: 0 });
    expect(result.last!.twice).toBe(2 * result.last!.loss!);
    expect(sheets).toEqual(
      [4, 8, 10].map((step) => `/samples/step-${String(step).padStart(8, "0")}.png`),
    );
    expect((await readdir(directory)).sort()).toEqual([
      "checkpoint-00000010",
      "metrics.jsonl",
      "samples",
    ]);
  });

  test("goes on where a sheet fails, with the checkpoint of that step", async () => {
    const directory = await newFolder();
    const warnings: string[] = [];
    const seen: string[][] = [];
    const task: TrainingTask = {
      ...toyTask(),
      sample: async () => {
        seen.push((await readdir(directory)).filter((name) => name.startsWith("checkpoint")));
        throw new Error("no space left");
      },
    };
    const onWarning = (text: string) => warnings.push(text);
    const options = toyOptions(directory, { checkpointEvery: 5, onWarning });
    const { state } = await runTraining(task, options);
    expect(state.step).toBe(10);
    expect(seen).toEqual([["checkpoint-00000005"], ["checkpoint-00000010"]]);
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(/step-00000005\.png could not be made \(no space left\); training/);
  });

  test("learns", async () => {
    const { directory } = await run([], {}, 60);
    const rows = await readMetrics(directory);
    expect(rows.at(-1)!.loss!).toBeLessThan(0.7 * rows[0]!.loss!);
  });

  test("changes the parameters that learn, and no others, to the last bit", async () => {
    const bytesOf = (task: TrainingTask) =>
      [...task.parameters].map(([name, value]) => [name, [...(value.toArray() as Float32Array)]]);
    const before = Object.fromEntries(bytesOf(toyTask()));
    const task = { ...toyTask(), learns: (name: string) => name === "bias" };
    const { checkpoint } = await runTraining(task, toyOptions(await newFolder()));
    await using averaged = await SafetensorsFile.open(join(checkpoint, "ema.safetensors"));
    expect([...(await averaged.readFloat32("weight"))]).toEqual(before.weight);
    expect([...(await averaged.readFloat32("bias"))]).not.toEqual(before.bias);
  });

  test("passes a task's warnings on", async () => {
    const warnings: string[] = [];
    const warning = ({ step }: { step: number }) => (step === 4 ? "step four" : undefined);
    await runTraining(
      { ...toyTask(), warning },
      toyOptions(await newFolder(), { onWarning: (text) => warnings.push(text) }),
    );
    expect(warnings).toEqual(["step four"]);
  });

  test("tells a task of all rows again when it goes on, and so says again what it has warned of", async () => {
    const directory = await newFolder();
    const told: number[] = [];
    const warning = ({ step }: { step: number }) => {
      told.push(step);
      return undefined;
    };
    for (const steps of [3, 5])
      await runTraining({ ...toyTask(), warning }, toyOptions(directory, { steps }));
    expect(told).toEqual([1, 2, 3, 1, 2, 3, 4, 5]);
  });

  test("holds no more tensors after a step than before it, from the second on", async () => {
    const live: number[] = [];
    await runTraining(
      toyTask({ broken: [5] }),
      toyOptions(await newFolder(), { onProgress: () => live.push(liveTensorCount()) }),
    );
    expect(risesOf(live.slice(1))).toEqual([]);
  });
});
