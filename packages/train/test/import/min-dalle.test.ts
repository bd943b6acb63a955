/** @file min-dalle's encoder-decoder, rung by rung against what the reference program computes. */
import { join } from "node:path";
import { CheckpointFile } from "@dalle-ts/tensor";
import { describe, expect, test } from "vitest";
import { fixtureFolder } from "../../../../test/fixtures.js";
import { TOLERANCE } from "../../src/import/check/compare.js";
import { Reference } from "../../src/import/check/reference.js";
import { checkMinDalle } from "../../src/import/min-dalle/check-min-dalle.js";
import { importMinDalle } from "../../src/import/min-dalle/import-min-dalle.js";
import { minDalleTokenizerJson } from "../../src/import/min-dalle/tokenizer-json.js";

const folder = fixtureFolder("import/min-dalle");
const open = (name: string) => CheckpointFile.open(join(folder!, name));

describe.skipIf(!folder)("min-dalle", () => {
  test("climbs the ladder: prompts' ids, encoder's states, logits, greedy tokens, pixels", async () => {
    await using encoder = await open("encoder.pt");
    await using decoder = await open("decoder.pt");
    await using detoker = await open("detoker.pt");
    const imported = importMinDalle([detoker, decoder, encoder], { heads: 2 });
    expect(imported.config).toEqual({
      ...{ width: 56, heads: 2, feedForward: 150, encoderLayers: 2, decoderLayers: 2 },
      ...{ textVocabulary: 300, textStates: 64, textStart: 0, textEnd: 2, padding: 1 },
      ...{ imageCodes: 256, imageVocabulary: 257, imageStates: 256, start: 256 },
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
});
