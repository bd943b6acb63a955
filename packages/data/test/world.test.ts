/** @file The stream: the same everywhere, split by composition, complete in every attribute value. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  claimOf,
  compositionKey,
  describes,
  familyNames,
  isHeldOut,
  paint,
  Random,
  refuseHeldOut,
  type Scene,
  sampleScene,
  sceneOf,
  type WorldSample,
  worldSample,
} from "../src/index.js";
import type { EmojiScene } from "../src/world/emoji/index.js";
import { familyOf } from "../src/world/families.js";
import type { MixesScene } from "../src/world/mixes/index.js";

describe("worldSample", () => {
  test("gives the same samples for ever", () => {
    const text = Array.from({ length: 50 }, (_, index) =>
      JSON.stringify(worldSample(7, index, { families: ["blocks", "objects"] })),
    ).join("\n");
    // Families are named: a new one changes no sample of the old ones. Change this hash only together with the data
    // set's version: trained models depend on it.
    expect(createHash("sha256").update(text).digest("hex").slice(0, 16)).toMatchInlineSnapshot(
      `"1ac0ff6d708c7b3d"`,
    );
  });

  test("is a pure function of seed, index and options", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (seed, index) => {
        expect(worldSample(seed, index)).toEqual(worldSample(seed, index));
      }),
      { numRuns: 50 },
    );
    expect(worldSample(7, 0)).not.toEqual(worldSample(7, 1));
    expect(worldSample(7, 0)).not.toEqual(worldSample(8, 0));
  });

  test("keeps the splits apart", () => {
    for (let index = 0; index < 300; index++) {
      expect(isHeldOut(compositionKey(worldSample(1, index).scene))).toBe(false);
      expect(isHeldOut(compositionKey(worldSample(1, index, { split: "held-out" }).scene))).toBe(
        true,
      );
    }
  });

  test("draws a family that is named twice twice as often", () => {
    const families = ["blocks", "blocks", "objects"] as const;
    const drawn = Array.from({ length: 2000 }, (_, index) => worldSample(1, index, { families }));
    const blocks = drawn.filter(({ scene }) => scene.family === "blocks").length;
    expect(Math.abs(blocks / 2000 - 2 / 3)).toBeLessThan(0.04); // four standard deviations
  });

  test("keeps to the families asked for", () => {
    for (let index = 0; index < 50; index++) {
      expect(worldSample(1, index, { families: ["objects"] }).scene.family).toBe("objects");
    }
  });

  test("refuses bad options in one sentence", () => {
    expect(() => worldSample(-1, 0)).toThrow("seed: expected an integer in [0, 2^53), got -1");
    expect(() => worldSample(0, 0, { families: [] })).toThrow(
      "families: expected at least one family",
    );
    expect(() => worldSample(0, 0, { split: "test" as "train" })).toThrow('"train" or "held-out"');
    expect(() => worldSample(0, 0, { families: ["faces" as "blocks"] })).toThrow(
      "family: expected one of",
    );
  });
});

describe("samples in groups", () => {
  const alike = 4;
  test.each(familyNames)("differ from the first of their group in one attribute: %s", (family) => {
    const { attributes } = familyOf(family);
    for (let index = 0; index < 400; index++) {
      const options = { families: [family], alike };
      const [first, sample] = [index - (index % alike), index].map((each) =>
        worldSample(5, each, options),
      ) as [WorldSample, WorldSample];
      const [own, changed] = [first, sample].map(({ scene }) => Object.entries(attributes(scene)));
      const other = changed!.filter(([name, value]) => attributes(first.scene)[name] !== value);
      expect(other).toHaveLength(index % alike === 0 ? 0 : 1);
      expect(changed).toHaveLength(own!.length);
    }
  });

  test("begin with those of the stream without groups", () => {
    for (const group of [0, 1, 7]) {
      expect(worldSample(5, alike * group, { alike })).toEqual(worldSample(5, group));
    }
  });
});

test.each(["train", "held-out"] as const)(
  "what a scene of the %s split shows is of it too, where its caption leaves it open",
  (split) => {
    const options = { split, families: ["scenes", "emoji"] } as const;
    for (let index = 0; index < 4000; index++) {
      const { scene } = worldSample(6, index, options);
      const family = familyOf(scene.family);
      const shown = family.build(family.shown!(scene), new Random(0, 0));
      expect(isHeldOut(compositionKey(shown)), compositionKey(shown)).toBe(split === "held-out");
    }
  },
);

/** Which families' compositions the things of mixes are, written down a second time. */
const aloneIn = { hybrid: "hybrids", object: "objects", dressed: "garments", emoji: "emoji" };

