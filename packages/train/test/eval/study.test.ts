/** @file What an evaluation says beyond right and wrong, and its page, on a tiny random model. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { paint, type RgbImage, worldSample } from "@dalle-ts/data";
import { evaluate, type JudgedPicture, reportPage, type Study, study } from "@dalle-ts/train";
import { Dalle } from "dalle-ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nearestInTraining } from "../../src/eval/nearest.js";
import { nearestStudy } from "../../src/eval/nearest-study.js";
import { writeTinyModel } from "../tiny-model.js";

let folder: string;
let dalle: Dalle;
const pictures: JudgedPicture[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-study-"));
  await writeTinyModel(folder);
  dalle = await Dalle.load(folder);
});
afterAll(async () => {
  await dalle.dispose();
  await rm(folder, { recursive: true, force: true });
});

async function evaluated() {
  pictures.length = 0;
  const onPicture = (picture: JudgedPicture) => pictures.push(picture);
  return await evaluate(dalle, { count: 3, seed: 5, onPicture });
}

test("measures losses, CLIP and nearness, the same every time", async () => {
  const report = await evaluated();
  const options = { lossPictures: 4, samples: 4, among: 10, pairs: 5 };
  const stages = new Set<string>();
  const found = await study(dalle, report, pictures, {
    ...options,
    onProgress: (what) => stages.add(what),
  });
  expect(found.loss.map(({ pictures: kind, count }) => [kind, count])).toEqual([
    ["training", 4],
    ["seen", 4],
    ["held-out", 4],
  ]);
  // A random model of 16 codes is about as good as none.
  for (const { mean } of found.loss) expect(Math.abs(mean - Math.log(16))).toBeLessThan(0.5);
  expect(found.clip!.map(({ split, count }) => [split, count])).toEqual([
    ["train", 3],
    ["held-out", 3],
  ]);
  const meanOf = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  for (const { split, score, frechet } of found.clip!) {
    const ofSplit = pictures.filter((picture) => picture.split === split);
    const scores = ofSplit.map(({ first, caption }) => dalle.score(first, caption));
    expect(score.made, split).toBeCloseTo(meanOf(await Promise.all(scores)), 5);
    expect(Math.abs(score.made - score.painted), split).toBeGreaterThan(1e-4); // or they might be exchanged
    expect(frechet.made).toBeGreaterThan(0);
  }
  expect(found.retrieval).toMatchObject({ split: "held-out", pairs: 5 });
  expect(found.nearest).toMatchObject({ among: 10 });
  expect(found.nearest!.made).toHaveLength(4);
  expect([...stages]).toEqual([
    "measuring the loss",
    "telling pictures apart",
    "looking through training pictures",
  ]);
  expect(await study(dalle, report, pictures, options)).toEqual(found);
});

test("a model that was taught other pictures, without CLIP, has its losses alone", async () => {
  const { clip: _, ...config } = dalle.config;
  const stranger = {
    config: { ...config, world: [] },
    imageSize: dalle.imageSize,
    reconstruct: dalle.reconstruct.bind(dalle),
    embed: dalle.embed.bind(dalle),
    embedCaption: dalle.embedCaption.bind(dalle),
    score: dalle.score.bind(dalle),
    logLikelihood: dalle.logLikelihood.bind(dalle),
  };
  const found = await study(stranger, await evaluated(), pictures, { lossPictures: 2 });
  expect(Object.keys(found)).toEqual(["loss"]);
  expect(found.loss.map(({ pictures: kind }) => kind)).toEqual(["seen", "held-out"]);
});

test("CLIP scores the first picture of a caption, not its favourite", async () => {
  const report = await evaluated();
  const options = { lossPictures: 2, samples: 2, among: 5, pairs: 2 };
  const chosen = pictures.map((picture) => ({ ...picture, image: pictures[0]!.image }));
  const found = await study(dalle, report, chosen, options);
  expect(found.clip).toEqual((await study(dalle, report, pictures, options)).clip);
});

test("pictures of a model that copies are nearly all near to training, those of others seldom", async () => {
  const stream = { seed: 1, families: ["blocks", "objects"] as const, pictures: 600 };
  const count = 40;
  const lossy = (image: RgbImage) => ({
    ...image,
    pixels: image.pixels.map((value) => (value & 0xe0) | 0x10),
    codes: new Int32Array(0),
  });
  const painted = (seed: number, index: number) => {
    const { scene } = worldSample(seed, index, stream);
    return lossy({ width: 64, height: 64, pixels: paint(scene, 64) });
  };
  const model = { reconstruct: async (image: RgbImage) => lossy(image) };
  const nearOf = async (draw: (index: number) => ReturnType<typeof lossy>) => {
    const drawn = Array.from({ length: count }, (_, index) => {
      const sample = worldSample(5, index, stream);
      const image = { ...draw(index), caption: sample.caption, seed: index };
      return { ...sample, split: "train", image, first: image, verdict: {}, right: true } as const;
    });
    return (await nearestStudy(model, drawn, stream, 600, () => undefined)).near;
  };
  const copied = await nearOf((index) => painted(1, 14 * index));
  expect(copied.made.share).toBeGreaterThan(0.95);
  expect(copied.painted.share).toBe(2 / count);
  const anew = await nearOf((index) => painted(77, index));
  expect(anew.made.share).toBeLessThan(0.25);
});

test("a training picture is its own nearest", async () => {
  const stream = { seed: 1, families: ["blocks", "objects"] as const, pictures: 300 };
  const asked = [299, 7, 130].map((index) => {
    const { scene } = worldSample(1, index, stream);
    return { width: 64, height: 64, pixels: paint(scene, 64) };
  });
  const found = await nearestInTraining(asked, stream, { among: 1000 });
  expect(found.map(({ index, distance }) => [index, distance])).toEqual([
    [299, 0],
    [7, 0],
    [130, 0],
  ]);
  const [among] = await nearestInTraining(asked, stream, { among: 200 });
  expect(among!.index).toBeLessThan(200);
  expect(among!.distance).toBeGreaterThan(0);
});

test("the page is whole, asks for nothing outside it, and escapes what it shows", async () => {
  const report = await evaluated();
  const found = await study(dalle, report, pictures, { lossPictures: 2, samples: 2, among: 5 });
  const shown = pictures.map((picture) => ({ ...picture, caption: 'a <b> & a "c"' }));
  const render = (of: Study) =>
    reportPage({
      config: dalle.config,
      sampling: dalle.sampling(),
      report,
      study: of,
      pictures: shown,
      lossCurve: '<svg id="curve"></svg>',
    });
  const page = await render(found);
  expect(page).not.toMatch(/<script|https?:|<link|url\(/);
  expect(page).toContain("a &lt;b&gt; &amp; a &quot;c&quot;");
  expect(page).not.toContain("a <b>");
  expect(page.match(/<img src="data:image\/webp;base64,/g)).toHaveLength(6 + 2 * 2);
  expect(page).toContain('<svg id="curve">');
  expect(page.match(/<h2>[^<]*/g)!.map((heading) => heading.slice(4))).toEqual([
    "Right or wrong",
    "Pictures",
    "Loss on true pictures",
    "Training",
    "By CLIP",
    "Nearest training pictures",
  ]);
  expect(page).toContain("of the pictures made (95 % interval");
  expect(await render({ loss: found.loss })).not.toContain("By CLIP");
  expect(page).not.toContain("judged by itself");
  const config = dalle.config;
  const of = { config, sampling: dalle.sampling(), study: found, pictures: [] };
  const chosen = (splits: typeof report.splits) =>
    reportPage({ ...of, report: { ...report, splits, reranked: { of: 2, splits } } });
  const itself = "there its choice is judged by itself";
  expect(await chosen(report.splits)).not.toContain(itself);
  const byClip = report.splits.map((split) => ({
    ...split,
    fromPixels: { ...split.fromPixels, count: 1 },
  }));
  expect(await chosen(byClip)).toContain(itself);
});
