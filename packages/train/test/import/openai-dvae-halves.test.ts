/** @file OpenAI's dVAE with a decoder of another size than its encoder: each half's blocks are divided by their own number. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CheckpointFile } from "@dalle-ts/tensor";
import { expect, onTestFinished, test } from "vitest";
import {
  storage,
  tensor,
  type Written,
} from "../../../tensor/test/checkpoint-files/pickle-writer.js";
import { torchZip } from "../../../tensor/test/checkpoint-files/torch-writer.js";
import { importOpenAiDvae } from "../../src/import/openai-dvae/import-openai-dvae.js";

type Shapes = Record<string, number[]>;

function blockShapes(block: string, inputs: number, outputs: number, kernels: number[]): Shapes {
  const widths = [inputs, outputs / 4, outputs / 4, outputs / 4, outputs];
  const residual = kernels.map((kernel, index): [string, number[]] => [
    `blocks.group_1.${block}.res_path.conv_${index + 1}`,
    [widths[index + 1]!, widths[index]!, kernel, kernel],
  ]);
  const identity: Shapes =
    inputs === outputs ? {} : { [`blocks.group_1.${block}.id_path`]: [outputs, inputs, 1, 1] };
  return { ...Object.fromEntries(residual), ...identity };
}

const encoder: Shapes = {
  "blocks.input": [4, 3, 7, 7],
  ...blockShapes("block_1", 4, 4, [3, 3, 3, 1]),
  "blocks.output.conv": [5, 4, 1, 1],
};
const decoder: Shapes = {
  "blocks.input": [2, 5, 1, 1],
  ...blockShapes("block_1", 2, 8, [1, 3, 3, 3]),
  ...blockShapes("block_2", 8, 8, [1, 3, 3, 3]),
  "blocks.output.conv": [6, 8, 1, 1],
};

/** Every number of it is 1. */
async function write(name: string, convolutions: Shapes): Promise<CheckpointFile> {
  const folder = await mkdtemp(join(tmpdir(), "dalle-halves-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const shapes = Object.entries(convolutions).flatMap(
    ([convolution, shape]): [string, number[]][] => [
      [`${convolution}.w`, shape],
      [`${convolution}.b`, [shape[0]!]],
    ],
  );
  const storages: Record<string, Float32Array> = {};
  const weights = shapes.map(([weight, shape], order) => {
    const length = shape.reduce((a, b) => a * b, 1);
    storages[order] = new Float32Array(length).fill(1);
    const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
    const stored = tensor(storage("Float", String(order), length), 0, shape, strides);
    return [weight, stored] as [string, Written];
  });
  const path = join(folder, name);
  await writeFile(path, torchZip(new Map<Written, Written>(weights), storages));
  return CheckpointFile.open(path);
}

test("a wider and deeper decoder", async () => {
  await using first = await write("encoder.pkl", encoder);
  await using second = await write("decoder.pkl", decoder);
  const { config, parameters } = importOpenAiDvae([first, second]);
  expect(config).toMatchObject({
    hidden: 4,
    groups: 1,
    blocksPerGroup: 1,
    residualGain: 1,
    decoder: { hidden: 8, blocksPerGroup: 2 },
  });
  const firstOf = async (name: string) => {
    const { data } = parameters.find((each) => each.name === name)!;
    return (typeof data === "function" ? await data() : data)[0];
  };
  // The encoder's gain is 1 / 1², the decoder's 1 / 2².
  for (const part of ["weight", "bias"]) {
    expect(await firstOf(`decoder.group_1.block_2.residual.conv_4.${part}`)).toBe(1 / 4);
    expect(await firstOf(`decoder.group_1.block_2.residual.conv_3.${part}`)).toBe(1);
    expect(await firstOf(`encoder.group_1.block_1.residual.conv_4.${part}`)).toBe(1);
  }
});
