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

test("what changes nothing that is learnt is no difference", () => {
  const of = (every: number) => ({
    recipe: { steps: 1, checkpointEvery: every, sampleEvery: every },
  });
  expect(differences(of(10), of(20))).toEqual([]);
});
