/** @file Checkpoints survive kills at any moment, and damaged ones are refused in one sentence. */
import { spawn } from "node:child_process";
import {
  copyFile,
  cp,
  mkdir,
  open,
  readdir,
  readFile,
  rm,
  truncate,
  writeFile,
} from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { SafetensorsFile } from "@dalle-ts/tensor";
import type { TorchTensor } from "@dalle-ts/torch";
import { describe, expect, test } from "vitest";
import {
  type CheckpointState,
  latestCheckpoint,
  readState,
  saveCheckpoint,
  weightsPath,
} from "../../src/checkpoint/checkpoint.js";
import { readParameters } from "../../src/parameters.js";
import { runTraining } from "../../src/run/train-loop.js";
import { newFolder } from "../run/folders.js";
import { toyOptions, toyTask } from "../run/toy-task.js";

describe("SIGKILL in the middle of a save", () => {
  const program = fileURLToPath(new URL("save-forever.ts", import.meta.url));

  /** Starts the saving process, kills it `milliseconds` after its first checkpoint, and returns the last step it reported. */
  async function saveAndKill(directory: string, milliseconds: number): Promise<number> {
    const child = spawn(
      process.execPath,
      ["--conditions=@dalle-ts/source", "--import=tsx", program, directory],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    let reported = 0;
    const exited = new Promise((resolve) => child.once("close", resolve));
    const started = new Promise<void>((resolve) => {
      child.stdout.on("data", (data) => {
        reported = Number(String(data).trim().split("\n").at(-1));
        resolve();
      });
    });
    await Promise.race([started, exited]);
    await wait(milliseconds);
    child.kill("SIGKILL");
    await exited;
    return reported;
  }

  /** Every number in every file of a checkpoint must be its step. */
  async function check(checkpoint: string, step: number): Promise<void> {
    for (const file of ["model", "averaged", "optimiser"] as const) {
      await using weights = await SafetensorsFile.open(weightsPath(checkpoint, file));
      expect(weights.tensors.size).toBe(file === "optimiser" ? 4 : 2);
      for (const name of weights.tensors.keys()) {
        expect((await weights.readFloat32(name)).every((value) => value === step)).toBe(true);
      }
    }
  }

  // Six seconds; minutes where the machine is busy, since five processes load libtorch one after the other.
  const timeout = 300_000;
  test("leaves a whole newest checkpoint, no older than the last one reported", {
    timeout,
  }, async () => {
    const directory = await newFolder();
    const halfWritten: string[] = [];
    // At least five kills, and more until some fell into a save: on a busy machine the first ones may all miss.
    for (let kill = 0; kill < 5 || (halfWritten.length === 0 && kill < 40); kill++) {
      const milliseconds = 3 + ((7 * kill) % 41);
      const reported = await saveAndKill(directory, milliseconds);
      const newest = await latestCheckpoint(directory);
      const { step } = await readState(newest!);
      expect(reported).toBeGreaterThan(0);
      expect(step).toBeGreaterThanOrEqual(reported);
      await check(newest!, step);
      const names = await readdir(directory);
      for (const name of names.filter((each) => !each.endsWith(".partial")))
        await check(join(directory, name), Number(name.slice(-8)));
      halfWritten.push(...names.filter((name) => name.endsWith(".partial")));
    }
    expect(halfWritten.length).toBeGreaterThan(0);
  });
});

describe("a save that fails", () => {
  test("leaves the checkpoint before it, and takes no room", async () => {
    const directory = await newFolder();
    const task = toyTask();
    const { checkpoint, state } = await runTraining(task, toyOptions(directory));
    await mkdir(join(directory, "checkpoint-00000007.partial")); // of a run that was killed
    const [parameters, averaged, means] = Array.from({ length: 3 }, () => toyTask().parameters);
    const unreadable = {
      shape: [1],
      toArray() {
        throw new Error("no space left on device");
      },
    };
    const variances = new Map([["weight", unreadable as unknown as TorchTensor]]);
    const next: CheckpointState = { ...state, step: 11 };
    const saving = saveCheckpoint(directory, next, {
      parameters: parameters!,
      averaged: averaged!,
      means: means!,
      variances,
    });
    await expect(saving).rejects.toThrow("no space left");
    expect((await readdir(directory)).filter((name) => name.startsWith("checkpoint"))).toEqual([
      basename(checkpoint),
    ]);
  });
});

describe("a damaged checkpoint", () => {
  /** A run of ten steps, ready to be damaged. */
  async function trained() {
    const directory = await newFolder();
    const { checkpoint } = await runTraining(toyTask(), toyOptions(directory));
    return { directory, checkpoint };
  }
  const resume = (directory: string) =>
    runTraining(toyTask(), toyOptions(directory, { steps: 12 }));

  test.each(["model", "ema", "optimizer"])(
    "with %s.safetensors cut short is refused by name",
    async (name) => {
      const { directory, checkpoint } = await trained();
      const path = join(checkpoint, `${name}.safetensors`);
      const { length } = await readFile(path);
      for (const size of [length - 1, Math.floor(length / 2), 8, 3, 0]) {
        await truncate(path, size);
        await expect(resume(directory)).rejects.toMatchObject({
          code: "bad_file",
          message: expect.stringMatching(
            new RegExp(`${name}\\.safetensors is not a sound safetensors file: .*\\.$`),
          ),
        });
      }
    },
  );

  test("with a header of nonsense is refused", async () => {
    const { directory, checkpoint } = await trained();
    const file = await open(join(checkpoint, "model.safetensors"), "r+");
    await file.write(Buffer.from("}}}}"), 0, 4, 12);
    await file.close();
    await expect(resume(directory)).rejects.toMatchObject({ code: "bad_file" });
  });

  test("with the weights of another shape or without one is refused by the tensor's name", async () => {
    const { checkpoint } = await trained();
    const path = weightsPath(checkpoint, "model");
    const read = (name: string, shape: number[]) => readParameters(path, [{ name, shape }], "cpu");
    await expect(read("weight", [2, 3])).rejects.toThrow(
      /model\.safetensors: "weight" has shape \[3,2\] and the config needs \[2,3\]/,
    );
    await expect(read("other", [2])).rejects.toThrow(/"other" has shape \[missing\]/);
  });

  test("without a file is refused", async () => {
    const { directory, checkpoint } = await trained();
    await rm(join(checkpoint, "ema.safetensors"));
    await expect(resume(directory)).rejects.toMatchObject({ code: "not_found" });
  });

  test.each([
    ["nonsense", "{"],
    ["another version", '{"formatVersion":2}'],
    ["no object", "null"],
  ])("with a state of %s is refused", async (_, text) => {
    const { directory, checkpoint } = await trained();
    await writeFile(join(checkpoint, "state.json"), text);
    await expect(resume(directory)).rejects.toMatchObject({
      code: "bad_file",
      message: expect.stringMatching(/state\.json is not a checkpoint state of format version 1/),
    });
  });
});

describe("the newest checkpoint", () => {
  test("is that of the largest step; partial and foreign folders do not count", async () => {
    const directory = await newFolder();
    expect(await latestCheckpoint(directory)).toBeUndefined();
    for (const name of [
      "checkpoint-00000100",
      "checkpoint-00000020",
      "checkpoint-00000300.partial",
      "samples",
    ]) {
      await mkdir(join(directory, name));
    }
    expect(await latestCheckpoint(directory)).toBe(join(directory, "checkpoint-00000100"));
    expect(await latestCheckpoint(join(directory, "nowhere"))).toBeUndefined();
  });

  test("can be moved to another folder and resumed there", async () => {
    const [here, there] = [await newFolder(), await newFolder()];
    const { checkpoint } = await runTraining(toyTask(), toyOptions(here, { steps: 5 }));
    const name = checkpoint.slice(here.length + 1);
    await cp(checkpoint, join(there, name), { recursive: true });
    await copyFile(join(here, "metrics.jsonl"), join(there, "metrics.jsonl"));
    const [a, b] = [
      await runTraining(toyTask(), toyOptions(here)),
      await runTraining(toyTask(), toyOptions(there)),
    ];
    const weights = (result: typeof a) => readFile(weightsPath(result.checkpoint, "model"));
    expect(await weights(b)).toEqual(await weights(a));
  });
});
