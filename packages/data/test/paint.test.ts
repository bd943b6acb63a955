/** @file What judges and strangers rely on: colours that stay apart, from each other and from the backdrop. */
import { expect, test } from "vitest";
import { Random } from "../src/index.js";
import { shownWith } from "../src/world/counting/scene.js";
import { coloursOf, nouns } from "../src/world/counting/values.js";
import { animals } from "../src/world/garments/animals.js";
import { coats, furOf } from "../src/world/garments/fur.js";
import { accentOf } from "../src/world/objects/scene.js";
import { fittingTints } from "../src/world/paint/backdrop.js";
import { type Colour, colours, distanceToRamp, ramps, toneOf } from "../src/world/palette.js";

test("tones of different colours are at least 45 apart (RGB distance)", () => {
  for (const one of colours) {
    for (const other of colours.filter((colour) => colour !== one)) {
      for (let tone = -1; tone <= 1; tone += 0.05) {
        const apart = distanceToRamp(toneOf(ramps[one], tone), ramps[other]);
        expect(apart, `${one} and ${other}`).toBeGreaterThanOrEqual(45);
      }
    }
  }
});

test("every three colours, and every pattern, have a backdrop they stand out from", () => {
  for (const one of colours) {
    const accent = accentOf(one);
    expect(
      fittingTints([ramps[one], ramps.black, [accent, accent, accent]]).length,
    ).toBeGreaterThan(1);
    for (const other of colours) {
      for (const third of colours) {
        expect(fittingTints([ramps[one], ramps[other], ramps[third]]).length).toBeGreaterThan(1);
      }
    }
  }
});

test("every coat, and everything to count, has a backdrop it stands out from", () => {
  for (const animal of animals) expect(fittingTints([furOf(animal)]).length).toBeGreaterThan(1);
  for (const noun of nouns) {
    const choice: readonly (Colour | undefined)[] = coloursOf[noun];
    for (const colour of choice.length > 0 ? choice : [undefined])
      expect(fittingTints(shownWith(noun, colour)).length, `${colour} ${noun}`).toBeGreaterThan(1);
  }
});

test("coats stay apart from every colour that garments have", () => {
  for (const animal of animals) {
    const { fur, arms, legs } = coats[animal];
    for (const coat of [fur, arms, legs]) {
      const apart = colours.map((colour) => distanceToRamp(coat, ramps[colour]));
      expect(Math.min(...apart), animal).toBeGreaterThan(28);
    }
  }
});

test("random streams are fixed, and nearby keys unrelated", () => {
  const random = new Random(1, 2);
  expect([random.next(), random.next(), random.next()]).toMatchInlineSnapshot(`
    [
      502893964,
      3710297150,
      500057859,
    ]
  `);
  const firsts = Array.from({ length: 1000 }, (_, index) => new Random(5, index).integer(10));
  for (let value = 0; value < 10; value++) {
    // 100 expected, standard deviation 9.5.
    expect(firsts.filter((first) => first === value).length).toBeGreaterThan(60);
  }
});
