/** @file How it is told in what two runs differ. */
import { expect, test } from "vitest";
import { differences } from "../../src/run/differences.js";

test("what is longer than can be told is told from where it differs", () => {
  const families = (last: string) => ["blocks", "blocks", "objects", "counting", "garments", last];
  const of = (last: string) => ({ recipe: { data: { families: families(last) } } });
  expect(differences(of("pairs"), of("mixes"))).toEqual([
    'data.families was …arments","pairs"] and is …arments","mixes"]',
  ]);
});

test("what one of them lacks is said so", () => {
  expect(differences({ steps: 1 }, { steps: 1, world: 3 })).toEqual([
    "world was not there and is 3",
  ]);
});

test("own data that only one of them has are told as the option", () => {
  const world = { families: ["blocks"], seed: 1, pictures: 128 };
  const own = { source: "photos", identity: "ab12", pictures: 72 };
  const painted = { steps: 1, data: world, world: 3 };
  const photos = { steps: 2, data: own, heldOut: 3 };
  expect(differences(photos, painted)).toEqual([
    "it was begun with --data photos",
    "steps was 2 and is 1",
  ]);
  const { steps } = painted;
  expect(
    differences(
      { recipe: { steps, data: world }, world: 3 },
      { recipe: { steps, data: own }, heldOut: 3 },
    ),
  ).toEqual(["it was begun without --data"]);
  expect(
    differences(photos, { ...photos, data: { ...own, source: "c", encodedFrom: "photos" } }),
  ).toEqual([]);
  expect(differences(photos, { ...photos, data: { ...own, identity: "cd34" } })).toEqual([
    "the pictures or captions were others, or their files have changed since",
  ]);
});

test("what changes nothing that is learnt is no difference", () => {
  const of = (every: number) => ({
    recipe: { steps: 1, checkpointEvery: every, sampleEvery: every },
  });
  expect(differences(of(10), of(20))).toEqual([]);
});
