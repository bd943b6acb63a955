/**
 * @file Public checkpoints as model folders: drawn code by code with caches, the best codes are those of the reference, which
 * has none; and what a request can ask is there.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StreamModelConfig } from "@dalle-ts/models";
import { CheckpointFile } from "@dalle-ts/tensor";
import type { Dalle } from "dalle-ts";
import { type CodeWalker, drawFromNothing, SeededRandom, StreamWalker } from "dalle-ts/parts";
import { describe, expect, onTestFinished, test } from "vitest";
import { fixtureFolder } from "../../../../test/fixtures.js";
import { encodePictures } from "../../src/dvae/encode-pictures.js";
import { openPictureEncoder } from "../../src/dvae/picture-encoder.js";
import { bytePairJson } from "../../src/import/byte-pair-json.js";
import { openDvae } from "../../src/run/trained-parts.js";
import { expectedIntegers, expectSameInAnyBatch, importedModel } from "./model-folders.js";

const mindalle = fixtureFolder("import/mindalle");
const rudalle = fixtureFolder("import/rudalle");
const openAi = fixtureFolder("import/openai-dvae");

const caption = "a cat";

async function promptOf(folder: string, index: number): Promise<string> {
  return JSON.parse(await readFile(join(folder, "prompts.json"), "utf8"))[index].prompt;
}

describe.skipIf(!mindalle)("a model folder of minDALL-E", () => {
  const files = ["config.yaml", "stage1_last.ckpt", "stage2_last.ckpt"].concat([
    "tokenizer/bpe-16k-vocab.json",
    "tokenizer/bpe-16k-merges.txt",
  ]);
  test("draws the reference's best codes, the same in any batch, and reads pictures", async () => {
    const dalle = await importedModel("mindalle", mindalle!, files);
    const expected = await expectedIntegers(mindalle!, "greedy_tokens");
    for (const [row, index] of [0, 1].entries()) {
      const prompt = await promptOf(mindalle!, index);
      const [image] = await dalle.generate(prompt, { temperature: 0 });
      expect([...image!.codes]).toEqual(expected.slice(row * 64, (row + 1) * 64));
    }
    await expectSameInAnyBatch(dalle, caption);
    await expectReadsPictures(dalle);
    await expectCompletes(dalle);
  });

  test("in 8 bits a seed gives the same bytes at batch 1 and 4", async () => {
    const dalle = await importedModel("mindalle", mindalle!, files, { weightFormat: "int8-rows" });
    await expectSameInAnyBatch(dalle, caption);
  });
});

describe.skipIf(!rudalle)("a model folder of ruDALL-E", () => {
  const transformer = ["pytorch_model_v3.bin", "bpe.model"];
  const open = (vqgan: string, release: "v2" | "v3") =>
    importedModel("rudalle", rudalle!, [...transformer, vqgan], { heads: 4, release });

  test("v3 draws the reference's best codes, the same in any batch, and reads pictures", async () => {
    const dalle = await open("vqgan.gumbelf8-sber.model.ckpt", "v3");
    const prompt = await promptOf(rudalle!, 0);
    const [image] = await dalle.generate(prompt, { temperature: 0 });
    expect([...image!.codes]).toEqual(await expectedIntegers(rudalle!, "greedy_tokens"));
    await expectSameInAnyBatch(dalle, caption);
    await expectReadsPictures(dalle);
    await expectCompletes(dalle);
  });

  test("v2 gives the reference's logits, and the wavelets pictures of twice the size", async () => {
    const dalle = await open("vqgan.gumbelf8-sber-dwt.model.ckpt", "v2");
    await using inputs = await CheckpointFile.open(join(rudalle!, "inputs.safetensors"));
    await using expected = await CheckpointFile.open(join(rudalle!, "expected.safetensors"));
    const [image] = await dalle.generate(caption, { seed: 1 });
    expect(image!.width).toBe(64);
    await expectReadsPictures(dalle);
    const codes = Array.from(await inputs.read("image_tokens"), Number);
    const wanted = await expected.readFloat32("image_logits_v2");
    const tokens = tokensBetween(Array.from(await inputs.read("text_tokens"), Number));
    await expectLogits(dalle, tokens, codes, wanted);
  });
});

describe.each(["dalle-pytorch", "dalle-pytorch-norotary"])("a model folder of %s", (name) => {
  const folder = fixtureFolder(`import/${name}`);
  test.skipIf(!folder)("draws the reference's best codes, the same in any batch", async () => {
    const dalle = await importedModel("dalle-pytorch", folder!, ["dalle.pt"]);
    const walker = await walkerOf(dalle);
    await using inputs = await CheckpointFile.open(join(folder!, "inputs.safetensors"));
    const text = Array.from(await inputs.read("text"), Number);
    const states = text.length / 2;
    const expected = await expectedIntegers(folder!, "greedy_tokens");
    const draw = (row: number, count: number, guidance: number) =>
      drawFromNothing(walker, {
        tokens: text.slice(row * states, (row + 1) * states),
        randoms: Array.from({ length: count }, (_, index) => new SeededRandom(10 + index)),
        guidance,
        ...(guidance === 1 ? { temperature: 0 } : {}),
      });
    for (const row of [0, 1]) {
      const [codes] = await draw(row, 1, 1);
      expect([...codes!]).toEqual(expected.slice(row * 64, (row + 1) * 64));
    }
    const [alone, together] = [await draw(0, 1, 3), await draw(0, 4, 3)];
    expect(together[0]).toEqual(alone[0]);
    await expectReadsPictures(dalle);
    await expect(dalle.generate(caption)).rejects.toThrow(/has no tokenizer/);
  });

  test.skipIf(!folder)(
    "reads captions with a tokenizer of no more tokens than it has",
    async () => {
      const target = await mkdtemp(join(tmpdir(), "dalle-tokenizer-"));
      onTestFinished(() => rm(target, { recursive: true }));
      const path = join(target, "tokenizer.json");
      const files = [join(folder!, "dalle.pt"), path];
      const withTokens = async (count: number) => {
        const letters = Array.from({ length: count }, (_, id) => String.fromCharCode(97 + id));
        await writeFile(path, letterTokenizer(letters));
        return importedModel("dalle-pytorch", "", files);
      };
      const dalle = await withTokens(26);
      const [image] = await dalle.generate("a cat", { seed: 1 });
      const [other] = await dalle.generate("a dog", { seed: 1 });
      expect(other!.codes).not.toEqual(image!.codes);
      await expect(withTokens(500)).rejects.toThrow(
        /^The tokenizer has ids up to 499, and the transformer knows those below \d+; give the one that it was/,
      );
    },
  );
});

describe.skipIf(!openAi)("a model folder of OpenAI's dVAE", () => {
  test("reads and makes pictures, and says that it draws none for captions", async () => {
    const dalle = await importedModel("openai-dvae", openAi!, ["encoder.pkl", "decoder.pkl"]);
    expect(dalle.imageSize).toBe(256);
    await expectReadsPictures(dalle);
    await expect(dalle.generate(caption)).rejects.toThrow(
      /^The model openai-dvae has no transformer, .*; use a model that has\.$/,
    );

    // A transformer is trained on the same codes: by libtorch, of the weights in its graphs.
    const { config, parameters, hash } = await openDvae(dalle.directory);
    const pixels = Uint8Array.from({ length: 3 * 256 * 256 }, (_, index) => (index * 11) % 251);
    const { codes } = await dalle.reconstruct({ width: 256, height: 256, pixels });
    const found = encodePictures({ config, parameters }, pixels, 1, "cpu");
    const differing = found.filter((code, index) => code !== codes[index]).length;
    expect(differing / codes.length).toBeLessThan(0.01);
    await using encoder = await openPictureEncoder(dalle.directory);
    expect(encoder.sha256).toBe(hash);
  });
});

/** The text of a tokenizer.json whose tokens are single letters. */
function letterTokenizer(letters: readonly string[]): string {
  return bytePairJson({
    normalizers: [{ type: "Lowercase" }],
    preTokenizer: { type: "WhitespaceSplit" },
    decoder: { type: "Fuse" },
    vocabulary: Object.fromEntries(letters.map((letter, id) => [letter, id])),
    merges: [],
  });
}

