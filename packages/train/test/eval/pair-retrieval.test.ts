/** @file Pictures and captions told apart: by an embedding that sees everything, and by one that sees only the family. */
import { compositionKeyOfCaption, worldSample } from "@dalle-ts/data";
import { expect, test } from "vitest";
import { pairRetrieval } from "../../src/eval/pair-retrieval.js";

const [seed, pairs] = [5, 60];
const families = ["blocks", "objects"] as const;
const samples = Array.from({ length: pairs }, (_, index) =>
  worldSample(seed, index, { split: "held-out", families }),
);

/** Embeds picture `index` and its caption as the unit vector that `axisOf` gives. */
function told(axisOf: (index: number) => number) {
  const vector = (index: number) =>
    Float32Array.from({ length: pairs }, (_, axis) => (axis === axisOf(index) ? 1 : 0));
  let painted = -1;
  return pairRetrieval(
    {
      embed: async () => vector(painted),
      embedCaption: async () => vector(painted), // each picture's own caption follows it
    },
    {
      split: "held-out",
      families,
      seed,
      pairs,
      paint: () => {
        painted++;
        return { width: 1, height: 1, pixels: new Uint8Array(3) };
      },
    },
  );
}

test("who sees everything finds every pair", async () => {
  const { pictureOfCaption, captionOfPicture } = await told((index) => index);
  expect([pictureOfCaption.right, captionOfPicture.right]).toEqual([pairs, pairs]);
});

test("who sees the family alone takes the first of it, which is right for few", async () => {
  const first = (index: number) =>
    samples.findIndex(({ scene }) => scene.family === samples[index]!.scene.family);
  const { pictureOfCaption, captionOfPicture } = await told(first);
  const keys = samples.map(({ caption }) => compositionKeyOfCaption(caption));
  const least = keys.filter((key, index) => key === keys[first(index)]).length;
  for (const { right, count } of [pictureOfCaption, captionOfPicture]) {
    expect(count).toBe(pairs);
    expect(right).toBeGreaterThanOrEqual(least);
    expect(right).toBeLessThan(pairs / 4);
  }
});
