/** @file Training the dVAE: exact resuming, no leaks, every code in use at the start, and that it learns. */
import { decodeCodes, dvaeSpecs, encoder, logitLaplaceLoss, mapPixels } from "@dalle-ts/models";
import {
  liveTensorCount,
  noGradient,
  seedGenerator,
  type TorchTensor,
  tidy,
} from "@dalle-ts/torch";
import { describe, expect, test, vi } from "vitest";
import { autoencoderSteps, checkDvaeRecipe, type DvaeRecipe } from "../../src/dvae/recipe.js";
import { dvaeTask } from "../../src/dvae/task.js";
import { initialiseParameters, type TorchParameters, treeOf } from "../../src/parameters.js";
import {
  gatherPictures,
  type PicturePool,
  type PictureStream,
} from "../../src/pictures/picture-batches.js";
import * as pictures from "../../src/pictures/pictures-from-bytes.js";
import { world64Dvae } from "../../src/recipes/blocks-and-objects/world-64-dvae.js";
import { tinyDvae } from "../../src/recipes/tiny/tiny-dvae.js";
import { readMetrics } from "../../src/run/metrics-log.js";
import { type RunOptions, runTraining } from "../../src/run/train-loop.js";
import { fingerprint, newFolder } from "../run/folders.js";
import { risesOf } from "../run/live-tensors.js";

vi.mock("../../src/pictures/pictures-from-bytes.js", async (original) => {
  const actual = await original<typeof pictures>();
  return { picturesFromBytes: vi.fn(actual.picturesFromBytes) };
});

const recipe: DvaeRecipe = {
  ...tinyDvae,
  model: { ...tinyDvae.model, imageSize: 16, codes: 24, hidden: 8, codeWidth: 4 },
  autoencoderShare: 2 / 8,
  steps: 8,
  batch: 3,
  learningRate: { peak: 2e-3, end: 1e-4, warmUp: 2 },
};

/** Pictures of two colours, each split at another place. */
function somePictures(count: number, size: number): PicturePool {
  const bytes = Uint8Array.from({ length: count * size * size * 3 }, (_, index) => {
    const picture = Math.floor(index / (size * size * 3));
    const column = Math.floor(index / 3) % size;
    const left = column < 2 + ((picture * 5) % (size - 4));
    return (left ? 40 + 37 * picture : 220 - 29 * picture + 60 * (index % 3)) & 255;
  });
  return { count, size, bytes };
}

const pool = somePictures(7, 16);
const noSheet = async () => {};

function train(of: DvaeRecipe, directory: string, options: Partial<RunOptions> = {}) {
  seedGenerator(5); // whatever the generator did before must not matter
  return runTraining(dvaeTask(of, pool, noSheet, "cpu"), {
    directory,
    steps: of.steps,
    seed: of.seed,
    logEvery: 1,
    checkpointEvery: of.steps,
    sampleEvery: of.steps,
    ...options,
  });
}

describe.each(["f32", "bf16"] as const)("in %s", (precision) => {
  // Two steps are of an autoencoder; the third begins with the first codes.
  test.each([1, 2, 4])(
    "stopped after %d of eight steps it ends as if it had not been, bit for bit",
    async (stop) => {
      const [straight, resumed] = [await newFolder(), await newFolder()];
      const whole = await train({ ...recipe, precision }, straight);
      const controller = new AbortController();
      const { signal } = controller;
      const onProgress = ({ step }: { step: number }) => step === stop && controller.abort();
      const half = await train({ ...recipe, precision }, resumed, { signal, onProgress });
      expect(half.state.step).toBe(stop);
      const rest = await train({ ...recipe, precision }, resumed);
      expect(await fingerprint(resumed, rest.checkpoint)).toEqual(
        await fingerprint(straight, whole.checkpoint),
      );
    },
  );
});

test("logs what tells a good run from a bad one, and learns", async () => {
  const directory = await newFolder();
  await train({ ...recipe, steps: 60 }, directory);
  const rows = await readMetrics(directory);
  expect(Object.keys(rows.at(-1)!)).toEqual(
    expect.arrayContaining([
      "loss",
      "reconstruction",
      "kl",
      "psnr",
      "usage",
      "perplexity",
      "temperature",
      "klWeight",
    ]),
  );
  expect(rows.at(-1)!.psnr!).toBeGreaterThan(rows[0]!.psnr! + 1.5);
  expect(rows.at(-1)!.reconstruction!).toBeLessThan(rows[0]!.reconstruction!);
});

test("holds no more tensors after a step than before it, from the second on", async () => {
  const live: number[] = [];
  await train(recipe, await newFolder(), { onProgress: () => live.push(liveTensorCount()) });
  expect(risesOf(live.slice(1))).toEqual([]);
});

test("warns when codes stay out of use in the second half", () => {
  const task = tidy(() => dvaeTask({ ...recipe, steps: 100 }, pool, noSheet, "cpu"));
  const warnings = [40, 60, 70, 80].map((step) => task.warning!({ step, perplexity: 1.2 }));
  expect(warnings.map(Boolean)).toEqual([false, false, true, false]);
  expect(warnings[2]).toContain("1.2 of 24 codes");
});

