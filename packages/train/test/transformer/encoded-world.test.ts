/** @file Codes and captions of one record belong to one picture, across batches and stretches of painting. */
import { captionOf, type FamilyName, paint, Random, worldSample } from "@dalle-ts/data";
import { dvaeSpecs } from "@dalle-ts/models";
import { expect, test } from "vitest";
import { loudParameters, tinyDvae, torchParameters } from "../../../models/test/tiny.js";
import { encodePictures } from "../../src/dvae/encode-pictures.js";
import { encodeWorld } from "../../src/transformer/encoded-world.js";

const families: FamilyName[] = ["objects"];
const seed = 5;
const config = { ...tinyDvae, centred: true };
const dvae = {
  config,
  parameters: torchParameters(loudParameters(dvaeSpecs(config), 7)),
};

test("record by record", async () => {
  const progress: number[] = [];
  const pairs = await encodeWorld(dvae, {
    families,
    seed,
    pictures: 258,
    device: "cpu",
    onProgress: (done) => progress.push(done),
  });
  expect(pairs.count).toBe(258);
  expect(progress).toEqual([256, 258]);
  const found = [0, 63, 64, 255, 256, 257].map((record) => {
    const { scene } = worldSample(seed, record, { families });
    const codes = encodePictures(dvae, paint(scene, config.imageSize), 1, "cpu");
    expect(pairs.codes(record), `codes of ${record}`).toEqual(codes);
    expect(pairs.caption(record, new Random(1, 2))).toBe(captionOf(scene, new Random(1, 2)));
    return codes.join();
  });
  expect(new Set(found).size).toBe(found.length); // or nothing would be told apart
});