/** The walker behind a loaded model of one stream. */
async function walkerOf(dalle: Dalle): Promise<CodeWalker> {
  const walker = await StreamWalker.open(
    dalle.directory,
    dalle.config.transformer as StreamModelConfig,
  );
  onTestFinished(() => walker[Symbol.asyncDispose]());
  return walker;
}

/** The caption's ids of a row that has a start, an end and zeros around them. */
function tokensBetween(row: readonly number[]): number[] {
  const told = row.filter((id) => id !== 0);
  return told.slice(1, -1);
}

/** Fed with known codes, the cached states give the logits of one pass without caches, within a relative L2 of 2e-5. */
async function expectLogits(
  dalle: Dalle,
  tokens: readonly number[],
  codes: readonly number[],
  wanted: Float32Array,
): Promise<void> {
  const walker = await walkerOf(dalle);
  const found: number[] = [];
  for await (const [logits] of walker.walk([{ tokens, codes }])) found.push(...logits!);
  let [difference, norm] = [0, 0];
  for (const [index, value] of wanted.entries()) {
    difference += (found[index]! - value) ** 2;
    norm += value ** 2;
  }
  expect(found).toHaveLength(wanted.length);
  expect(Math.sqrt(difference / norm)).toBeLessThan(2e-5);
}

/** Of half a picture, below, the rest is drawn by several candidates, and what was kept comes back. */
async function expectCompletes(dalle: Dalle): Promise<void> {
  const [image] = await dalle.generate(caption, { seed: 5 });
  const { codes } = await dalle.reconstruct(image!);
  const keep = { bottom: 0.5 };
  const [whole] = await dalle.complete(image!, caption, { keep, candidates: 3, seed: 1 });
  const half = codes.length / 2;
  expect(whole!.codes.subarray(half)).toEqual(codes.subarray(half));
  expect(whole!.codes).not.toEqual(codes);
  expect(whole!.fit).toBeLessThan(0);
}

/** A picture through the codes and back keeps its size. */
async function expectReadsPictures(dalle: Dalle): Promise<void> {
  const { imageSize: side } = dalle;
  const pixels = Uint8Array.from({ length: 3 * side * side }, (_, index) => (index * 7) % 256);
  const seen = await dalle.reconstruct({ width: side, height: side, pixels });
  expect(seen.pixels).toHaveLength(pixels.length);
}
