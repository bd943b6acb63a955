/** @file Training CLIP: its loss by a known answer, exact resuming, no leaks, and that it learns what can be learned. */
import {
  type ClipConfig,
  clipSpecs,
  decodeCodes,
  dvaeSpecs,
  embedImages,
  embedTexts,
  mapPixels,
  encoder as modelEncoder,
  pixelsFromDecoder,
} from "@dalle-ts/models";
import {
  aten,
  liveTensorCount,
  noGradient,
  seedGenerator,
  type TorchTensor,
  tensor,
  tidy,
} from "@dalle-ts/torch";
import { describe, expect, test } from "vitest";
import { captionEmbeddings, nearestRows, pictureEmbeddings } from "../../src/clip/embed.js";
import { contrastiveLoss } from "../../src/clip/loss.js";
import type { ClipRecipe } from "../../src/clip/recipe.js";
import { type CaptionedPool, clipTask, textBatch } from "../../src/clip/task.js";
import { initialiseParameters, readParameters, treeOf } from "../../src/parameters.js";
import { gatherPictures, type PictureStream } from "../../src/pictures/picture-batches.js";
import { picturesFromBytes } from "../../src/pictures/pictures-from-bytes.js";
import { tinyClip } from "../../src/recipes/tiny/tiny-clip.js";
import { tinyDvae } from "../../src/recipes/tiny/tiny-dvae.js";
import { type RunOptions, runTraining } from "../../src/run/train-loop.js";
import { BytePairEncoder } from "../../src/tokenizer/byte-pair-encoder.js";
import { tokenizerText } from "../../src/tokenizer/tokenizer-json.js";
import { trainTokenizer } from "../../src/tokenizer/train-tokenizer.js";
import { fingerprint, newFolder } from "../run/folders.js";
import { risesOf } from "../run/live-tensors.js";

const colours = ["red", "green", "blue", "yellow", "white", "black", "pink", "cyan"];
const rgb = [
  ...[255, 0, 0, 0, 200, 0, 0, 0, 255, 255, 255, 0],
  ...[255, 255, 255, 0, 0, 0, 255, 150, 200, 0, 255, 255],
];
const captions = colours.map((colour) => `a ${colour} picture`);
const encoder = BytePairEncoder.fromJson(
  tokenizerText(trainTokenizer(captions, { vocabularySize: 300 })),
);
const config: ClipConfig = {
  embedding: 8,
  image: { ...tinyClip.model.image, layers: 1, width: 16, heads: 2, imageSize: 16 },
  text: { layers: 1, width: 16, heads: 2, states: 12, vocabulary: encoder.vocabularySize },
};
const pool: CaptionedPool = {
  count: colours.length,
  size: 16,
  bytes: Uint8Array.from(
    { length: colours.length * 16 * 16 * 3 },
    (_, index) => rgb[3 * Math.floor(index / 768) + (index % 3)]!,
  ),
  caption: (record) => captions[record]!,
  family: (record) => (record < 4 ? "bright" : "pale"),
  describes: (record, other) => record === other,
};
const recipe: ClipRecipe = { ...tinyClip, steps: 8, batch: 4 };

function train(of: ClipRecipe, directory: string, options: Partial<RunOptions> = {}) {
  seedGenerator(99); // must not matter
  const task = clipTask(of, config, pool, { encoder, hash: "1" }, async () => undefined, "cpu");
  const { steps, seed, checkpointEvery, sampleEvery } = of;
  return runTraining(task, {
    directory,
    steps,
    seed,
    checkpointEvery,
    sampleEvery,
    logEvery: 1,
    ...options,
  });
}

test("the loss is the mean cross-entropy of both directions (absolute error ≤ 1e-5)", () => {
  // Cosines of (1, 0) and (0, 1) with (3, 4) / 5 and (1, 0): rows are pictures, columns captions.
  const cosines = [
    [0.6, 1],
    [0.8, 0],
  ];
  const scale = 5;
  const entropy = (logits: number[], own: number) =>
    Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - logits[own]!;
  const rows = cosines.map((row, index) =>
    entropy(
      row.map((c) => c * scale),
      index,
    ),
  );
  const columns = [0, 1].map((own) =>
    entropy(
      cosines.map((row) => row[own]! * scale),
      own,
    ),
  );
  const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
  const found = noGradient(() =>
    tidy(() => {
      const loss = contrastiveLoss(
        tensor(Float32Array.of(7, 0, 0, 2), [2, 2], "f32"),
        tensor(Float32Array.of(3, 4, 9, 0), [2, 2], "f32"),
        tensor(Float32Array.of(Math.log(scale)), [1], "f32"),
        () => false,
      );
      return { total: loss.total.item(), accuracy: loss.accuracy() };
    }),
  );
  expect(Math.abs(found.total - (mean(rows) + mean(columns)) / 2)).toBeLessThanOrEqual(1e-5);
  expect(found.accuracy).toBe(0); // the first picture's nearest caption is the second, and the other way round
});

