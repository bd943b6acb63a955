/** @file The evaluation on a tiny random model: what it draws, counts, repeats and refuses. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  compositionKey,
  isHeldOut,
  paint,
  Random,
  type Scene,
  sceneOf,
  worldSample,
} from "@dalle-ts/data";
import {
  EVALUATION_SEED,
  type EvaluateOptions,
  evaluate,
  type Judgeable,
  type JudgedPicture,
  Tally,
} from "@dalle-ts/train";
import { Dalle } from "dalle-ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeTinyModel } from "../tiny-model.js";

let folder: string;
let dalle: Dalle;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-evaluate-"));
  await writeTinyModel(folder);
  dalle = await Dalle.load(folder);
});
afterAll(async () => {
  await dalle.dispose();
  await rm(folder, { recursive: true, force: true });
});

test("judges count captions of each split and repeats itself", async () => {
  const judged: JudgedPicture[] = [];
  const progress: [number, number][] = [];
  const options: EvaluateOptions = { count: 3, seed: 5 };
  const report = await evaluate(dalle, {
    ...options,
    onPicture: (each) => judged.push(each),
    onProgress: (...each) => progress.push(each),
  });
  expect(report.splits.map(({ split, whole }) => [split, whole.count])).toEqual([
    ["train", 3],
    ["held-out", 3],
  ]);
  for (const { scene, split, right, verdict } of judged) {
    expect(isHeldOut(compositionKey(scene))).toBe(split === "held-out");
    expect(right).toBe(Object.values(verdict).every(Boolean));
  }
  expect(progress.at(-1)).toEqual([6, 6]);
  expect(await evaluate(dalle, options)).toEqual(report);
});

test("says that a seed is one of training", async () => {
  const warningsOf = async (seed: number) => {
    const warnings: string[] = [];
    const onWarning = (warning: string) => warnings.push(warning);
    await evaluate(dalle, { count: 1, seed, splits: ["train"], onWarning });
    return warnings;
  };
  expect(await warningsOf(1)).toEqual([
    "tiny was taught captions and pictures of seed 1, so that its scores of seen compositions are of what it may know by heart; choose another seed.",
  ]);
  expect(await warningsOf(2)).toEqual([]);
});

test("another seed asks for other captions", async () => {
  const captionsOf = async (seed: number) => {
    const captions: string[] = [];
    const onPicture = ({ caption }: JudgedPicture) => captions.push(caption);
    await evaluate(dalle, { count: 3, seed, splits: ["train"], onPicture });
    return captions;
  };
  expect(await captionsOf(1)).not.toEqual(await captionsOf(2));
});

test("judges only the families asked for", async () => {
  const { splits } = await evaluate(dalle, { count: 2, families: ["objects"], splits: ["train"] });
  expect(splits[0]!.families.map(({ family, whole }) => [family, whole.count])).toEqual([
    ["objects", 2],
  ]);
});

/** Paints what it is asked for, and gives back what it is shown. */
function perfectModel(): Judgeable {
  const size = dalle.imageSize;
  const codes = new Int32Array(0);
  return {
    config: dalle.config,
    hash: "perfect",
    imageSize: size,
    generate: async (caption, { seed = 0 } = {}) => {
      const pixels = paint(sceneOf(caption, new Random(seed, 0))!, size);
      return [{ width: size, height: size, pixels, caption, seed, codes }];
    },
    async *streamTogether(orders) {
      for (const [index, { caption, seed }] of orders.entries()) {
        const [image] = await this.generate(caption, { seed });
        yield { type: "image", index, image: image! };
      }
    },
    reconstruct: async (image) => ({ ...image, codes }),
    embed: async ({ pixels }) => blocksOf(pixels, size),
  };
}

/** The picture's 8 × 8 mean colours around their own mean, of length 1. */
function blocksOf(pixels: Uint8Array, size: number): Float32Array {
  const sums = new Float32Array(8 * 8 * 3);
  for (let at = 0; at < pixels.length; at++) {
    const [x, y] = [Math.floor(at / 3) % size, Math.floor(at / 3 / size)];
    const block = Math.floor((y * 8) / size) * 8 + Math.floor((x * 8) / size);
    sums[block * 3 + (at % 3)]! += pixels[at]!;
  }
  const mean = sums.reduce((a, b) => a + b) / sums.length;
  const centred = sums.map((sum) => sum - mean);
  return centred.map((value) => value / Math.hypot(...centred));
}

test("judges CLIP's favourite of several beside the first", async () => {
  const judged: JudgedPicture[] = [];
  const options: EvaluateOptions = { count: 2, seed: 5, splits: ["train"], rerank: 3 };
  const { splits, reranked } = await evaluate(dalle, {
    ...options,
    onPicture: (each) => judged.push(each),
  });
  const { splits: alone } = await evaluate(dalle, { ...options, rerank: undefined });
  expect(splits).toEqual(alone);
  expect(reranked).toMatchObject({ of: 3, splits: [{ split: "train", whole: { count: 2 } }] });
  for (const { caption, image } of judged) {
    const first = 5 + judged.findIndex((each) => each.image === image);
    const [best] = await dalle.generate(caption, { seed: first, rerank: 3 });
    expect(image).toEqual(best);
  }
  await expect(evaluate(dalle, { rerank: 1 })).rejects.toThrow("rerank: expected an integer >= 2");
});

