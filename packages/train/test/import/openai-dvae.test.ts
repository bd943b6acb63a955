/** @file OpenAI's dVAE from its pickled modules, rung by rung against what the public package computes. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CheckpointFile } from "@dalle-ts/tensor";
import { DvaeRuntime } from "dalle-ts/parts";
import { describe, expect, test } from "vitest";
import { fixtureFolder } from "../../../../test/fixtures.js";
import { exportDvae } from "../../src/export/export-dvae.js";
import { TOLERANCE } from "../../src/import/check/compare.js";
import { Reference } from "../../src/import/check/reference.js";
import { checkOpenAiDvae } from "../../src/import/openai-dvae/check-openai-dvae.js";
import { importOpenAiDvae } from "../../src/import/openai-dvae/import-openai-dvae.js";

const folder = fixtureFolder("import/openai-dvae");
const open = (name: string) => CheckpointFile.open(join(folder!, name));

describe.skipIf(!folder)("openai-dvae", () => {
  test("every dimension is in the files", async () => {
    await using encoder = await open("encoder.pkl");
    await using decoder = await open("decoder.pkl");
    expect(importOpenAiDvae([decoder, encoder]).config).toEqual({
      imageSize: 256,
      channels: 3,
      patch: 1,
      centred: false,
      codes: 512,
      hidden: 16,
      codeWidth: 24,
      groups: 4,
      blocksPerGroup: 1,
      residualGain: 1 / 16,
    });
  });

  test("climbs the ladder: mapped pixels, logits, tokens, decoder, pixels", async () => {
    await using encoder = await open("encoder.pkl");
    await using decoder = await open("decoder.pkl");
    const reference = await Reference.read(folder!);
    const rows = await checkOpenAiDvae(importOpenAiDvae([encoder, decoder]), reference);
    const rungs = ["mapped", "encoder_logits", "tokens", "x_stats", "pixels"];
    expect(rows.map(({ name }) => name)).toEqual(rungs);
    for (const { name, error, exact } of rows)
      expect(error, name).toBeLessThanOrEqual(exact ? 0 : TOLERANCE);
  });

  test("the exported graphs reconstruct a picture", async () => {
    await using encoder = await open("encoder.pkl");
    await using decoder = await open("decoder.pkl");
    const imported = importOpenAiDvae([encoder, decoder]);
    const config = { ...imported.config, imageSize: 16 };
    const target = await mkdtemp(join(tmpdir(), "openai-dvae-"));
    try {
      await exportDvae(target, config, imported.parameters);
      await using runtime = new DvaeRuntime(target, config);
      const pixels = Uint8Array.from({ length: 16 * 16 * 3 }, (_, index) => (index * 37) % 256);
      const codes = await runtime.encode({ width: 16, height: 16, pixels });
      expect(codes).toHaveLength(4);
      expect((await runtime.decode(codes)).pixels).toHaveLength(16 * 16 * 3);
    } finally {
      await rm(target, { recursive: true });
    }
  });

  test("one half alone, or another model's file, is refused by name", async () => {
    await using encoder = await open("encoder.pkl");
    expect(() => importOpenAiDvae([encoder])).toThrow(/found 1 and 0 in 1 files; give encoder.pkl/);
    await using other = await open("expected.safetensors");
    expect(() => importOpenAiDvae([other])).toThrow(/found 0 and 0/);
  });
});
