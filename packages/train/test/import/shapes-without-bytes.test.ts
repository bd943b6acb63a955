/**
 * @file Shapes that cost no bytes: an empty axis, or one element repeated, may claim billions, and no importer counts
 * to them.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CheckpointFile, type CheckpointTensor, writeSafetensors } from "@dalle-ts/tensor";
import { afterAll, expect, test } from "vitest";
import { storage, tensor } from "../../../tensor/test/checkpoint-files/pickle-writer.js";
import { torchZip } from "../../../tensor/test/checkpoint-files/torch-writer.js";
import { minDalleSources } from "../../src/import/dalle-mini/flax-names.js";
import { RenamedWeights } from "../../src/import/renamed-weights.js";
import { importRudalle } from "../../src/import/rudalle/import-rudalle.js";
import { storedTensor, Weights } from "../../src/import/weights.js";

const folder = await mkdtemp(join(tmpdir(), "dalle-shapes-"));
afterAll(() => rm(folder, { recursive: true }));

test("an empty axis is refused where the weight is wanted, by whatever name", async () => {
  const path = join(folder, "flax_model.safetensors");
  const empty = { dtype: "f32" as const, shape: [2 ** 32, 0], data: new Float32Array() };
  const sound = { dtype: "f32" as const, shape: [1], data: Float32Array.of(1) };
  await writeSafetensors(path, [
    { name: "kernel", ...empty },
    { name: "bias", ...sound },
  ]);
  await using file = await CheckpointFile.open(path);
  const entry = { name: "weight", source: "kernel", view: (each: CheckpointTensor) => each };
  const refused =
    /^flax_model\.safetensors has nothing in "(kernel|weight)", of the shape \[4294967296,0\]; check/;
  expect(() => new Weights(file).shape("kernel")).toThrow(refused);
  expect(() => new Weights(file).parameter({ name: "w", shape: [2 ** 32, 0] }, "kernel")).toThrow(
    refused,
  );
  expect(() => new Weights(new RenamedWeights(file, [entry])).shape("weight")).toThrow(refused);
  expect(() => storedTensor(file, "kernel")).toThrow(refused);
  expect(new Weights(file).shape("bias")).toEqual([1]); // what nobody wants does no harm
});

test("nobody counts the layers of a stacked weight that is not there", async () => {
  const path = join(folder, "stacked.safetensors");
  const [empty, one] = [new Float32Array(), Float32Array.of(1)];
  const stacked = "model.encoder.layers.FlaxBartEncoderLayers.GLU_0.Dense_0.kernel";
  await writeSafetensors(path, [
    { name: stacked, dtype: "f32", shape: [2 ** 32, 0], data: empty },
    { name: "lm_head.kernel", dtype: "f32", shape: [1, 1], data: one },
    { name: "decoder.conv_in.kernel", dtype: "f32", shape: [1, 1], data: one },
  ]);
  await using file = await CheckpointFile.open(path);
  expect(() => minDalleSources([file])).toThrow(
    `has nothing in "${stacked}", of the shape [4294967296,0]; check`,
  );
});

test("an element repeated billions of times is refused in one sentence", async () => {
  const path = join(folder, "pytorch_model_v3.bin");
  const one = storage("Float", "0", 1);
  const names = { "image_embeddings.weight": 1, "quantize.embed.weight": 1 };
  const weights = new Map(
    Object.entries({ ...names, "text_pos_embeddings.weight": 2 ** 33 + 1 }).map(([name, rows]) => [
      name,
      tensor(one, 0, [rows, 1], [0, 1]),
    ]),
  );
  await writeFile(path, torchZip(weights, { 0: Float32Array.of(1) }));
  await using file = await CheckpointFile.open(path);
  expect(() => importRudalle([file], { heads: 1, release: "v3" })).toThrow(
    'pytorch_model_v3.bin repeats the 1 stored elements of "text_pos_embeddings.weight" to the shape [8589934593,1]; check',
  );
});
