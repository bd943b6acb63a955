/** @file Parts of public checkpoints that do not make one model are refused before any weight is written. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { dalleMini, type VqganConfig } from "@dalle-ts/models";
import { expect, test } from "vitest";
import { exportImported, type ImportedParts } from "../../src/export/export-imported.js";
import { bytePairJson } from "../../src/import/byte-pair-json.js";
import { newFolder } from "../run/folders.js";

/** A picture of 256 pixels from 16 × 16 codes. */
const vqgan: VqganConfig = {
  imageSize: 256,
  channels: 3,
  patch: 1,
  codes: 16_384,
  codeWidth: 4,
  latentWidth: 4,
  decoder: {
    inputWidth: 32,
    levels: Array.from({ length: 5 }, () => ({ width: 32, blocks: 1, attention: false })),
  },
  normEpsilon: 1e-5,
  pixelRange: "unit",
};

/** Says of every weight that it was read. */
const unread = [{ name: "any", shape: [1], data: () => Promise.reject(new Error("read")) }];

async function refusalOf(parts: Partial<ImportedParts>): Promise<string> {
  const folder = await newFolder();
  const all: ImportedParts = {
    transformer: { config: { family: "encoder-decoder", ...dalleMini }, parameters: unread },
    dvae: { config: { family: "vqgan", ...vqgan }, parameters: unread },
    trainedOn: "nothing",
    ...parts,
  };
  const model = join(folder, "model");
  const refused = exportImported(model, "model", all, "f32");
  const message = await refused.then(String, (error: Error) => error.message);
  expect(await readdir(folder)).toEqual([]);
  return message;
}

function tokenizerWith(vocabulary: Record<string, number>): string {
  return bytePairJson({
    normalizers: [{ type: "Lowercase" }],
    preTokenizer: { type: "WhitespaceSplit" },
    decoder: { type: "Fuse" },
    vocabulary,
    merges: [],
  });
}

test("a VQGAN of another grid than the transformer draws", async () => {
  const config = { family: "vqgan", ...vqgan, imageSize: 128 } as const;
  expect(await refusalOf({ dvae: { config, parameters: unread } })).toBe(
    "The files do not make one model: transformer.imageStates is 256, but the dVAE gives 64; give those of one model.",
  );
});

test("a tokenizer of few tokens, one of which has an id that the transformer does not know", async () => {
  const tokenizer = tokenizerWith({ "<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, Ġa: 60_000 });
  expect(await refusalOf({ tokenizer })).toBe(
    "The tokenizer has ids up to 60000, and the transformer knows those below 50264; give the one that it was trained with.",
  );
});