test("a caption that is true of a neighbour's picture is not held against it", () => {
  const lossOf = (describes: (text: number, image: number) => boolean) =>
    noGradient(() =>
      tidy(() => {
        const vectors = () => tensor(Float32Array.of(1, 0, 0, 1), [2, 2], "f32");
        const logScale = tensor(Float32Array.of(0), [1], "f32");
        return contrastiveLoss(vectors(), vectors(), logScale, describes).total.item();
      }),
    );
  const against = Math.log(1 + Math.exp(-1));
  expect(lossOf(() => false)).toBeCloseTo(against, 5);
  // One of the four softmaxes of two has nothing left beside its own, once for pictures and once for captions.
  expect(lossOf((text, image) => text === 0 && image === 1)).toBeCloseTo(against / 2, 5);
  expect(lossOf(() => true)).toBeCloseTo(0, 5);
});

test("the loss on held-out pictures is of the averaged weights and of whole captions (relative error ≤ 1e-6)", async () => {
  const streamOf = (records: readonly number[]): PictureStream => ({
    count: records.length,
    size: 16,
    load: async (indices) => {
      const chosen = indices.map((index) => records[index]!);
      return { bytes: gatherPictures(pool, chosen), captions: chosen.map((i) => captions[i]!) };
    },
  });
  const [training, heldOut] = [
    [0, 1, 2, 3],
    [4, 5, 5, 6], // the same caption twice: neither counts against the other
  ];
  const averaged = initialiseParameters(clipSpecs(config), "cpu");
  const lossOf = (records: readonly number[]) =>
    noGradient(() =>
      tidy(() => {
        const tree = treeOf(averaged);
        const told = records.map((record) => encoder.encode(captions[record]!));
        const { ids, ends } = textBatch(config, told, "cpu");
        const pixels = picturesFromBytes(gatherPictures(pool, records), 4, 16, "cpu");
        return contrastiveLoss(
          embedImages(tree.at("image"), config, pixels),
          embedTexts(tree.at("text"), config, ids, ends),
          tree.get("log_scale"),
          (text, image) => records[text] === records[image],
        ).total.item();
      }),
    );
  const pictures = { ...streamOf(training), heldOut: streamOf(heldOut) };
  const words = { encoder, hash: "1" };
  const of = { ...recipe, dropout: 0.9 };
  const task = tidy(() => clipTask(of, config, pictures, words, async () => {}, "cpu"));
  const found = await task.validate!(averaged, 1);
  expect(found.validationLoss / lossOf(heldOut)).toBeCloseTo(1, 6);
  expect(found.trainingLoss / lossOf(training)).toBeCloseTo(1, 6);
});

test("a third of a batch is seen through the dVAE, in the size that CLIP sees (relative error ≤ 1e-6)", () => {
  const model = { ...tinyDvae.model, imageSize: 32 };
  const dvae = {
    config: model,
    parameters: initialiseParameters(dvaeSpecs(model), "cpu"),
    hash: "3",
  };
  const parameters = initialiseParameters(clipSpecs(config), "cpu");
  // Sharp, so that pictures matter before anything was learnt.
  parameters.set("log_scale", tensor(Float32Array.of(Math.log(100)), [1], "f32"));
  const records: number[] = [];
  const watched = {
    ...pool,
    caption: (record: number) => captions[records.push(record) && record]!,
  };
  const words = { encoder, hash: "1" };
  const of = { ...recipe, batch: 8, dropout: 0 };
  const sources = { start: { parameters, hash: "2" }, dvae };
  const task = clipTask(of, config, watched, words, async () => {}, "cpu", sources);
  const found = tidy(() => task.loss(0).total.item());

  const lossOf = (pixels: TorchTensor) => {
    const tree = treeOf(parameters);
    const told = records.map((record) => encoder.encode(captions[record]!));
    const { ids, ends } = textBatch(config, told, "cpu");
    return contrastiveLoss(
      embedImages(tree.at("image"), config, pixels),
      embedTexts(tree.at("text"), config, ids, ends),
      tree.get("log_scale"),
      (text, image) => text === image,
    ).total.item();
  };
  noGradient(() =>
    tidy(() => {
      const pixels = picturesFromBytes(gatherPictures(pool, records), 8, 16, "cpu");
      // Two of eight: each pixel doubled, through the dVAE of 32 × 32, and the mean of each four.
      const doubled = pixels.slice(0, 0, 2).upsampleNearest2d(2);
      const tree = treeOf(dvae.parameters);
      const codes = modelEncoder(tree.at("encoder"), model, mapPixels(doubled)).argmax(-1);
      const decoded = pixelsFromDecoder(decodeCodes(tree.at("decoder"), model, codes));
      const means = aten("aten::avg_pool2d", aten("aten::clamp", decoded, 0, 1), [2, 2]);
      expect(found / lossOf(means.concat([pixels.slice(0, 2, 8)], 0))).toBeCloseTo(1, 6);
      expect(Math.abs(found / lossOf(pixels) - 1)).toBeGreaterThan(1e-4);
    }),
  );
});