test.each(["train", "held-out"] as const)(
  "things of mixes may be held out in their own families where the mix is: the %s split",
  (split) => {
    const held = { hybrid: 0, object: 0, dressed: 0, emoji: 0 };
    for (let index = 0; index < 3000; index++) {
      const { scene } = worldSample(4, index, { split, families: ["mixes"] });
      const { first, second } = scene as MixesScene;
      for (const { kind, attributes } of [first, second]) {
        if (kind === "solid" || kind === "animal") continue;
        const told = kind === "emoji" ? { ...attributes, style: "any" } : attributes;
        const alone = familyOf(aloneIn[kind]).build(told, new Random(0, 0));
        held[kind] += Number(isHeldOut(compositionKey(alone)));
      }
    }
    const counts = Object.values(held);
    if (split === "train") expect(held).toEqual({ hybrid: 0, object: 0, dressed: 0, emoji: 0 });
    else expect(Math.min(...counts)).toBeGreaterThan(10);
  },
);

test("a caption that leaves something open describes what fills it, and not the other way round", () => {
  const sceneFor = (caption: string) => sceneOf(caption, new Random(1, 0))!;
  const told = (one: string, other: string) =>
    describes(claimOf(sceneFor(one)), claimOf(sceneFor(other)));
  expect(told("an emoji of a fox", "a flat emoji of a fox")).toBe(true);
  const { nuisance } = sceneFor("an emoji of a fox") as EmojiScene;
  const others = ["glossy", "flat"].filter((style) => style !== nuisance.set);
  expect(told(`a ${nuisance.set} emoji of a fox`, "an emoji of a fox")).toBe(true);
  expect(told(`a ${others[0]} emoji of a fox`, "an emoji of a fox")).toBe(false);
  expect(told("a red cube on a blue ball", "a red cube")).toBe(false);
  const below = "a blue cube sitting below a red ball";
  expect(told("a red ball sitting on a blue cube", below)).toBe(true);
});

test("a held-out scene cannot enter the training stream", () => {
  const sample = worldSample(3, 0, { split: "held-out" });
  expect(() => refuseHeldOut(sample)).toThrow("reached the training stream");
  expect(() => refuseHeldOut(worldSample(3, 0))).not.toThrow();
});

describe.each(familyNames)("%s", (family) => {
  const scenes = Array.from({ length: 2000 }, (_, index) =>
    sampleScene(family, new Random(11, index)),
  );
  const { attributes, caption } = familyOf(family);

  test("holds out about one composition in ten", () => {
    const keys = new Set(scenes.map(compositionKey));
    const share = [...keys].filter(isHeldOut).length / keys.size;
    expect(share).toBeGreaterThan(0.07);
    expect(share).toBeLessThan(0.14);
  });

  test("shows every attribute value in training", () => {
    // More of them than above: there are almost a thousand emoji.
    const scenes = Array.from({ length: 30_000 }, (_, index) =>
      sampleScene(family, new Random(13, index)),
    );
    const valuesIn = (some: readonly Scene[]) =>
      new Set(
        some.flatMap((scene) =>
          Object.entries(attributes(scene)).map(([key, value]) => `${key}=${value}`),
        ),
      );
    const train = scenes.filter((scene) => !isHeldOut(compositionKey(scene)));
    expect(valuesIn(train)).toEqual(valuesIn(scenes));
  });

  test("survives JSON, and paints the same picture afterwards", () => {
    for (const scene of scenes.slice(0, 20)) {
      const copy = JSON.parse(JSON.stringify(scene));
      expect(copy).toEqual(scene);
      expect(paint(copy, 64)).toEqual(paint(scene, 64));
    }
  });

  test("captions are lower case and at most 48 words", () => {
    for (const [index, scene] of scenes.entries()) {
      const text = caption(scene, new Random(12, index));
      expect(text).toMatch(/^[a-z0-9][a-z0-9 .,:'-]*$/);
      expect(text).not.toMatch(/ {2}| \.|\ba [aeiou]/);
      expect(text.split(/[\s.,:]+/).length, text).toBeLessThanOrEqual(48);
    }
  });

  test.each([64, 128, 256])("paints %i px pictures, and prints its rate", (size) => {
    const some = scenes.slice(0, 24);
    const start = performance.now();
    for (const scene of some) expect(paint(scene, size).length).toBe(size * size * 3);
    const rate = (1000 * some.length) / (performance.now() - start);
    console.log(`${family}: ${rate.toFixed(0)} pictures/s at ${size} px`);
  });
});