describe("the loss on held-out pictures", () => {
  const streamOf = (of: PicturePool): PictureStream => ({
    count: of.count,
    size: of.size,
    load: async (records) => ({ bytes: gatherPictures(of, records), captions: [] }),
  });
  const heldOut = somePictures(9, 16);
  const lossesOf = (averaged: TorchParameters, step: number) => {
    const source = { ...streamOf(pool), heldOut: streamOf(heldOut) };
    const task = tidy(() => dvaeTask(recipe, source, noSheet, "cpu"));
    return task.validate!(averaged, step);
  };
  const averaged = initialiseParameters(dvaeSpecs(recipe.model), "cpu");
  const withOther = (name: string) =>
    new Map(averaged).set(
      name,
      tidy(() => averaged.get(name)!.mul(-1)),
    );

  test("is that of first choices, by the averaged weights (relative error ≤ 1e-5)", async () => {
    /** Of all at once; the means of batches of three are those of nine. */
    const lossOf = ({ bytes, count, size }: PicturePool) =>
      noGradient(() =>
        tidy(() => {
          const tree = treeOf(averaged);
          const shown = pictures.picturesFromBytes(bytes, count, size, "cpu");
          const pixels: TorchTensor = mapPixels(shown);
          const codes = encoder(tree.at("encoder"), recipe.model, pixels).argmax(-1);
          const decoded = decodeCodes(tree.at("decoder"), recipe.model, codes);
          return logitLaplaceLoss(decoded, pixels, Math.log(recipe.smallestScale)).item();
        }),
      );
    const found = await lossesOf(averaged, autoencoderSteps(recipe) + 1);
    expect(found.validationLoss / lossOf(heldOut)).toBeCloseTo(1, 5);
    expect(found.trainingLoss / lossOf(pool)).toBeCloseTo(1, 5);
  });

  test("is of an autoencoder, which has no codes, to the end of its steps", async () => {
    const [before, after] = [autoencoderSteps(recipe), autoencoderSteps(recipe) + 1];
    const other = withOther("decoder.codebook.weight");
    expect(await lossesOf(other, before)).toEqual(await lossesOf(averaged, before));
    expect(await lossesOf(other, after)).not.toEqual(await lossesOf(averaged, after));
    const sending = withOther("encoder.output.weight");
    expect(await lossesOf(sending, before)).not.toEqual(await lossesOf(averaged, before));
  });

  test("is another one from there on", () => {
    const source = { ...streamOf(pool), heldOut: streamOf(heldOut) };
    const task = tidy(() => dvaeTask(recipe, source, noSheet, "cpu"));
    expect(task.lossChangesAfter).toBe(autoencoderSteps(recipe));
  });
});

describe("the first codes", () => {
  const metricsAt = (step: number, of: PicturePool = pool) =>
    noGradient(() =>
      tidy(() => {
        const task = dvaeTask(recipe, of, noSheet, "cpu");
        task.beforeStep!(step);
        return task.loss(step).metrics();
      }),
    );

  test("are many, where without the clustering there are few", () => {
    const { perplexity } = metricsAt(autoencoderSteps(recipe));
    expect(perplexity!).toBeGreaterThan(4); // of 24, on striped pictures of two colours
    const { perplexity: unclustered } = metricsAt(autoencoderSteps(recipe) + 1);
    expect(unclustered!).toBeLessThan(perplexity!);
  });

  test("are found without all their pictures on the device at once", () => {
    vi.mocked(pictures.picturesFromBytes).mockClear();
    metricsAt(autoencoderSteps(recipe));
    const counts = vi.mocked(pictures.picturesFromBytes).mock.calls.map(([, count]) => count);
    expect(Math.max(...counts)).toBeLessThanOrEqual(64);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1024 + recipe.batch);
  });

  test("are finite even where all cells are alike", () => {
    const flat = { ...pool, bytes: new Uint8Array(pool.bytes.length).fill(90) };
    const { reconstruction, kl } = metricsAt(autoencoderSteps(recipe), flat);
    expect([reconstruction, kl].every(Number.isFinite)).toBe(true);
  });

  test("are there before the end of a run of any length", () => {
    for (const steps of [1, 2, 3, 100, 6000]) {
      expect(autoencoderSteps({ steps, autoencoderShare: 5 / 6 })).toBeLessThan(steps);
    }
    expect(autoencoderSteps(world64Dvae)).toBe(12_000);
    for (const autoencoderShare of [-0.1, 1, Number.NaN]) {
      expect(() => checkDvaeRecipe({ ...recipe, autoencoderShare })).toThrow(
        /^autoencoderShare: expected a number in \[0, 1\), got/,
      );
    }
  });

  test("need a margin, without which all cells would have one code", () => {
    const alike = { ...recipe, codeMargin: 0 };
    expect(() => checkDvaeRecipe(alike)).toThrow(
      "codeMargin: expected a number > 0, as autoencoderShare is, got 0",
    );
    expect(() => checkDvaeRecipe({ ...alike, autoencoderShare: 0 })).not.toThrow();
  });

  test("need vectors no wider than there are codes", () => {
    const wide = { ...recipe, model: { ...recipe.model, codeWidth: 25 } };
    expect(() => checkDvaeRecipe(wide)).toThrow(
      /^model\.codeWidth: expected at most model\.codes, got 25/,
    );
  });
});
