/** @file A model folder as users load it, made from parts. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { paint, worldSample } from "@dalle-ts/data";
import { dvaeSpecs, transformer, transformerSpecs } from "@dalle-ts/models";
import { tensor, tidy } from "@dalle-ts/torch";
import { Dalle } from "dalle-ts";
import { CaptionTokenizer, DvaeRuntime } from "dalle-ts/parts";
import { describe, expect, test } from "vitest";
import { loudParameters } from "../../../models/test/tiny.js";
import { exportDvae } from "../../src/export/export-dvae.js";
import { treeOf } from "../../src/parameters.js";
import { tinyDvae } from "../../src/recipes/tiny/tiny-dvae.js";
import { streamBatch } from "../../src/transformer/batch.js";
import { encodeWorld } from "../../src/transformer/encoded-world.js";
import { streamLoss } from "../../src/transformer/loss.js";
import { newFolder } from "../run/folders.js";
import { randomParameters, writeTinyModel } from "../tiny-model.js";

describe.each(["f32", "int8-rows"] as const)("a model folder in %s", (weightFormat) => {
  test("makes the same pictures for the same seed, whatever the batch, run after run", async () => {
    const folder = await newFolder();
    const config = await writeTinyModel(folder, { imageSize: 16, groups: 3, weightFormat });
    const generate = async (batch: number, seed = 3, count = 4) => {
      await using dalle = await Dalle.load(folder);
      return await dalle.generate("a small red block", { count, seed, batch });
    };
    const together = await generate(4);
    expect(await generate(1)).toEqual(together);
    expect(await generate(3)).toEqual(together);
    expect(await generate(1, together[2]!.seed, 1)).toEqual([together[2]]);
    expect(new Set(together.map(({ codes }) => String(codes))).size).toBe(4);
    expect(Object.keys(config.files).sort()).toEqual(
      (await readdir(folder)).filter((name) => name !== "config.json").sort(),
    );
  });
});

test("reranking returns the best of many by their score, and the same ones at any batch", async () => {
  const folder = await newFolder();
  await writeTinyModel(folder, { imageSize: 16, groups: 3 });
  await using dalle = await Dalle.load(folder);
  const caption = "a small red block";
  const all = await dalle.generate(caption, { count: 6, seed: 3 });
  const best = await dalle.generate(caption, { count: 2, seed: 3, rerank: 6 });
  const scores = await Promise.all(all.map((image) => dalle.score(image, caption)));
  const order = [...all.keys()].sort((a, b) => scores[b]! - scores[a]!).slice(0, 2);
  expect(best).toEqual(order.map((index) => ({ ...all[index], score: scores[index] })));
  expect(await dalle.generate(caption, { count: 2, seed: 3, rerank: 6, batch: 1 })).toEqual(best);
  expect(new Set(scores).size).toBe(6);
  for (const score of scores) expect(Math.abs(score)).toBeLessThanOrEqual(1 + 1e-6);
  await expect(dalle.generate(caption, { count: 2, rerank: 1 })).rejects.toThrow(
    "rerank: expected an integer in [2, 1000], got 1",
  );
});

test("a model without CLIP makes pictures, and says what it lacks when asked to rank them", async () => {
  const folder = await newFolder();
  const config = await writeTinyModel(folder, { imageSize: 16, groups: 3, clip: false });
  expect(Object.keys(config.files).filter((name) => name.startsWith("clip"))).toEqual([]);
  await using dalle = await Dalle.load(folder);
  const [image] = await dalle.generate("a ball", { seed: 1 });
  const lacking = /^The model tiny has no CLIP to score pictures with; .* `dalle train clip`\.$/;
  await expect(dalle.score(image!, "a ball")).rejects.toThrow(lacking);
  await expect(dalle.generate("a ball", { rerank: 4 })).rejects.toThrow(lacking);
});

test("training encodes pictures to the codes that the exported encoder gives", async () => {
  const folder = await newFolder();
  const { model } = tinyDvae;
  const parameters = loudParameters(dvaeSpecs(model), 3);
  await exportDvae(folder, model, parameters);
  const world = await encodeWorld(
    {
      config: model,
      parameters: new Map(
        parameters.map(({ name, shape, data }) => [name, tensor(data, shape, "f32")]),
      ),
    },
    { families: ["blocks", "objects"], seed: 4, pictures: 3, device: "cpu" },
  );
  await using runtime = new DvaeRuntime(folder, model);
  for (let record = 0; record < world.count; record++) {
    const { scene } = worldSample(4, record, { families: ["blocks", "objects"] });
    const size = model.imageSize;
    const codes = await runtime.encode({ width: size, height: size, pixels: paint(scene, size) });
    expect(Int32Array.from(world.codes(record))).toEqual(codes);
    expect(new Set(codes).size).toBeGreaterThan(1);
  }
});

test("the log-likelihood of a picture is the trainer's image loss, turned round", async () => {
  const folder = await newFolder();
  const { transformer: config } = await writeTinyModel(folder, { imageSize: 16, groups: 3 });
  await using dalle = await Dalle.load(folder);
  const caption = "a small red block";
  const [image] = await dalle.generate(caption, { seed: 1 });
  const { codes } = await dalle.reconstruct(image!);
  const json = await readFile(join(folder, "tokenizer.json"), "utf8");
  const { ids: tokens } = CaptionTokenizer.fromJson(json).fitCaption(
    caption,
    config.textStates - 1,
  );
  const trained = randomParameters(transformerSpecs(config), 2).map(
    ({ name, shape, data }) => [name, tensor(data, shape, "f32")] as const,
  );
  const loss = tidy(() => {
    const tree = treeOf(new Map(trained));
    const batch = streamBatch(config, [{ tokens, codes }], "cpu");
    const states = transformer(tree, config, batch.ids, batch.positions, { precision: "f32" });
    return streamLoss(tree, config, states, batch.textTargets, batch.imageTargets).image.item();
  });
  expect(await dalle.logLikelihood(image!, caption)).toBeCloseTo(-loss, 5);
  expect(await dalle.logLikelihood(image!, "a ball")).not.toBeCloseTo(-loss, 4);
});

test("a graph is refused by the name of the weight that is missing", async () => {
  const folder = await newFolder();
  const { model } = tinyDvae;
  const parameters = loudParameters(dvaeSpecs(model), 3).filter(
    ({ name }) => name !== "decoder.output.bias",
  );
  await expect(exportDvae(join(folder, "model"), model, parameters)).rejects.toThrow(
    /no parameter "decoder\.output\.bias"/,
  );
});
