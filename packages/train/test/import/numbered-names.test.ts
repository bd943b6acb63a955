/** @file Names and axes that count to more parts than any model has, which no importer goes through one by one. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CheckpointFile, type Shape, writeSafetensors } from "@dalle-ts/tensor";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.js";
import { storage, tensor } from "../../../tensor/test/checkpoint-files/pickle-writer.js";
import { torchZip } from "../../../tensor/test/checkpoint-files/torch-writer.js";
import { inferConvolutional } from "../../src/import/clip/convolutional.js";
import { minDalleSources } from "../../src/import/dalle-mini/flax-names.js";
import { importVqgan } from "../../src/import/vqgan/import-vqgan.js";
import { Weights } from "../../src/import/weights.js";

const folder = temporaryFolder();

const numbered = (count: number, name: (index: number) => string, shape: Shape) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [name(index), shape]));

async function opened(shapes: Record<string, Shape>): Promise<CheckpointFile> {
  const path = join(folder, "model.safetensors");
  const entries = Object.entries(shapes).map(([name, shape]) => {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    return { name, dtype: "f32" as const, shape, data };
  });
  await writeSafetensors(path, entries);
  return CheckpointFile.open(path);
}

test("groups of CLIP's residual network", async () => {
  const groups = (count: number) => ({
    "visual.attnpool.positional_embedding": [5, 64],
    ...numbered(count, (index) => `visual.layer${index + 1}.0.conv1.weight`, [4, 4, 1, 1]),
  });
  await using most = await opened(groups(16));
  expect(inferConvolutional(new Weights(most), 1).groups).toEqual(Array(16).fill(1));
  await using more = await opened(groups(17));
  expect(() => inferConvolutional(new Weights(more), 1)).toThrow(
    "model.safetensors has 17 groups of layers in its image tower; check that it is",
  );
});

test.each(["encoder.down", "decoder.up"])("levels of a VQGAN: %s", async (levels) => {
  const resampling = levels === "encoder.down" ? "down.0.downsample" : "up.1.upsample";
  await using file = await opened({
    "quantize.embedding.weight": [8, 4],
    "encoder.conv_in.weight": [32, 3, 3, 3],
    "decoder.conv_in.weight": [32, 4, 3, 3],
    "decoder.conv_out.weight": [3, 32, 3, 3],
    "decoder.up.0.block.0.conv1.weight": [32, 32, 3, 3],
    "encoder.down.0.block.0.conv1.weight": [32, 32, 3, 3],
    [`${levels.split(".")[0]}.${resampling}.conv.weight`]: [32, 32, 3, 3],
    ...numbered(17, (index) => `${levels}.${index}.block.0.conv1.weight`, [32, 32, 3, 3]),
  });
  const facts = { imageSize: 32, normEpsilon: 1e-6, pixelRange: "signed" } as const;
  expect(() => importVqgan(new Weights(file), facts)).toThrow(
    "model.safetensors has 17 levels in its VQGAN; check that it is",
  );
});

const layers = "model.encoder.layers.FlaxBartEncoderLayers";
const marks = { "lm_head.kernel": [1, 1], "decoder.conv_in.kernel": [1, 1] };

test("layers of dalle-mini in one tensor", async () => {
  await using file = await opened({ ...marks, [`${layers}.LayerNorm_0.scale`]: [1025, 1] });
  expect(() => minDalleSources([file])).toThrow(
    `model.safetensors has 1025 layers in "${layers}.LayerNorm_0.scale"; check that it is`,
  );
});

test("layers of dalle-mini in many tensors of the same bytes", async () => {
  const same = tensor(storage("Float", "0", 1024), 0, [1024, 1], [1, 1]);
  const names = [
    ...Object.keys(marks),
    ...Array.from({ length: 98 }, (_, index) => `${layers}.norm_${index}.scale`),
  ];
  const path = join(folder, "model.pt");
  const weights = new Map(names.map((name) => [name, same]));
  await writeFile(path, torchZip(weights, { 0: new Float32Array(1024) }));
  await using file = await CheckpointFile.open(path);
  expect(() => minDalleSources([file])).toThrow(
    "model.pt has over 100000 weights in its encoder; check that it is",
  );
});
