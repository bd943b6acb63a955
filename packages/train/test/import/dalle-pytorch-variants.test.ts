/** @file DALLE-pytorch's files of other options and releases than the fixtures': which weight goes where. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CheckpointFile, DalleError } from "@dalle-ts/tensor";
import { afterAll, describe, expect, test } from "vitest";
import { fixtureFolder } from "../../../../test/fixtures.js";
import {
  storage,
  tensor,
  type Written,
} from "../../../tensor/test/checkpoint-files/pickle-writer.js";
import { torchZip } from "../../../tensor/test/checkpoint-files/torch-writer.js";
import type { GraphParameter } from "../../src/export/record.js";
import { importDallePytorch } from "../../src/import/dalle-pytorch/import-dalle-pytorch.js";

const fixtures = fixtureFolder("import");
const folder = await mkdtemp(join(tmpdir(), "dalle-import-"));
afterAll(() => rm(folder, { recursive: true }));

/** Two text tokens, two text states, three codes, a grid of 2 × 2, width 4, one head of 4, feed-forward of 3. */
function reversibleNames(): Record<string, number[]> {
  const block = (side: string) => `transformer.layers.blocks.0.${side}.net`;
  const around = (side: string) => ({
    [`${block(side)}.scale`]: [1, 1, 4],
    [`${block(side)}.fn.norm.weight`]: [4],
    [`${block(side)}.fn.norm.bias`]: [4],
    [`${block(side)}.fn.norm_out.weight`]: [4],
    [`${block(side)}.fn.norm_out.bias`]: [4],
  });
  return {
    ...around("f"),
    [`${block("f")}.fn.fn.fn.to_qkv.weight`]: [12, 4],
    [`${block("f")}.fn.fn.fn.to_out.0.weight`]: [4, 4],
    [`${block("f")}.fn.fn.fn.to_out.0.bias`]: [4],
    ...around("g"),
    [`${block("g")}.fn.fn.fn.net.0.weight`]: [6, 4],
    [`${block("g")}.fn.fn.fn.net.0.bias`]: [6],
    [`${block("g")}.fn.fn.fn.net.3.weight`]: [4, 3],
    [`${block("g")}.fn.fn.fn.net.3.bias`]: [4],
    "to_logits.0.weight": [4],
    "to_logits.0.bias": [4],
    "to_logits.1.weight": [7, 4],
    "to_logits.1.bias": [7],
    "text_emb.linear.weight": [7, 4],
    "image_emb.linear.weight": [7, 4],
    "text_pos_emb.weight": [3, 4],
    "image_pos_emb.weights.0": [1, 2, 1, 4],
    "image_pos_emb.weights.1": [1, 1, 2, 4],
  };
}

/** A file in which the numbers of the k-th weight are 100 k, 100 k + 1, … */
async function write(
  hparams: [string, Written][],
  version: string | undefined,
  shapes = reversibleNames(),
): Promise<CheckpointFile> {
  const storages: Record<string, Float32Array> = {};
  const weights = Object.entries(shapes).map(([name, shape], order): [string, Written] => {
    const length = shape.reduce((a, b) => a * b, 1);
    storages[order] = Float32Array.from({ length }, (_, index) => 100 * order + index);
    const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
    return [name, tensor(storage("Float", String(order), length), 0, shape, strides)];
  });
  const path = join(folder, "dalle.pt");
  const contents = new Map<Written, Written>([
    ["hparams", new Map<Written, Written>(hparams)],
    ...(version ? [["version", version] as const] : []),
    ["weights", new Map<Written, Written>(weights)],
  ]);
  await writeFile(path, torchZip(contents, storages));
  return CheckpointFile.open(path);
}

async function numbersOf(parameters: readonly GraphParameter[], name: string) {
  const { data } = parameters.find((each) => each.name === name)!;
  return typeof data === "function" ? await data() : data;
}

const sizes: [string, Written][] = [
  ["num_text_tokens", 2],
  ["text_seq_len", 2],
  ["heads", 1],
  ["dim_head", 4],
];

