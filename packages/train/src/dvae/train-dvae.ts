/** @file Trains a dVAE by a recipe, from painting the pictures to the last checkpoint. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { paint, worldSample } from "@dalle-ts/data";
import { checkDevice } from "@dalle-ts/torch";
import { contactSheet, DvaeRuntime, encodePng, writeFileAtomic } from "dalle-ts";
import { exportDvae } from "../export/export-dvae.js";
import { hostParameters, type TorchParameters } from "../parameters.js";
import { type RunOptions, type RunResult, runTraining } from "../run/train-loop.js";
import { paintPool } from "./pool.js";
import type { DvaeRecipe } from "./recipe.js";
import { dvaeTask } from "./task.js";

export interface TrainOptions
  extends Pick<RunOptions, "directory" | "signal" | "onProgress" | "onWarning" | "logEvery"> {
  /** @default "cpu" */
  readonly device?: string;
  /** Progress of what comes before the first step. */
  readonly onPrepare?: (what: string, done: number, total: number) => void;
}

export async function trainDvae(recipe: DvaeRecipe, options: TrainOptions): Promise<RunResult> {
  const device = checkDevice(options.device ?? "cpu");
  const pool = paintPool({
    ...recipe.data,
    size: recipe.model.imageSize,
    onProgress: (done, total) => options.onPrepare?.("painting", done, total),
  });
  const sample = (averaged: TorchParameters, path: string) =>
    reconstructionSheet(recipe, averaged, path);
  const { steps, seed, checkpointEvery, sampleEvery } = recipe;
  const task = dvaeTask(recipe, pool, sample, device);
  return runTraining(task, { ...options, steps, seed, checkpointEvery, sampleEvery });
}

const SHEET_PICTURES = 12;

/** Held-out pictures above, what the exported dVAE makes of them below. */
async function reconstructionSheet(
  recipe: DvaeRecipe,
  parameters: TorchParameters,
  path: string,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "dalle-sample-"));
  try {
    await exportDvae(folder, recipe.model, hostParameters(parameters));
    await using dvae = new DvaeRuntime(folder, recipe.model);
    const size = recipe.model.imageSize;
    const originals = Array.from({ length: SHEET_PICTURES }, (_, index) => {
      const { families, seed } = recipe.data;
      const { scene } = worldSample(seed, index, { families, split: "held-out" });
      return { width: size, height: size, pixels: paint(scene, size) };
    });
    const reconstructions = [];
    for (const image of originals) {
      reconstructions.push(await dvae.decode(await dvae.encode(image)));
    }
    const sheet = contactSheet([...originals, ...reconstructions], { columns: SHEET_PICTURES });
    await writeFileAtomic(path, await encodePng(sheet));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
