/** @file CLIP's painted pairs: picture, caption and family of one record are of one scene, and its neighbour's is alike. */
import { captionOf, type FamilyName, paint, Random, worldSample } from "@dalle-ts/data";
import { expect, test } from "vitest";
import { paintedPictures } from "../../src/clip/find-pictures.js";
import type { CaptionedPool } from "../../src/clip/task.js";
import { tinyClip } from "../../src/recipes/tiny/tiny-clip.js";

const families: FamilyName[] = ["blocks", "objects"];
const data = { families, seed: 3, pictures: 8, alike: 2 };
const size = 16;

test("painted pictures have the captions of their own scenes", async () => {
  const { pictures, samples } = await paintedPictures({ ...tinyClip, data }, size, {
    directory: "",
  });
  const pool = pictures as CaptionedPool;
  const length = size * size * 3;
  for (let record = 0; record < data.pictures; record++) {
    const { scene } = worldSample(data.seed, record, data);
    const bytes = pool.bytes.subarray(record * length, (record + 1) * length);
    expect(bytes).toEqual(paint(scene, size));
    expect(pool.caption(record, new Random(1, 2))).toBe(captionOf(scene, new Random(1, 2)));
    expect(pool.family(record)).toBe(scene.family);
    expect(pool.family(record ^ 1)).toBe(scene.family);
    expect(pool.describes(record, record)).toBe(true);
    expect(pool.describes(record, record ^ 1)).toBe(false);
  }
  const shown = await samples();
  for (const number of [0, 200]) {
    const { scene, caption } = worldSample(data.seed, number, { families, split: "held-out" });
    expect(shown[number]).toEqual({
      image: { width: size, height: size, pixels: paint(scene, size) },
      caption,
    });
  }
});
