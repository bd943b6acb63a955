/** @file How DALLE-pytorch's own dVAE counts pixels is what its file says, in codes and in pictures. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { denormalisePixels, type PixelScale } from "@dalle-ts/models";
import { CheckpointFile, Graph } from "@dalle-ts/tensor";
import { runtimeTensor } from "dalle-ts/parts";
import { expect, onTestFinished, test } from "vitest";
import {
  storage,
  tensor,
  type Written,
} from "../../../tensor/test/checkpoint-files/pickle-writer.js";
import { torchZip } from "../../../tensor/test/checkpoint-files/torch-writer.js";
import { runGraph } from "../../src/import/check/run-graph.js";
import { findPictureCodec } from "../../src/import/dalle-pytorch/picture-codec.js";

/** One code of 2 × 2 pixels: 1 where their sum, as the network counts it, is above 3. */
const weights: Record<string, [shape: number[], values: number[]]> = {
  "codebook.weight": [
    [2, 1],
    [0, 1],
  ],
  "encoder.0.0.weight": [[1, 3, 4, 4], new Array<number>(48).fill(1)],
  "encoder.0.0.bias": [[1], [0]],
  "encoder.1.weight": [
    [2, 1, 1, 1],
    [0, 1],
  ],
  "encoder.1.bias": [[2], [3, 0]],
  "decoder.0.0.weight": [[1, 1, 4, 4], new Array<number>(16).fill(1)],
  "decoder.0.0.bias": [[1], [0]],
  "decoder.1.weight": [
    [3, 1, 1, 1],
    [1, 1, 1],
  ],
  "decoder.1.bias": [[3], [0, 0, 0]],
};

/** A vae.pt whose arguments have this normalization, or do not name it. */
async function open(normalization: Written | undefined): Promise<CheckpointFile> {
  const folder = await mkdtemp(join(tmpdir(), "dalle-pixels-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const storages: Record<string, Float32Array> = {};
  const written = Object.entries(weights).map(([name, [shape, values]], order) => {
    storages[order] = Float32Array.from(values);
    const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
    const stored = storage("Float", String(order), values.length);
    return [name, tensor(stored, 0, shape, strides)] as [string, Written];
  });
  const said: [Written, Written][] =
    normalization === undefined ? [] : [["normalization", normalization]];
  const contents = new Map<Written, Written>([
    ["hparams", new Map<Written, Written>(said)],
    ["weights", new Map<Written, Written>(written)],
  ]);
  const path = join(folder, "vae.pt");
  await writeFile(path, torchZip(contents, storages));
  return CheckpointFile.open(path);
}

/** A quarter in the middle channel alone: −3 + 2 · 4 in all as the program counts by default. */
const pixels = {
  shape: [1, 3, 2, 2],
  data: Float32Array.from({ length: 12 }, (_, index) => (index >> 2 === 1 ? 0.25 : 0)),
};

test.each([
  ["not said", undefined, 0, undefined],
  ["null", null, 0, { means: [0, 0, 0], deviations: [1, 1, 1] }],
  [
    "by channel, with transparency",
    [
      [0, 0, 0, 0],
      [1, 0.25, 1, 1],
    ],
    1,
    { means: [0, 0, 0], deviations: [1, 0.25, 1] },
  ],
] as [string, Written | undefined, number, PixelScale | undefined][])(
  "%s",
  async (_, normalization, code, pixelScale) => {
    await using file = await open(normalization);
    const codec = findPictureCodec([file], 1)!;
    expect(codec.part.config).toEqual({
      family: "strided-dvae",
      imageSize: 2,
      channels: 3,
      layers: 1,
      blocks: 0,
      width: 1,
      codes: 2,
      codeWidth: 1,
      ...(pixelScale ? { pixelScale } : {}),
    });
    expect([...(await codec.encode(pixels))]).toEqual([BigInt(code)]);
  },
);

test.each([
  ["of one number", [[0.5], [0.5]], /^vae\.pt has no two lists of 3 numbers in hparams\.norm/],
  [
    "of nothing",
    [
      [0, 0, 0],
      [1, 0, 1],
    ],
    /deviations: expected 3 numbers > 0, got \[1,0,1\]/,
  ],
])("a scale %s is refused", async (_, normalization, message) => {
  await using file = await open(normalization);
  expect(() => findPictureCodec([file], 1)).toThrow(message);
});

test("pictures are brought back to [0, 1]", async () => {
  const pixelScale = { means: [0.5, 0.25, 0], deviations: [0.5, 2, 1] };
  const graph = new Graph("denormalised");
  const normalised = graph.input("normalised", [1, 3, 1, 1], "f32");
  graph.output("said", denormalisePixels({ pixelScale }, normalised));
  graph.output("assumed", denormalisePixels({}, normalised));
  const found = await runGraph(graph, {
    normalised: runtimeTensor(Float32Array.of(1, -0.5, 0.25), [1, 3, 1, 1]),
  });
  expect(found.get("said")).toEqual(Float32Array.of(1, -0.75, 0.25));
  expect(found.get("assumed")).toEqual(Float32Array.of(1, 0.25, 0.625));
});
