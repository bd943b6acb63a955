/** @file minDALL-E, rung by rung against what the reference program computes. */
import { join } from "node:path";
import { CheckpointFile } from "@dalle-ts/tensor";
import { describe, expect, test } from "vitest";
import { fixtureFolder } from "../../../../test/fixtures.js";
import { TOLERANCE } from "../../src/import/check/compare.js";
import { kakaoFacts } from "../../src/import/kakao-mindalle/facts.js";
import { importKakao } from "../../src/import/kakao-mindalle/import-kakao.js";
import { checkImport, importKinds } from "../../src/import/kinds.js";

const folder = fixtureFolder("import/mindalle");

test.skipIf(!folder)(
  "minDALL-E climbs the ladder: prompts' ids, codes, pixels, logits, greedy tokens",
  async () => {
    const names = [
      ...["config.yaml", "stage1_last.ckpt", "stage2_last.ckpt"],
      ...["tokenizer/bpe-16k-vocab.json", "tokenizer/bpe-16k-merges.txt"],
    ];
    const paths = names.map((name) => join(folder!, name));
    const { rows } = await checkImport(importKinds.mindalle!, paths, folder!);
    expect(rows.map(({ name }) => name)).toEqual([
      ...["prompt_tokens", "quant_input", "codes", "pixels"],
      ...["text_logits", "image_logits", "greedy_tokens", "greedy_pixels"],
    ]);
    for (const { name, error, exact } of rows)
      expect(error, name).toBeLessThanOrEqual(exact ? 0 : TOLERANCE);
  },
);

test.skipIf(!folder)("heads that the width is no multiple of are refused", async () => {
  await using stage1 = await CheckpointFile.open(join(folder!, "stage1_last.ckpt"));
  await using stage2 = await CheckpointFile.open(join(folder!, "stage2_last.ckpt"));
  expect(() => importKakao([stage1, stage2], { heads: 5, activation: "gelu" })).toThrow(
    /^stage2_last\.ckpt has sizes that .*denseTransformer\.heads: .* got 5.*; check the heads that config\.yaml or --heads says\.$/,
  );
});

describe("config.yaml", () => {
  test("tells heads and activation, or leaves the heads to the family's rule", () => {
    expect(kakaoFacts("stage2: {hparams: {n_heads: 3, gelu_use_approx: true}}")).toEqual({
      heads: 3,
      activation: "quickGelu",
    });
    expect(kakaoFacts("dataset: {}")).toEqual({ heads: undefined, activation: "gelu" });
  });

  test.each(["stage2: {hparams: {n_heads: many}}", "a: [", "a: &x 1\nb: *x"])(
    "%j is refused",
    (text) => {
      expect(() => kakaoFacts(text)).toThrow(/config.yaml cannot be read/);
    },
  );
});
