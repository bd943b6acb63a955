/** @file A decoder taught the codes of an earlier dVAE: the codes stay, and draw better. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { paint, worldSample } from "@dalle-ts/data";
import { liveTensorCount } from "@dalle-ts/torch";
import { expect, test } from "vitest";
import { encodePictures } from "../../src/dvae/encode-pictures.js";
import type { DvaeRecipe } from "../../src/dvae/recipe.js";
import { trainDvae } from "../../src/dvae/train-dvae.js";
import { tinyDvae } from "../../src/recipes/tiny/tiny-dvae.js";
import { readMetrics } from "../../src/run/metrics-log.js";
import { openDvaeRun } from "../../src/run/run-folder.js";
import { newFolder } from "../run/folders.js";
import { risesOf } from "../run/live-tensors.js";

const whole: DvaeRecipe = {
  ...tinyDvae,
  model: { ...tinyDvae.model, imageSize: 16, codes: 24, hidden: 8, codeWidth: 4 },
  data: { families: ["objects"], seed: 1, pictures: 12 },
  autoencoderShare: 2 / 8,
  steps: 8,
  batch: 4,
  learningRate: { peak: 2e-3, end: 1e-4, warmUp: 2 },
};
const decoder: DvaeRecipe = {
  ...whole,
  name: "larger-decoder",
  model: { ...whole.model, decoder: { hidden: 16, blocksPerGroup: 3 } },
  autoencoderShare: 0,
  steps: 80,
  learns: ["decoder."],
};

async function firstRun(): Promise<string> {
  const directory = await newFolder();
  await trainDvae(whole, { directory });
  return directory;
}

test("keeps every weight of the encoder, and so the name of its codes, and learns", async () => {
  const [first, directory] = [await firstRun(), await newFolder()];
  const live: number[] = [];
  const onProgress = () => live.push(liveTensorCount());
  await trainDvae(decoder, { directory, from: first, logEvery: 1, onProgress });
  const [before, after] = [await openDvaeRun(first), await openDvaeRun(directory)];
  expect(after.hash).toBe(before.hash);
  expect(after.config.decoder).toEqual({ hidden: 16, blocksPerGroup: 3 });
  for (const [name, weight] of before.parameters) {
    if (name.startsWith("encoder.")) {
      expect(after.parameters.get(name)!.toArray(), name).toEqual(weight.toArray());
    }
  }
  const rows = await readMetrics(directory);
  expect(rows.at(-1)!.psnr!).toBeGreaterThan(rows[0]!.psnr! + 1);
  expect(risesOf(live.slice(1))).toEqual([]);
});

test("of the same shape begins with the weights that there are", async () => {
  const { decoder: _, ...model } = decoder.model;
  const [first, directory] = [await firstRun(), await newFolder()];
  const idle = { peak: 0, end: 0, warmUp: 1 };
  await trainDvae({ ...decoder, model, learningRate: idle, steps: 1 }, { directory, from: first });
  const [before, after] = [await openDvaeRun(first), await openDvaeRun(directory)];
  for (const [name, weight] of before.parameters) {
    expect(after.parameters.get(name)!.toArray(), name).toEqual(weight.toArray());
  }
});

test("draws twice the size from the same codes", async () => {
  const [first, directory] = [await firstRun(), await newFolder()];
  const model = { ...decoder.model, imageSize: 32, reduction: 2 };
  const warnings: string[] = [];
  const onWarning = (warning: string) => warnings.push(warning);
  await trainDvae({ ...decoder, model, steps: 3 }, { directory, from: first, onWarning });
  expect(warnings).toEqual([]);
  expect(await readdir(join(directory, "samples"))).toEqual(["step-00000003.png"]);
  const [before, after] = [await openDvaeRun(first), await openDvaeRun(directory)];
  expect(after.hash).toBe(before.hash);
  expect(after.parameters.get("decoder.output.weight")!.shape).toEqual([2 * 3 * 8 * 8, 16, 1, 1]);
  const small = paint(worldSample(1, 0, { families: ["objects"] }).scene, 16);
  const large = Uint8Array.from({ length: 32 * 32 * 3 }, (_, index) => {
    const [row, column] = [Math.floor(index / 96), Math.floor(index / 3) % 32];
    return small[((row >> 1) * 16 + (column >> 1)) * 3 + (index % 3)]!;
  });
  const codes = encodePictures(after, large, 1, "cpu");
  expect(codes).toEqual(encodePictures(before, small, 1, "cpu"));
  expect(new Set(codes).size).toBeGreaterThan(1);
});

test("needs a dVAE with such an encoder, and says so", async () => {
  const [first, directory] = [await firstRun(), await newFolder()];
  await expect(trainDvae(decoder, { directory })).rejects.toThrow(
    "The recipe larger-decoder teaches a decoder the codes of an earlier dVAE; name its folder with --from.",
  );
  const whole = { ...decoder, learns: ["encoder.", "decoder."], autoencoderShare: 0.5 };
  await expect(trainDvae(whole, { directory, from: first })).rejects.toThrow(
    `larger-decoder begins with an autoencoder, which would undo the codes of ${first}; say --set autoencoderShare=0, or begin without --from.`,
  );
  const both = { ...decoder, autoencoderShare: 0.5 }; // whose decoder alone would learn
  await expect(trainDvae(both, { directory, from: first })).rejects.toThrow(
    "larger-decoder begins with an autoencoder, which would undo the codes of",
  );
  const uncentred = { ...decoder, model: { ...decoder.model, centred: !decoder.model.centred } };
  await expect(trainDvae(uncentred, { directory, from: first })).rejects.toThrow(
    `${first} has another encoder than the recipe's model`,
  );
  const wider = { ...decoder, model: { ...decoder.model, hidden: 16 } };
  await expect(trainDvae(wider, { directory, from: first })).rejects.toThrow(
    `${first} has another encoder than the recipe's model; name the dVAE that larger-decoder was made for with --from, or choose a recipe with this encoder.`,
  );
  const { learns: _, ...alone } = wider; // which needs no other dVAE
  await expect(trainDvae(alone, { directory, from: first })).rejects.toThrow(
    `${first} has another encoder than the recipe's model; choose the one it was trained with, or begin without --from.`,
  );
});
