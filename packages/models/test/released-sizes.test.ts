/** @file The released models of the family have as many weights as are counted in their files [SPEC §7.3, §7.5]. */
import { parameterCount } from "@dalle-ts/tensor";
import { expect, test } from "vitest";
import {
  dalleMega,
  dalleMini,
  denseTransformerSpecs,
  imageDecoderSpecs,
  kakaoMinDalle,
  textEncoderSpecs,
} from "../src/index.js";

test("minDALL-E's second stage", () => {
  expect(parameterCount(denseTransformerSpecs(kakaoMinDalle))).toBe(1_291_081_728);
});

test.each([
  ["mini", dalleMini, 203, 235],
  ["mega", dalleMega, 1110, 1477],
])("DALL·E %s, encoder and decoder, within a million", (_, config, encoder, decoder) => {
  const found = [textEncoderSpecs(config), imageDecoderSpecs(config)].map(parameterCount);
  for (const [half, millions] of [encoder, decoder].entries()) {
    expect(Math.abs(found[half]! / 1e6 - millions)).toBeLessThan(1);
  }
});
