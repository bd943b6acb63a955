/** @file A hundred thousand samples of the training stream, as one epoch of a small run sees them. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { compositionKey, compositionKeyOfCaption, familyNames, worldSample } from "../src/index.js";

const SAMPLES = 100_000;

/** The rule of the held-out tenth, written down a second time. */
function firstByte(key: string): number {
  return createHash("sha256").update(key, "utf8").digest().readUInt8(0);
}

test("no held-out composition is in it, nor told by its captions, and every family is", () => {
  const met = new Set<string>();
  const leaks: string[] = [];
  let told = 0;
  for (let index = 0; index < SAMPLES; index++) {
    const { scene, caption } = worldSample(5, index);
    met.add(scene.family);
    const painted = compositionKey(scene);
    const read = compositionKeyOfCaption(caption);
    if (read !== undefined) told++;
    for (const key of [painted, read ?? painted]) if (firstByte(key) < 26) leaks.push(key);
  }
  expect(leaks).toEqual([]);
  expect(met).toEqual(new Set(familyNames));
  expect(told).toBe(SAMPLES); // every caption is of the grammar
});