test("tied, reversible, shifted, sandwiched, and of a release that centred its squares", async () => {
  await using file = await write(
    [...sizes, ["attn_types", ["conv_like"]], ["stable", true]],
    "1.4.2",
  );
  const { config, parameters, codec } = importDallePytorch([file]);
  expect(codec).toBeUndefined();
  expect(config).toEqual({
    width: 4,
    heads: 1,
    headSize: 4,
    feedForward: 3,
    textVocabulary: 2,
    textStates: 2,
    imageCodes: 3,
    gridSide: 2,
    masks: ["centredConvolution"],
    rotary: 0,
    tokenShift: true,
    sandwichNorms: true,
    reversible: true,
    stable: true,
  });
  const names = Object.keys(reversibleNames());
  const first = async (name: string) => (await numbersOf(parameters, name))[0];
  const logits = 100 * names.indexOf("to_logits.1.weight");
  expect(await first("text.tokens.weight")).toBe(logits);
  expect(await first("image.tokens.weight")).toBe(logits + 4 * 4);
  expect(await first("image.columns.weight")).toBe(100 * names.indexOf("image_pos_emb.weights.1"));
  expect(await first("layers.0.feed_forward.scale")).toBe(
    100 * names.indexOf("transformer.layers.blocks.0.g.net.scale"),
  );
});

test("without scales blocks are added as they are, and without a list all layers are full", async () => {
  const shapes = Object.fromEntries(
    Object.entries(reversibleNames()).filter(([name]) => !name.endsWith(".scale")),
  );
  await using file = await write(sizes, undefined, shapes);
  const { config, parameters } = importDallePytorch([file]);
  expect(config).toMatchObject({ masks: ["full"], stable: false });
  const scale = await numbersOf(parameters, "layers.0.attention.scale");
  expect([...scale]).toEqual([1, 1, 1, 1]);
});

