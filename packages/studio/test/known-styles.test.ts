/** @file The styles that the page offers: only those of the model's families, in words that the painted world understands. */
import { Random, sceneOf } from "@dalle-ts/data";
import { expect, test } from "vitest";
import { styles } from "../../data/src/world/scenes/scene.js";
import { inStyle } from "../page/parts/in-style.js";
import { knownStyles } from "../src/studio/known-styles.js";

const world = (...families: string[]) => [{ families, seed: 1, pictures: 10 }];

test("every style of scenes is offered, and a caption that begins with its words is of that style", () => {
  const known = knownStyles({ world: world("blocks", "scenes", "scenes") });
  expect(known.map(({ name }) => name)).toEqual(styles.filter((style) => style !== "plain"));
  for (const { name, words } of known) {
    const scene = sceneOf(inStyle(words, "a fox sitting in a field"), new Random(1, 0));
    expect(scene, name).toMatchObject({ family: "scenes", style: name, animal: "fox" });
  }
});

test("models that were taught no scenes, or no painted world, know none", () => {
  expect(knownStyles({ world: world("blocks", "objects") })).toEqual([]);
  expect(knownStyles({ world: [] })).toEqual([]);
});

test("without a style the prompt is as it was typed", () => {
  expect(inStyle("", "a fox")).toBe("a fox");
});
