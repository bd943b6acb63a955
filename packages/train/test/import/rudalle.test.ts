/** @file ruDALL-E, rung by rung against what the reference program computes. */
import { join } from "node:path";
import { type MaskKind, malevich, sandwichLayerMask, sandwichSees } from "@dalle-ts/models";
import { CheckpointFile } from "@dalle-ts/tensor";
import { describe, expect, test } from "vitest";
import { fixtureFolder } from "../../../../test/fixtures.js";
import { TOLERANCE } from "../../src/import/check/compare.js";
import { checkImport, importKinds } from "../../src/import/kinds.js";
import { importRudalle } from "../../src/import/rudalle/import-rudalle.js";
import { parseModel } from "../../src/import/rudalle/tokenizer-json.js";

const folder = fixtureFolder("import/rudalle");
const names = [
  ...["bpe.model", "vqgan.gumbelf8-sber.model.ckpt", "pytorch_model_v3.bin"],
  ...["vqgan.gumbelf8-sber-dwt.model.ckpt", "vqgan.gumbelf8-sber.config.yml"],
];

describe.skipIf(!folder)("ruDALL-E", () => {
  test("climbs the ladder: prompts' ids, codes, pixels, logits, greedy tokens", async () => {
    const paths = names.map((name) => join(folder!, name));
    const { rows } = await checkImport(importKinds.rudalle!, paths, folder!);
    expect(rows.map(({ name }) => name)).toEqual([
      ...["prompt_tokens", "codes", "pixels", "codes_dwt", "pixels_dwt"],
      ...["logits", "image_logits_v2", "greedy_tokens"],
    ]);
    for (const { name, error, exact } of rows)
      expect(error, name).toBeLessThanOrEqual(exact ? 0 : TOLERANCE);
  });

  test("a transformer without the outer norms of its blocks is one that was told to have none", async () => {
    await using file = await CheckpointFile.open(join(folder!, "pytorch_model_v3.bin"));
    await using vqgan = await CheckpointFile.open(join(folder!, names[1]!));
    const weights = [...file.tensors].filter(([name]) => !/before_\w+_addition/.test(name));
    const plain = Object.create(file, { tensors: { value: new Map(weights) } }) as CheckpointFile;
    const { config, parameters } = importRudalle([vqgan, plain], { heads: 4, release: "v3" });
    expect(config.sandwichNorms).toBe(false);
    // A parameter for each but the three masks; nothing is made up for what is missing.
    expect(parameters.length).toBe(weights.length - 3);
    expect(importRudalle([vqgan, file], { heads: 4, release: "v3" }).parameters.length).toBe(
      parameters.length + 4 * config.layers,
    );
    const half = Object.create(file, {
      tensors: {
        value: new Map([...file.tensors].filter(([name]) => !name.includes("2.before_"))),
      },
    }) as CheckpointFile;
    expect(() => importRudalle([vqgan, half], { heads: 4, release: "v3" })).toThrow(
      /pytorch_model_v3\.bin has no weight "transformer\.layers\.2\.before_first_addition_layernorm\.weight"; /,
    );
  });

  test("its masks are those that the file holds", async () => {
    await using file = await CheckpointFile.open(join(folder!, "pytorch_model_v3.bin"));
    await using vqgan = await CheckpointFile.open(join(folder!, names[1]!));
    const { config } = importRudalle([vqgan, file], { heads: 4, release: "v3" });
    expect(config).toEqual({
      layers: 4,
      width: 48,
      heads: 4,
      textVocabulary: 110,
      textStates: 16,
      imageCodes: 128,
      gridSide: 16,
      convolutionKernel: 11,
      release: "v3",
    });
    const states = config.textStates + config.gridSide ** 2;
    const buffers: [MaskKind, string][] = [
      ["row", "row_mask"],
      ["column", "col_mask"],
      ["convolution", "conv_mask"],
    ];
    for (const [kind, name] of buffers) {
      const mask = Uint8Array.from(await file.read(`transformer.${name}`), Number);
      const ours = Uint8Array.from({ length: states ** 2 }, (_, index) =>
        Number(sandwichSees(kind, Math.floor(index / states), index % states, config)),
      );
      expect(Buffer.compare(ours, mask), name).toBe(0);
    }
    expect(() => importRudalle([file], { heads: 4, release: "v3" })).toThrow(/a VQGAN among/);
  });
});

test("column layers go before the last layer's rule", () => {
  const kinds = (layers: number) =>
    Array.from({ length: layers }, (_, layer) => sandwichLayerMask(layer, layers));
  expect(kinds(6)).toEqual(["row", "column", "row", "row", "row", "column"]);
  expect(kinds(malevich.layers).at(-1)).toBe("convolution");
});

describe("bpe.model", () => {
  const model = "2 1\n9601 4\n97 5\n4 5 6\n1 0 2 3\n";

  test("characters, rules and special tokens", () => {
    expect(parseModel(model)).toEqual({
      vocabulary: { "<UNK>": 1, "<PAD>": 0, "<BOS>": 2, "<EOS>": 3, "▁": 4, a: 5, "▁a": 6 },
      merges: [["▁", "a"]],
    });
  });

  test.each([
    ["another number of lines", model.replace("2 1", "2 2")],
    ["a rule of unknown tokens", model.replace("4 5 6", "4 9 6")],
    ["one id twice", model.replace("4 5 6", "4 5 5")],
    ["no integers", model.replace("97", "a")],
    ["no character", model.replace("97", "99999999")],
  ])("%s is refused", (_, text) => {
    expect(() => parseModel(text)).toThrow(/no model of youtokentome/);
  });
});