test.each([
  ["no sizes", sizes.slice(1), /does not say what its model is \(hparams.num_text_tokens/],
  [
    "gates",
    [...sizes, ["attn_types", "mlp"]],
    /has layers of "mlp" attention, .*; give one whose layers are among full, axial_row, axial_col, conv_like\.$/,
  ],
] as [string, [string, Written][], RegExp][])("%s: refused", async (_, hparams, message) => {
  await using file = await write(hparams, "1.6.6");
  expect(() => importDallePytorch([file])).toThrow(message);
});

/** With a table of angles in place of learned positions. */
function rotaryNames(shape: number[]): Record<string, number[]> {
  const names = Object.entries(reversibleNames()).filter(([name]) => !/_pos_emb/.test(name));
  return { ...Object.fromEntries(names), "transformer.pos_emb": shape };
}

test.each([
  ["before 1.1.2, without the last state", [1, 1, 6, 4]],
  ["whole", [1, 7, 4]],
])("a table of angles of %s", async (_, shape) => {
  await using file = await write(sizes, undefined, rotaryNames(shape));
  const { config, parameters } = importDallePytorch([file]);
  expect(config).toMatchObject({ gridSide: 2, rotary: 4 });
  const first = 100 * Object.keys(rotaryNames(shape)).indexOf("transformer.pos_emb");
  const cosines = await numbersOf(parameters, "rotary.cosine");
  expect(cosines).toHaveLength(7 * 4);
  for (let index = 0; index < 6 * 4; index++)
    expect(cosines[index]).toBeCloseTo(Math.cos(first + index), 6);
});

test.each([
  [
    "captions without paddings of their own",
    { ...reversibleNames(), "text_emb.weight": [2, 4] },
    /^dalle\.pt was written by a release before 0\.9, .*; give a model that a later release has trained\.$/,
  ],
  [
    "a VQGAN without convolutions between its levels",
    {
      ...reversibleNames(),
      "vae.model.quantize.embedding.weight": [3, 4],
      "vae.model.decoder.conv_in.weight": [32, 4, 3, 3],
      "vae.model.decoder.conv_out.weight": [3, 32, 3, 3],
      "vae.model.decoder.up.1.block.0.conv1.weight": [32, 32, 3, 3],
    },
    /^dalle\.pt resizes pictures without convolutions in its VQGAN; give a model whose resamp_with_conv is true/,
  ],
  [
    "angles of no square of codes",
    rotaryNames([1, 1, 5, 4]),
    /^dalle\.pt has rotary angles of 5 states, which 2 of text and a square of codes do not make; check/,
  ],
  [
    "logits of too few codes",
    { ...reversibleNames(), "to_logits.1.weight": [3, 4] },
    /^dalle\.pt has sizes that no such model has \(axialTransformer\.imageCodes: .* got -1\); check that/,
  ],
  [
    "its own dVAE of four channels",
    {
      ...reversibleNames(),
      "vae.codebook.weight": [3, 4],
      "vae.encoder.0.0.weight": [8, 4, 4, 4],
    },
    /^dalle\.pt codes pictures of 4 channels; give a model of pictures with 3/,
  ],
  [
    "OpenAI's of four channels",
    {
      ...reversibleNames(),
      "vae.enc.blocks.input.w": [8, 4, 7, 7],
      "vae.dec.blocks.input.w": [4, 3, 1, 1],
    },
    /codes pictures of 4 channels/,
  ],
  [
    "a VQGAN of four channels",
    {
      ...reversibleNames(),
      "vae.model.quantize.embedding.weight": [3, 4],
      "vae.model.decoder.conv_in.weight": [32, 4, 3, 3],
      "vae.model.decoder.conv_out.weight": [4, 32, 3, 3],
    },
    /codes pictures of 4 channels/,
  ],
] as [string, Record<string, number[]>, RegExp][])(
  "%s: refused by the file's name",
  async (_, shapes, message) => {
    await using file = await write(sizes, "1.6.6", shapes);
    expect(() => importDallePytorch([file])).toThrow(message);
  },
);

test.each([
  ["a layer of a huge number", { "transformer.layers.blocks.99999999.f.net.scale": [1, 1, 4] }],
  ["a scale without its axes", { "transformer.layers.blocks.0.f.net.scale": [4] }],
])("%s: refused", async (_, shapes) => {
  await using file = await write(sizes, "1.6.6", { ...reversibleNames(), ...shapes });
  expect(() => importDallePytorch([file])).toThrow(DalleError);
});

/** The shapes of a fixture's weights by name, below another branch. */
async function shapesOf(path: string, from: string, to: string): Promise<Record<string, number[]>> {
  await using file = await CheckpointFile.open(path);
  const entries = [...file.tensors].filter(([name]) => name.startsWith(from));
  return Object.fromEntries(
    entries.map(([name, { shape }]) => [to + name.slice(from.length), [...shape]]),
  );
}

describe.skipIf(!fixtures)("with the dVAE of another project", () => {
  test.each([
    ["vqgan", 4, [["mindalle/stage1_last.ckpt", "state_dict.", "vae.model."]]],
    [
      "openai",
      8,
      [
        ["openai-dvae/encoder.pkl", "", "vae.enc."],
        ["openai-dvae/decoder.pkl", "", "vae.dec."],
      ],
    ],
  ] as [string, number, [string, string, string][]][])("%s", async (kind, scale, parts) => {
    const shapes = await Promise.all(
      parts.map(([path, from, to]) => shapesOf(join(fixtures!, path), from, to)),
    );
    await using file = await write(
      sizes,
      "1.6.6",
      Object.assign(reversibleNames(), ...shapes) as Record<string, number[]>,
    );
    const { codec } = importDallePytorch([file]);
    expect(codec?.kind).toBe(kind);
    const side = 2 * scale;
    const pixels = { shape: [1, 3, side, side], data: new Float32Array(3 * side ** 2).fill(0.5) };
    expect(await codec!.encode(pixels)).toHaveLength(4);
    const codes = { shape: [1, 4], data: BigInt64Array.of(0n, 1n, 2n, 3n) };
    expect(await codec!.decode(codes)).toHaveLength(pixels.data.length);
  });
});
