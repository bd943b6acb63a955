/**
 * @file A process that saves checkpoints until it is killed: `save-forever.ts <run folder>`. Checkpoint n holds the number
 * n in every tensor; a line is printed when each is done.
 */
import { aten, scalarTypes } from "@dalle-ts/torch";
import { latestCheckpoint, readState, saveCheckpoint } from "../../src/checkpoint/checkpoint.js";
import type { TorchParameters } from "../../src/parameters.js";

/** Enough bytes that a kill falls into the writing of each file. */
const shapes = { large: [300, 1000], small: [7] };

const directory = process.argv[2]!;
const newest = await latestCheckpoint(directory);
const first = newest ? (await readState(newest)).step + 1 : 1;
for (let step = first; ; step++) {
  const filled = (): TorchParameters =>
    new Map(
      Object.entries(shapes).map(([name, shape]) => [
        name,
        aten("aten::full", shape, step, scalarTypes.f32, undefined, "cpu"),
      ]),
    );
  const state = {
    formatVersion: 1 as const,
    kind: "toy",
    settings: {},
    step,
    updates: step,
    skipped: 0,
    seconds: 0,
    generator: "",
  };
  await saveCheckpoint(directory, state, {
    parameters: filled(),
    averaged: filled(),
    means: filled(),
    variances: filled(),
  });
  console.log(step);
}
