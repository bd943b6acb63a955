/** @file min-dalle's encoder-decoder, rung by rung against what the reference program computes. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CheckpointFile, type CheckpointTensor } from "@dalle-ts/tensor";
import { describe, expect, onTestFinished, test } from "vitest";
import { fixtureFolder } from "../../../../test/fixtures.js";
import { TOLERANCE } from "../../src/import/check/compare.js";
import { Reference } from "../../src/import/check/reference.js";
import { checkMinDalle } from "../../src/import/min-dalle/check-min-dalle.js";
import { importMinDalle } from "../../src/import/min-dalle/import-min-dalle.js";
import { minDalleParts } from "../../src/import/min-dalle/parts.js";
import { minDalleTokenizerJson } from "../../src/import/min-dalle/tokenizer-json.js";
import type { WeightSource } from "../../src/import/weights.js";

const folder = fixtureFolder("import/min-dalle");
const open = (name: string) => CheckpointFile.open(join(folder!, name));

/** A checkpoint of which one tensor is another, or one more. */
const having = (file: WeightSource, name: string, tensor: CheckpointTensor): WeightSource => ({
  path: file.path,
  tensors: new Map([...file.tensors, [name, tensor]]),
  readFloat32: (each, view) => file.readFloat32(each, view),
});

describe.skipIf(!folder)("min-dalle", () => {
  test("climbs the ladder: prompts' ids, encoder's states, logits, greedy tokens, pixels", async () => {
    await using encoder = await open("encoder.pt");
    await using decoder = await open("decoder.pt");
    await using detoker = await open("detoker.pt");
    const imported = importMinDalle([detoker, decoder, encoder], { heads: 2 });
    expect(imported.config).toEqual({
      width: 56,
      heads: 2,
      feedForward: 150,
      encoderLayers: 2,
      decoderLayers: 2,
      textVocabulary: 300,
      textStates: 64,
      textStart: 0,
      textEnd: 2,
      padding: 1,
      imageCodes: 256,
      imageVocabulary: 257,
      imageStates: 256,
      start: 256,
    });
    const tokenizer = await minDalleTokenizerJson(
      ["merges.txt", "vocab.json"].map((name) => join(folder!, name)),
    );
    const rows = await checkMinDalle(imported, tokenizer, await Reference.read(folder!));
    const rungs = ["prompt_tokens", "encoder_state", "logits", "greedy_tokens", "pixels"];
    expect(rows.map(({ name }) => name)).toEqual(rungs);
    for (const { name, error, exact } of rows)
      expect(error, name).toBeLessThanOrEqual(exact ? 0 : TOLERANCE);
  });

  test("a number of heads that no file tells is the family's; a missing half is named", async () => {
    await using encoder = await open("encoder.pt");
    await using decoder = await open("decoder.pt");
    await using detoker = await open("detoker.pt");
    expect(importMinDalle([detoker, decoder, encoder]).config.heads).toBe(1);
    expect(() => importMinDalle([detoker, decoder])).toThrow(
      /expected one encoder among the files, found 0/,
    );
  });

  test("a smaller grid of codes is a smaller picture", async () => {
    await using encoder = await open("encoder.pt");
    await using decoder = await open("decoder.pt");
    await using detoker = await open("detoker.pt");
    const positions = decoder.tensors.get("embed_positions.weight")!;
    const short = (count: number) =>
      having(decoder, "embed_positions.weight", positions.rows(0, count));
    const { config, vqgan } = importMinDalle([detoker, short(64), encoder]);
    expect([config.imageStates, vqgan.config.imageSize]).toEqual([64, 128]);
    expect(() => importMinDalle([detoker, short(60), encoder])).toThrow(
      /^decoder\.pt has 60 image positions, which are no square; /,
    );
  });

  test("a decoder with a few image tokens more than there are codes draws the codes alone, and says so", async () => {
    await using encoder = await open("encoder.pt");
    await using decoder = await open("decoder.pt");
    await using detoker = await open("detoker.pt");
    const codes = detoker.tensors.get("embedding.weight")!.rows(0, 250);
    const files = [having(detoker, "embedding.weight", codes), decoder, encoder];
    expect(importMinDalle(files).config).toMatchObject({ imageCodes: 250, start: 250 });
    const texts = ["vocab.json", "merges.txt"].map((name) => join(folder!, name));
    const { notes } = await minDalleParts(files, texts, { heads: 2 }, { sampling: {} });
    expect(notes).toEqual([
      expect.stringMatching(/^The decoder has 256 image tokens and the VQGAN 250 codes: only /),
    ]);
  });

  test("a VQGAN of fewer codes than the decoder draws is refused, unless it starts behind them", async () => {
    await using encoder = await open("encoder.pt");
    await using decoder = await open("decoder.pt");
    await using detoker = await open("detoker.pt");
    const codes = detoker.tensors.get("embedding.weight")!.rows(0, 128);
    const small = having(detoker, "embedding.weight", codes);
    expect(() => importMinDalle([small, decoder, encoder])).toThrow(
      "min-dalle: the VQGAN has 128 codes, and the decoder draws 256; give the VQGAN that it was trained with.",
    );
    const { config } = importMinDalle([small, decoder, encoder], { start: 128 });
    expect(config).toMatchObject({ imageCodes: 128, start: 128 });
    const later = importMinDalle([detoker, decoder, encoder], { start: 255 }).config;
    expect(later).toMatchObject({ imageCodes: 256, start: 255 });
  });

  test.each(["encoder", "decoder"])(
    "a weight that the %s has no place for is refused",
    async (half) => {
      await using encoder = await open("encoder.pt");
      await using decoder = await open("decoder.pt");
      await using detoker = await open("detoker.pt");
      const scale = encoder.tensors.get("final_ln.bias")!;
      const files = [encoder, decoder, detoker].map((file) =>
        file.path.includes(half) ? having(file, "layers.0.self_attn.head_scale", scale) : file,
      );
      expect(() => importMinDalle(files)).toThrow(
        `${half}.pt has the weight "layers.0.self_attn.head_scale", which its model does not; `,
      );
    },
  );

  test("captions stand between the ids that the vocabulary has for it", async () => {
    await using encoder = await open("encoder.pt");
    await using decoder = await open("decoder.pt");
    await using detoker = await open("detoker.pt");
    const temporary = await mkdtemp(join(tmpdir(), "dalle-vocabulary-"));
    onTestFinished(() => rm(temporary, { recursive: true }));
    const vocabulary = JSON.parse(await readFile(join(folder!, "vocab.json"), "utf8"));
    const paths = [join(temporary, "vocab.json"), join(folder!, "merges.txt")];
    const partsWith = async (ends: Record<string, number | undefined>) => {
      await writeFile(paths[0]!, JSON.stringify({ ...vocabulary, ...ends }));
      return minDalleParts([encoder, decoder, detoker], paths, { heads: 2 }, { sampling: {} });
    };
    const { transformer } = await partsWith({ "<s>": 170, "</s>": 171 });
    expect(transformer!.config).toMatchObject({ textStart: 170, textEnd: 171 });
    await expect(partsWith({ "</s>": undefined })).rejects.toThrow(
      'vocab.json has no token "</s>"; get it again.',
    );
  });
});