test.each(["generations", "reconstructions"] as const)(
  "%s of a perfect model are right, of a random one mostly wrong",
  async (pictures) => {
    const perfect = await evaluate(perfectModel(), { pictures, count: 20 });
    const random = await evaluate(dalle, { pictures, count: 5 });
    for (const { whole } of perfect.splits) expect(whole.right).toBeGreaterThanOrEqual(19);
    for (const { whole } of random.splits) expect(whole.right).toBeLessThanOrEqual(1);
  },
);

test("families that no judge reads are judged by retrieval, and refused without CLIP", async () => {
  const options: EvaluateOptions = { families: ["emoji"], count: 12, splits: ["train"] };
  const own = worldScenes(options);
  const model = perfectModel();
  const faithful: Judgeable = {
    ...model,
    generate: async (caption, request = {}) => {
      const [image] = await model.generate(caption, request);
      return [{ ...image!, pixels: paint(own.get(caption)!, image!.width) }];
    },
  };
  const [right] = (await evaluate(faithful, options)).splits;
  expect(right!.whole).toMatchObject({ right: 12, count: 12 });
  expect(Object.keys(right!.families[0]!.attributes)).toEqual(["emoji", "mood", "style"]);
  const [wrong] = (await evaluate(dalle, options)).splits;
  expect(wrong!.whole.right).toBeLessThanOrEqual(3);

  const { clip: _, ...config } = dalle.config;
  await expect(
    evaluate({ ...model, config }, { families: ["blocks", "emoji"] }),
  ).rejects.toMatchObject({
    code: "unsupported",
    message: expect.stringContaining("No judge reads pictures of emoji, and tiny has no CLIP"),
  });
});

/** The scenes that an evaluation asks for, by their captions. */
function worldScenes({ families, count }: EvaluateOptions): Map<string, Scene> {
  return new Map(
    Array.from({ length: count! }, (_, index) => {
      const { caption, scene } = worldSample(EVALUATION_SEED, index, { families });
      return [caption, scene];
    }),
  );
}

test("refuses impossible counts and cancels", async () => {
  for (const count of [0, -1, 1.5, Number.NaN]) {
    await expect(evaluate(dalle, { count })).rejects.toMatchObject({ code: "bad_option" });
  }
  for (const pictures of ["generations", "reconstructions"] as const) {
    const signal = AbortSignal.abort();
    await expect(evaluate(dalle, { pictures, signal })).rejects.toMatchObject({ code: "aborted" });
  }
});

test("says before drawing anything that judges cannot see pictures of 32 pixels", async () => {
  const small = join(folder, "small");
  await writeTinyModel(small, { imageSize: 32 });
  await using model = await Dalle.load(small);
  await expect(evaluate(model)).rejects.toMatchObject({
    code: "unsupported",
    message: expect.stringContaining("64 pixels"),
  });
});

test("asks a model what it was taught, and says so where no judge reads that", async () => {
  const report = await evaluate(perfectModel(), { pictures: "reconstructions", count: 1 });
  expect(report.splits[0]!.families.map(({ family }) => family)).toEqual(["blocks", "objects"]);
  const model = perfectModel();
  const { clip: _, ...config } = model.config;
  const stranger = {
    ...model,
    config: { ...config, world: [{ families: ["emoji"], seed: 1, pictures: 10 }] },
  };
  await expect(evaluate(stranger)).rejects.toMatchObject({
    code: "unsupported",
    message: expect.stringMatching(
      /was taught no family that can be judged .* among blocks, objects/,
    ),
  });
});

test("the tally counts wholly right pictures, single attributes and their values", () => {
  const tally = new Tally("train", ["blocks", "objects"]);
  const redOn = { "first.colour": "red", relation: "on" };
  expect(tally.add("blocks", { "first.colour": true, relation: true }, redOn)).toBe(true);
  expect(tally.add("blocks", { "first.colour": true, relation: false }, redOn)).toBe(false);
  expect(tally.add("blocks", { "first.colour": false }, { "first.colour": "blue" })).toBe(false);
  const { whole, families } = tally.score();
  expect(whole).toMatchObject({ right: 1, count: 3 });
  expect(families[0]!.attributes).toMatchObject({
    "first.colour": {
      right: 2,
      count: 3,
      values: { blue: { right: 0, count: 1 }, red: { right: 2, count: 2 } },
    },
    relation: { right: 1, count: 2, values: { on: { right: 1, count: 2 } } },
  });
  expect(families[1]).toMatchObject({ family: "objects", whole: { count: 0 }, attributes: {} });
});

test("the tally keeps what is read from pixels apart from what CLIP judges", () => {
  const tally = new Tally("train", ["blocks", "emoji"]);
  tally.add("blocks", { relation: false }, { relation: "on" });
  tally.add("emoji", { mood: true }, { mood: "happy" });
  tally.add("emoji", { mood: true }, { mood: "sad" });
  const { whole, fromPixels } = tally.score();
  expect(whole).toMatchObject({ right: 2, count: 3 });
  expect(fromPixels).toMatchObject({ right: 0, count: 1 });
});
