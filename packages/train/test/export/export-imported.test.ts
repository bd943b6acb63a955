/** @file Parts of public checkpoints that do not make one model are refused before any weight is written. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { dalleMini } from "@dalle-ts/models";
import { expect, test } from "vitest";
import { tinyVqgan } from "../../../models/test/tiny-vqgan.js";
import { exportImported, type ImportedParts } from "../../src/export/export-imported.js";
import { bytePairJson } from "../../src/import/byte-pair-json.js";
import { newFolder } from "../run/folders.js";

/** Says of every weight that it was read. */
const unread = [{ name: "any", shape: [1], data: () => Promise.reject(new Error("read")) }];

async function refusalOf(parts: Partial<ImportedParts>): Promise<string> {
  const folder = await newFolder();
  const all: ImportedParts = {
    transformer: { config: { family: "encoder-decoder", ...dalleMini }, parameters: unread },
    dvae: { config: { family: "vqgan", ...tinyVqgan }, parameters: unread },
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
  const config = { family: "vqgan", ...tinyVqgan, imageSize: 128 } as const;
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
