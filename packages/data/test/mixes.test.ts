/** @file Mixes: their share of the world, what their pictures must allow for, and where the things stand. */
import { expect, test } from "vitest";
import { familyNames, Random, sampleScene, worldSample } from "../src/index.js";
import { familyOf } from "../src/world/families.js";
import type { Attributes } from "../src/world/grammar.js";
import { type KindName, kindNames, kindOf } from "../src/world/mixes/kinds/index.js";
import { layout } from "../src/world/mixes/layout.js";
import type { MixesScene } from "../src/world/mixes/scene.js";
import { fittingTints } from "../src/world/paint/backdrop.js";

const scenes = Array.from(
  { length: 2000 },
  (_, index) => sampleScene("mixes", new Random(21, index)) as MixesScene,
);

test("one sample in ten of the world is a mix, and the others keep their shares", () => {
  const count = 5000;
  const met = new Map<string, number>();
  for (let index = 0; index < count; index++) {
    const { family } = worldSample(3, index).scene;
    met.set(family, (met.get(family) ?? 0) + 1);
  }
  expect(met.get("mixes")! / count).toBeGreaterThan(0.08);
  expect(met.get("mixes")! / count).toBeLessThan(0.12);
  const weightOf = (name: string) => familyOf(name).weight;
  expect(familyNames.reduce((sum, name) => sum + weightOf(name), 0)).toBe(10 * weightOf("mixes"));
});

test("weights that are all multiplied by one number draw the same", () => {
  for (let index = 0; index < 1000; index++) {
    const [once, thrice] = [new Random(4, index), new Random(4, index)];
    expect(thrice.weighted({ a: 3, b: 6, c: 9 })).toBe(once.weighted({ a: 1, b: 2, c: 3 }));
    expect(thrice.next()).toBe(once.next());
  }
});

test("every two things have a backdrop they stand out from", () => {
  const looks = kindNames.flatMap((kind) => colourings(kind).map((ramps) => ({ kind, ramps })));
  for (const one of looks) {
    for (const other of looks.filter(({ kind }) => kind > one.kind))
      expect(fittingTints([...one.ramps, ...other.ramps]).length).toBeGreaterThan(1);
  }
});

/** What the backdrop must suit, for every colour, pattern and coat that things of this kind have. */
function colourings(kind: KindName) {
  const { values, shown } = kindOf(kind);
  let things: Attributes[] = [{}];
  for (const key of ["animal", "colour", "pattern"]) {
    const all = values[key];
    if (all) things = things.flatMap((thing) => all.map((value) => ({ ...thing, [key]: value })));
  }
  return things.map(shown);
}

test("things are of two kinds, inside the picture, and stand as the relation says", () => {
  for (const scene of scenes) {
    const { first, second, relation } = scene;
    expect(first.kind).not.toBe(second.kind);
    const placed = layout(scene);
    for (const { spot, measures } of placed) {
      expect(spot.x - measures.side * spot.scale).toBeGreaterThanOrEqual(2);
      expect(spot.x + measures.side * spot.scale).toBeLessThanOrEqual(62);
      expect(spot.y - measures.up * spot.scale).toBeGreaterThanOrEqual(2);
      expect(spot.y + measures.down * spot.scale).toBeLessThanOrEqual(62);
    }
    const spotOf = (kind: string) => placed.find(({ thing }) => thing.kind === kind)!.spot;
    const [one, other] = [spotOf(first.kind), spotOf(second.kind)];
    const holds = {
      beside: one.y === other.y && one.x !== other.x,
      left: one.y === other.y && one.x < other.x,
      right: one.y === other.y && one.x > other.x,
      front: one.y > other.y && placed.at(-1)!.thing === first,
      behind: one.y < other.y && placed.at(-1)!.thing === second,
      on: one.y < other.y && one.x === other.x,
      below: one.y > other.y && one.x === other.x,
    };
    expect(holds[relation], relation).toBe(true);
  }
});
