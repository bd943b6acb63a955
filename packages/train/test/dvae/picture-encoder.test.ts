/** @file `dalle data encode` by a training run: the codes are those of the model that will be exported. */
import { paint, worldSample } from "@dalle-ts/data";
import { dvaeSpecs } from "@dalle-ts/models";
import { DvaeRuntime } from "dalle-ts/parts";
import { expect, test } from "vitest";
import { loudParameters, torchParameters } from "../../../models/test/tiny.js";
import { openPictureEncoder } from "../../src/dvae/picture-encoder.js";
import type { DvaeRecipe } from "../../src/dvae/recipe.js";
import { dvaeTask } from "../../src/dvae/task.js";
import { exportDvae } from "../../src/export/export-dvae.js";
import { hostParameters } from "../../src/parameters.js";
import { tinyDvae } from "../../src/recipes/tiny/tiny-dvae.js";
import { openDvaeRun } from "../../src/run/run-folder.js";
import { runTraining } from "../../src/run/train-loop.js";
import { newFolder } from "../run/folders.js";

test("also where it computes in bf16, which takes other codes where two are nearly as likely", async () => {
  const directory = await newFolder();
  const recipe: DvaeRecipe = { ...tinyDvae, precision: "bf16", autoencoderShare: 0, steps: 1 };
  const { model, seed, checkpointEvery, sampleEvery } = recipe;
  const size = model.imageSize;
  const pictures = Array.from({ length: 24 }, (_, index) =>
    paint(worldSample(1, index, { families: ["objects"] }).scene, size),
  );
  const pool = { count: pictures.length, size, bytes: Buffer.concat(pictures) };
  const start = { parameters: torchParameters(loudParameters(dvaeSpecs(model), 3)), hash: "" };
  const task = dvaeTask(recipe, pool, async () => {}, "cpu", start);
  await runTraining(task, { directory, seed, steps: 1, checkpointEvery, sampleEvery });

  const exported = await newFolder();
  const { parameters } = await openDvaeRun(directory, "cpu");
  await exportDvae(exported, model, hostParameters(parameters));
  await using runtime = new DvaeRuntime(exported, model);
  await using encoder = await openPictureEncoder(directory);
  for (const [index, pixels] of pictures.entries()) {
    const codes = await runtime.encode({ width: size, height: size, pixels });
    const found = await encoder.encode(pixels, 1);
    expect(Int32Array.from(found), `picture ${index}`).toEqual(codes);
  }
});
