/** @file Training the transformer: exact resuming, no leaks, and that it learns what can be learned. */
import { transformer, transformerSpecs } from "@dalle-ts/models";
import { liveTensorCount, noGradient, seedGenerator, tidy } from "@dalle-ts/torch";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { tinyTransformer as smallConfig } from "../../../models/test/tiny.js";
import { native } from "../../../torch/src/native.js";
import { disposeParameters, initialiseParameters, treeOf } from "../../src/parameters.js";
import { tinyTransformer } from "../../src/recipes/tiny/tiny-transformer.js";
import { readMetrics } from "../../src/run/metrics-log.js";
import { type RunOptions, runTraining } from "../../src/run/train-loop.js";
import { BytePairEncoder } from "../../src/tokenizer/byte-pair-encoder.js";
import { tokenizerText } from "../../src/tokenizer/tokenizer-json.js";
import { trainTokenizer } from "../../src/tokenizer/train-tokenizer.js";
import { streamBatch } from "../../src/transformer/batch.js";
import { streamLoss } from "../../src/transformer/loss.js";
import type { TransformerRecipe } from "../../src/transformer/recipe.js";
import { type PairSource, type Pairs, transformerTask } from "../../src/transformer/task.js";
import { fingerprint, newFolder } from "../run/folders.js";
import { risesOf } from "../run/live-tensors.js";

const captions = ["a red block on a green block", "a blue block", "a green block on a red block"];
const encoder = BytePairEncoder.fromJson(
  tokenizerText(trainTokenizer(captions, { vocabularySize: 280 })),
);
const config = {
  ...smallConfig,
  layers: 4,
  textStates: 12,
  textVocabulary: encoder.vocabularySize,
  gridRows: 3,
  gridColumns: 3,
};

/** Codes that follow from the caption. */
const source: PairSource = {
  count: 9,
  hashes: { dvae: "1", tokenizer: "2" },
  caption: (record, random) => `${captions[record % 3]}${random.oneIn(2) ? "" : " "}`,
  codes: (record) => Array.from({ length: 9 }, (_, index) => (3 * (record % 3) + index) % 13),
};

const recipe: TransformerRecipe = {
  ...tinyTransformer,
  steps: 8,
  batch: 3,
  dropout: 0.3,
  emptyCaptions: 0.2,
};

function train(of: TransformerRecipe, directory: string, options: Partial<RunOptions> = {}) {
  seedGenerator(5); // whatever the generator did before must not matter
  const task = transformerTask(of, config, source, encoder, async () => {}, "cpu");
  return runTraining(task, {
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
  test("three steps and five more are eight steps, bit for bit", async () => {
    const [straight, resumed] = [await newFolder(), await newFolder()];
    const whole = await train({ ...recipe, precision }, straight);
    const controller = new AbortController();
    const { signal } = controller;
    const onProgress = ({ step }: { step: number }) => step === 3 && controller.abort();
    const half = await train({ ...recipe, precision }, resumed, { signal, onProgress });
    expect(half.state.step).toBe(3);
    const rest = await train({ ...recipe, precision }, resumed);
    expect(await fingerprint(resumed, rest.checkpoint)).toEqual(
      await fingerprint(straight, whole.checkpoint),
    );
  });
});

test("learns codes that follow from the caption", async () => {
  const directory = await newFolder();
  const learningRate = { peak: 1e-2, end: 1e-3, warmUp: 5 };
  await train(
    { ...recipe, learningRate, steps: 60, batch: 6, dropout: 0, emptyCaptions: 0 },
    directory,
  );
  const rows = await readMetrics(directory);
  expect(rows[0]!.imageLoss!).toBeGreaterThan(0.9 * Math.log(13));
  expect(rows.at(-1)!.imageLoss!).toBeLessThan(0.1);
});

test("holds no more tensors after a step than before it, from the second on", async () => {
  const live: number[] = [];
  await train(recipe, await newFolder(), { onProgress: () => live.push(liveTensorCount()) });
  expect(risesOf(live.slice(1))).toEqual([]);
});

test("masks are copied to the device once, not for each layer and step", () => {
  const copies = vi.spyOn(native(), "fromBytes");
  onTestFinished(() => copies.mockRestore());
  const copiesOf = (layers: number) => {
    const of = { ...config, layers };
    const task = tidy(() => transformerTask(recipe, of, source, encoder, async () => {}, "cpu"));
    tidy(() => void task.loss(0));
    copies.mockClear();
    tidy(() => void task.loss(1));
    disposeParameters(task.parameters);
    return copies.mock.calls.length;
  };
  expect(copiesOf(6)).toBe(copiesOf(2));
});

test("a share of captions is left empty, all of them at 1", () => {
  tidy(() => {
    const lossOf = (emptyCaptions: number, said: string) => {
      const only = { ...source, caption: () => said };
      const of = { ...recipe, emptyCaptions, dropout: 0 };
      return transformerTask(of, config, only, encoder, async () => {}, "cpu")
        .loss(0)
        .total.item();
    };
    expect(lossOf(1, "a red block")).toBe(lossOf(1, "a blue block"));
    expect(lossOf(0, "a red block")).not.toBe(lossOf(0, "a blue block"));
  });
});

test("the loss on held-out pairs is of the averaged weights and of whole captions (relative error ≤ 1e-6)", async () => {
  const heldOut: Pairs = {
    count: 4,
    caption: (record) => captions[record % 3]!,
    codes: (record) => Array.from({ length: 9 }, (_, index) => (5 * record + 7 * index) % 13),
  };
  const training = { ...source, caption: heldOut.caption };
  const averaged = initialiseParameters(transformerSpecs(config), "cpu");
  const meanOf = ({ codes }: Pairs, batches: readonly (readonly number[])[]) => {
    const tree = treeOf(averaged);
    const sums = batches.map((records) =>
      noGradient(() =>
        tidy(() => {
          const pairs = records.map((record) => ({
            tokens: encoder.encode(captions[record % 3]!),
            codes: codes(record),
          }));
          const { ids, positions, textTargets, imageTargets } = streamBatch(config, pairs, "cpu");
          const states = transformer(tree, config, ids, positions);
          const { total } = streamLoss(tree, config, states, textTargets, imageTargets);
          return records.length * total.item();
        }),
      ),
    );
    return sums.reduce((a, b) => a + b) / batches.flat().length;
  };
  const of = { ...recipe, batch: 3, dropout: 0.9, emptyCaptions: 1 };
  const all = { ...training, heldOut };
  const task = tidy(() => transformerTask(of, config, all, encoder, async () => {}, "cpu"));
  const found = await task.validate!(averaged, 1);
  expect(found.validationLoss / meanOf(heldOut, [[0, 1, 2], [3]])).toBeCloseTo(1, 6);
  expect(found.trainingLoss / meanOf(training, [[0, 2, 4], [6]])).toBeCloseTo(1, 6);
});

test("another tokenizer or dVAE is another run", async () => {
  const directory = await newFolder();
  await train(recipe, directory);
  const other = { ...source, hashes: { dvae: "3", tokenizer: "2" } };
  const task = transformerTask(recipe, config, other, encoder, async () => {}, "cpu");
  await expect(
    runTraining(task, { directory, steps: 9, seed: 1, checkpointEvery: 9, sampleEvery: 9 }),
  ).rejects.toThrow(/was made with other settings/);
});
