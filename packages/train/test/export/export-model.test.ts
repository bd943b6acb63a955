/** @file A model folder as users load it, made from parts. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { paint, worldSample } from "@dalle-ts/data";
import { tensor } from "@dalle-ts/torch";
import { Dalle, DvaeRuntime } from "dalle-ts";
import { describe, expect, test } from "vitest";
import { loudParameters } from "../../../models/test/tiny.js";
import { dvaeSpecs } from "../../src/dvae/task.js";
import { exportDvae } from "../../src/export/export-dvae.js";
import { tinyDvae } from "../../src/recipes/tiny-dvae.js";
import { encodeWorld } from "../../src/transformer/encoded-world.js";
import { newFolder } from "../run/folders.js";
import { writeTinyModel } from "../tiny-model.js";

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

test("training encodes pictures to the codes that the exported encoder gives", async () => {
  const folder = await newFolder();
  const { model } = tinyDvae;
  const parameters = loudParameters(dvaeSpecs(model), 3);
  await exportDvae(folder, model, parameters);
  const world = encodeWorld(
    {
      config: model,
      parameters: new Map(
        parameters.map(({ name, shape, data }) => [name, tensor(data, shape, "f32")]),
      ),
    },
    { families: ["blocks", "objects"], seed: 4, pictures: 3, precision: "f32", device: "cpu" },
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
