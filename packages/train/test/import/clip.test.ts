/** @file OpenAI's CLIP: every weight goes to one place of ours, and the check computes what libtorch does. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ClipConfig, embedImages, embedTexts } from "@dalle-ts/models";
import { CheckpointFile, ParameterTree, writeSafetensors } from "@dalle-ts/tensor";
import { noGradient, tensor, tidy } from "@dalle-ts/torch";
import { CaptionTokenizer } from "dalle-ts/parts";
import { afterAll, expect, test } from "vitest";
import { normalArray } from "../../../models/test/tiny.js";
import { Reference } from "../../src/import/check/reference.js";
import { checkClip } from "../../src/import/clip/check-clip.js";
import { clipWithHeads } from "../../src/import/clip/find-heads.js";
import { importClip } from "../../src/import/clip/import-clip.js";
import { clipParts } from "../../src/import/clip/parts.js";
import { clipTokenizerJson } from "../../src/import/clip/tokenizer-json.js";
import { withCheckpoints } from "../../src/import/open-checkpoints.js";
import { clipShapes } from "./tiny-clip.js";

const folder = await mkdtemp(join(tmpdir(), "dalle-clip-"));
afterAll(() => rm(folder, { recursive: true }));

const shapes = clipShapes(11);

const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

async function write(
  name: string,
  entries: Record<string, { shape: number[]; data: Float32Array | BigInt64Array }>,
) {
  const path = join(folder, name);
  await writeSafetensors(
    path,
    Object.entries(entries).map(([key, { shape, data }]) => ({
      name: key,
      shape,
      data,
      dtype: data instanceof Float32Array ? "f32" : "i64",
    })),
  );
  return path;
}

test("weights, sizes and results", async () => {
  const weights = Object.entries(shapes).map(([name, shape], seed) => {
    return [name, { shape, data: normalArray(size(shape), seed + 1) }] as const;
  });
  await using file = await CheckpointFile.open(
    await write("clip.safetensors", Object.fromEntries(weights)),
  );
  const imported = importClip([file]);
  const { config } = imported;
  expect(config).toMatchObject({
    embedding: 3,
    image: { layers: 2, width: 6, heads: 1, imageSize: 8, patch: 4 },
    text: { layers: 1, width: 4, heads: 1, states: 5, vocabulary: 9 },
  });
  const parameters = await Promise.all(
    imported.parameters.map(async ({ name, shape, data }) => {
      return { name, shape, data: typeof data === "function" ? await data() : data } as const;
    }),
  );
  // As many numbers as the file has, and the patches' bias.
  const count = parameters.reduce((sum, { data }) => sum + data.length, 0);
  expect(count).toBe(Object.values(shapes).reduce((sum, shape) => sum + size(shape), 6));
  const projection = parameters.find(({ name }) => name === "text.projection.weight")!.data;
  const original = Object.fromEntries(weights).text_projection!.data;
  expect([...projection.slice(0, 4)]).toEqual([0, 3, 6, 9].map((index) => original[index]));

  const pixels = normalArray(2 * 3 * 64, 99).map((x) => 1 / (1 + Math.exp(-x)));
  const text = BigInt64Array.of(9n, 3n, 10n, 0n, 0n, 9n, 4n, 8n, 10n, 10n);
  const ends = Float32Array.of(0, 0, 1, 0, 0, 0, 0, 0, 1, 0);
  const featuresOf = (config: ClipConfig) =>
    noGradient(() =>
      tidy(() => {
        const tree = new ParameterTree(
          new Map(parameters.map(({ name, shape, data }) => [name, tensor(data, shape, "f32")])),
        );
        const ids = tensor(text, [2, 5], "i64");
        return [
          embedImages(tree.at("image"), config, tensor(pixels, [2, 3, 8, 8], "f32")).toArray(),
          embedTexts(tree.at("text"), config, ids, tensor(ends, [2, 5], "f32")).toArray(),
        ] as [Float32Array, Float32Array];
      }),
    );
  const [image, caption] = featuresOf(config);
  await write("inputs.safetensors", {
    image: { shape: [2, 3, 8, 8], data: pixels },
    text: { shape: [2, 5], data: text },
  });
  await write("expected.safetensors", {
    image_features: { shape: [2, 3], data: image },
    text_features: { shape: [2, 3], data: caption },
  });
  const rows = await checkClip(imported, await Reference.read(folder));
  expect(rows.map(({ name, ok }) => [name, ok])).toEqual([
    ["image_features", true],
    ["text_features", true],
  ]);

  // With heads that are not OpenAI's, the comparison finds them.
  const two = importClip([file], { image: 2, text: 4 });
  expect(two.config).toEqual({
    ...config,
    image: { ...config.image, heads: 2 },
    text: { ...config.text, heads: 4 },
  });
  const [otherImage, otherText] = featuresOf(two.config);
  await write("expected.safetensors", {
    image_features: { shape: [2, 3], data: otherImage },
    text_features: { shape: [2, 3], data: otherText },
  });
  const found = await clipWithHeads([file], await Reference.read(folder));
  expect(found.config).toEqual(two.config);
});

test("a folder has the heads that were said, and the user is told what was assumed", async () => {
  const weights = Object.entries(clipShapes(516)).map(([name, shape]) => {
    return [name, { shape, data: new Float32Array(size(shape)) }] as const;
  });
  const merges = join(folder, "merges.txt");
  await writeFile(merges, "#version: 0.2\na n</w>\na v\n");
  const partsOf = async (extra: Parameters<typeof write>[1], facts = {}, texts = [merges]) => {
    const path = await write("parts.safetensors", { ...Object.fromEntries(weights), ...extra });
    return withCheckpoints([path], (files) => clipParts(files, [path, ...texts], facts));
  };
  const heads = expect.stringMatching(/^No file tells .* heads: assumed 1 of 6 .* say --heads\.$/);
  const activation = expect.stringMatching(/^No file tells the activation: assumed is QuickGELU, /);
  expect((await partsOf({})).notes).toEqual([heads, activation]);
  // As OpenAI publishes them.
  const published = { input_resolution: { shape: [], data: BigInt64Array.of(8n) } };
  expect((await partsOf(published)).notes).toEqual([heads]);
  const said = await partsOf(published, { heads: 2 });
  expect(said.notes).toEqual([]);
  expect(said.clip!.config).toMatchObject({ image: { heads: 2 }, text: { heads: 1 } });
  await expect(partsOf(published, {}, [])).rejects.toThrow(
    "clip: its tokenizer is not among the files; add the path of bpe_simple_vocab_16e6.txt.gz.",
  );
});

test("heads are counted as OpenAI's program does it, whatever the width", async () => {
  const weights = Object.entries(clipShapes(11, 160)).map(([name, shape]) => {
    return [name, { shape, data: new Float32Array(size(shape)) }] as const;
  });
  await using file = await CheckpointFile.open(
    await write("wide.safetensors", Object.fromEntries(weights)),
  );
  expect(importClip([file]).config.image).toMatchObject({ width: 160, heads: 2 });
});

test("a state dict that a trainer keeps among other things is found", async () => {
  const inside = ([name, shape]: [string, number[]]) =>
    [`state_dict.module.${name}`, { shape, data: normalArray(size(shape), 3) }] as const;
  const weights = Object.fromEntries(Object.entries(shapes).map(inside));
  await using file = await CheckpointFile.open(await write("epoch_32.safetensors", weights));
  const { config, parameters, published } = importClip([file]);
  // One each, and the patches' bias.
  const count = Object.keys(shapes).length + 1;
  expect([config.image.heads, parameters.length, published]).toEqual([1, count, false]);
});

test("files that are no CLIP are refused", async () => {
  const conv1 = { "visual.conv1.weight": { shape: [1], data: Float32Array.of(1) } };
  await using network = await CheckpointFile.open(await write("rn50.safetensors", conv1));
  expect(() => importClip([network])).toThrow(
    /rn50\.safetensors has no weight "token_embedding\.weight"/,
  );
  expect(() => importClip([])).toThrow(/none of the files/);
});

test("its tokenizer: letters, letters that end a word, merges, and no line about the file", () => {
  const merges = "bpe_simple_vocab_16e6.txt#version: 0.2\na n\nan d</w>\nnot read\n";
  const tokenizer = CaptionTokenizer.fromJson(clipTokenizerJson(merges, 512 + 2 + 2));
  const letter = (sign: string) => sign.charCodeAt(0) - 33; // "!" is the first
  expect(tokenizer.encode(" AND\n  an7!")).toEqual([
    ...[513, letter("a"), letter("n") + 256, letter("7") + 256, letter("!") + 256],
  ]);
  const same = (caption: string, plain: string) =>
    expect(tokenizer.encode(caption), caption).toEqual(tokenizer.encode(plain));
  same("it’s “so” ﬁne", 'it\'s "so" fine');
  same("Ｆｕｌｌ　ｗｉｄｔｈ！ ｶﾞ", "full width! ガ");
  same("a &amp;lt; b&nbsp;&amp; &#39;c&#39;", "a < b & 'c'");
  same("\ufeffa\u0000b\u001b[31mc\u000bd \r\n e", "abcd e");
  expect(() => clipTokenizerJson(merges, 600)).toThrow(
    /^clip: the list of merges gives \d+ ids, and the model has 600; give bpe_simple/,
  );
});
