/** @file DALLE-pytorch, rung by rung against what the reference program computes. */
import { join } from "node:path";
import { CheckpointFile } from "@dalle-ts/tensor";
import { describe, expect, test } from "vitest";
import { fixtureFolder } from "../../../../test/fixtures.js";
import { TOLERANCE } from "../../src/import/check/compare.js";
import { importDallePytorch } from "../../src/import/dalle-pytorch/import-dalle-pytorch.js";
import { importStridedDvae } from "../../src/import/dalle-pytorch/import-strided-dvae.js";
import { readLayerNames } from "../../src/import/dalle-pytorch/layer-names.js";
import { checkImport, importKinds } from "../../src/import/kinds.js";
import { Weights } from "../../src/import/weights.js";

const folder = fixtureFolder("import");

const dvaeOf = (file: CheckpointFile, gridSide: number) =>
  importStridedDvae(new Weights(file, "weights.vae."), gridSide);

describe.skipIf(!folder)("DALLE-pytorch", () => {
  test.each(["dalle-pytorch", "dalle-pytorch-norotary"])(
    "%s climbs the ladder: codes, pixels, logits, loss, greedy tokens",
    async (name) => {
      const paths = [join(folder!, name, "dalle.pt")];
      const { rows } = await checkImport(importKinds["dalle-pytorch"]!, paths, join(folder!, name));
      expect(rows.map((row) => row.name)).toEqual([
        ...["codebook_indices", "decoded", "text_logits", "image_logits", "image_logits_null"],
        ...["loss", "greedy_tokens", "greedy_pixels"],
      ]);
      for (const row of rows)
        expect(row.error, row.name).toBeLessThanOrEqual(row.exact ? 0 : TOLERANCE);
    },
  );

  test("every option is read from weights and hparams", async () => {
    await using turned = await CheckpointFile.open(join(folder!, "dalle-pytorch/dalle.pt"));
    const { config, codec } = importDallePytorch([turned]);
    expect(codec?.kind).toBe("own");
    expect(config).toEqual({
      width: 32,
      heads: 2,
      headSize: 32,
      feedForward: 128,
      textVocabulary: 90,
      textStates: 14,
      imageCodes: 128,
      gridSide: 8,
      rotary: 30,
      tokenShift: true,
      masks: ["full", "row", "column", "convolution", "full"],
      sandwichNorms: false,
      reversible: false,
      stable: false,
    });
    expect(dvaeOf(turned, 8).config).toEqual({
      imageSize: 64,
      channels: 3,
      layers: 3,
      blocks: 0,
      width: 16,
      codes: 128,
      codeWidth: 24,
    });
    await using learned = await CheckpointFile.open(
      join(folder!, "dalle-pytorch-norotary/dalle.pt"),
    );
    const other = importDallePytorch([learned]);
    expect(other.config).toMatchObject({ rotary: 0, tokenShift: false, gridSide: 8 });
    expect(dvaeOf(learned, 8).config).toMatchObject({ imageSize: 32, layers: 2, blocks: 1 });
    await using dvaeAlone = await CheckpointFile.open(join(folder!, "dalle-pytorch/vae.pt"));
    expect(() => importDallePytorch([dvaeAlone])).toThrow(/give dalle.pt/);
  });
});

describe("names of layers", () => {
  const plain = "transformer.layers.layers.0.";
  const cases: [string, string[], object][] = [
    ["before scales", ["0.fn.to_qkv.weight", "1.fn.net.0.weight"], { tokenShift: false }],
    [
      "shift before scales",
      ["0.fn.fn.to_qkv.weight", "1.fn.fn.net.0.weight"],
      { tokenShift: true },
    ],
    ["scaled", ["0.scale", "1.scale", "1.fn.fn.net.0.weight"], { tokenShift: false }],
    ["scaled and shifted", ["1.scale", "1.fn.fn.fn.net.0.weight"], { tokenShift: true }],
  ];
  test.each(cases)("%s", (_, names, expected) => {
    expect(readLayerNames(names.map((name) => plain + name))).toMatchObject(expected);
  });

  test("reversible blocks", () => {
    const names = ["f.net.fn.fn.to_qkv.weight", "g.net.fn.norm_out.bias", "g.net.scale"];
    const read = readLayerNames(names.map((name) => `transformer.layers.blocks.3.${name}`));
    expect(read).toMatchObject({ layers: 4, reversible: true });
    expect([...read.byOurs.keys()]).toEqual([
      "layers.3.attention.query_key_value.weight",
      "layers.3.feed_forward.norm_after.bias",
      "layers.3.feed_forward.scale",
    ]);
  });
});