test("a batch is made of whole groups", () => {
  const drawn: number[] = [];
  const watched = { ...pool, caption: (record: number) => captions[drawn.push(record) && record]! };
  const alike = { ...recipe, data: { ...recipe.data, alike: 2 } };
  const task = clipTask(alike, config, watched, { encoder, hash: "1" }, async () => {}, "cpu");
  for (let step = 0; step < 4; step++) {
    drawn.length = 0;
    tidy(() => void task.loss(step));
    expect(drawn).toHaveLength(4);
    for (const first of [0, 2]) {
      expect(drawn[first]! % 2).toBe(0);
      expect(drawn[first + 1]).toBe(drawn[first]! + 1);
    }
  }
});

test("every second batch is of one family alone, and the families take turns", () => {
  const drawn: number[] = [];
  const watched = { ...pool, caption: (record: number) => captions[drawn.push(record) && record]! };
  const task = clipTask(recipe, config, watched, { encoder, hash: "1" }, async () => {}, "cpu");
  const batches = Array.from({ length: 6 }, (_, step) => {
    drawn.length = 0;
    tidy(() => void task.loss(step));
    return new Set(drawn.map((record) => pool.family(record)));
  });
  expect(batches.filter((_, step) => step % 2).map((each) => [...each])).toEqual([
    ["bright"],
    ["pale"],
    ["bright"],
  ]);
  expect(batches.filter((each) => each.size === 2).length).toBeGreaterThan(0);
});

describe("the scale", () => {
  /** Of the largest scale there is, where it is too large: pictures and captions do not belong together. */
  async function afterSteps(steps: number, logScale: number) {
    const parameters = initialiseParameters(clipSpecs(config), "cpu");
    parameters.set("log_scale", tensor(Float32Array.of(logScale), [1], "f32"));
    const learningRate = { peak: 1e-3, end: 1e-3, warmUp: 1 };
    const start = { parameters, hash: "2" };
    const of = { ...recipe, learningRate };
    const words = { encoder, hash: "1" };
    const task = clipTask(of, config, pool, words, async () => {}, "cpu", { start });
    const options = { directory: await newFolder(), steps, seed: 1, logEvery: 1 };
    const { last } = await runTraining(task, { ...options, checkpointEvery: 99, sampleEvery: 99 });
    return last!.scale!;
  }

  test("comes down from its bound, also from beyond it", async () => {
    expect(await afterSteps(4, Math.log(150))).toBeLessThan(100 - 1e-3);
  });

  test("is brought back to 100 after an update", async () => {
    expect(await afterSteps(2, Math.log(150))).toBeLessThanOrEqual(100 + 1e-3);
  });
});

describe("a run", () => {
  test("stopped and resumed equals one that was not, bit for bit", async () => {
    const [whole, halves] = [await newFolder(), await newFolder()];
    const { checkpoint: ofWhole } = await train(recipe, whole);
    await train(recipe, halves, { steps: 4 });
    const { checkpoint: ofHalves } = await train(recipe, halves);
    expect(await fingerprint(halves, ofHalves)).toEqual(await fingerprint(whole, ofWhole));
  });

  test("holds no more tensors after a step than before it, from the second on", async () => {
    const live: number[] = [];
    await train(recipe, await newFolder(), { onProgress: () => live.push(liveTensorCount()) });
    expect(risesOf(live.slice(1))).toEqual([]);
  });

  test("learns which caption belongs to which picture", async () => {
    const directory = await newFolder();
    const steps = 150;
    const learning = {
      ...recipe,
      steps,
      batch: 8,
      learningRate: { peak: 3e-3, end: 1e-4, warmUp: 10 },
    };
    const { checkpoint } = await train(learning, directory, { steps });
    const parameters = await readParameters(
      `${checkpoint}/model.safetensors`,
      clipSpecs(config),
      "cpu",
    );
    const texts = captions.map((caption) => encoder.encode(caption));
    const found = nearestRows(
      captionEmbeddings(parameters, config, texts, "cpu"),
      pictureEmbeddings(parameters, config, pool, "cpu"),
      config.embedding,
    );
    expect(found).toEqual([...captions.keys()]);
  });
});
