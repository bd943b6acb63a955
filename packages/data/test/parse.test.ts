/** @file Captions read back: whatever the grammar says, `compositionKeyOfCaption` names the same composition. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compositionKey,
  compositionKeyOfCaption,
  familyNames,
  Random,
  readCaption,
  sampleScene,
  sceneOf,
} from "../src/index.js";
import { familyOf } from "../src/world/families.js";
import { keyOf } from "../src/world/scene.js";

/** "A duck sitting at the beach" is a scene, and one of a count, which is asked first. */
const sharedWords = ["scenes", "counting"];

describe.each(familyNames)("captions of %s", (family) => {
  test("read back to the composition they were made from", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (seed) => {
        const random = new Random(seed, 0);
        const scene = sampleScene(family, random);
        const own = familyOf(family);
        const caption = own.caption(scene, random);
        expect(keyOf(own, own.parse(caption)!), caption).toBe(compositionKey(scene));
        const first = readCaption(caption)!.family;
        if (first !== family) expect([family, first]).toEqual(sharedWords);
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  [
    "a small red block sitting on a large green block",
    "blocks|arrangement=pair|first.colour=red|first.shape=cube|first.size=small|relation=on|second.colour=green|second.shape=cube|second.size=large",
  ],
  [
    "a stack of 3 cubes. a red cube is on the top, sitting on a green cube. the green cube is in the middle, sitting on a blue cube. the blue cube is on the bottom.",
    "blocks|arrangement=stack|first.colour=red|first.shape=cube|first.size=medium|second.colour=green|second.shape=cube|second.size=medium|third.colour=blue|third.shape=cube|third.size=medium",
  ],
  [
    "a pentagonal green clock. a green clock in the shape of a pentagon.",
    "objects|colour=green|object=clock|outline=pentagon|pattern=plain",
  ],
  [
    "A square red  plate with polka dots",
    "objects|colour=red|object=plate|outline=square|pattern=polka dots",
  ],
  [
    "a professional high quality emoji of a happy avocado",
    "emoji|emoji=avocado|mood=happy|style=any",
  ],
  ["a flat emoji of a fox", "emoji|emoji=fox|mood=none|style=flat"],
  ["an outlined icon of a rocket", "emoji|emoji=rocket|mood=none|style=line"],
  [
    "a painting of a fox sitting in a field at sunrise",
    "scenes|animal=fox|place=field|season=none|style=painting|time=sunrise|view=normal",
  ],
  [
    "an extreme close-up view of a capybara sitting in a field",
    "scenes|animal=capybara|place=field|season=none|style=plain|time=day|view=extreme close-up",
  ],
  [
    "an extreme close-up view of an eagle",
    "scenes|animal=eagle|place=any|season=none|style=plain|time=day|view=extreme close-up",
  ],
  [
    "a pixel art illustration of an owl sitting on a mountain at night, during winter",
    "scenes|animal=owl|place=mountain|season=winter|style=pixel art|time=night|view=normal",
  ],
  [
    "an armchair in the shape of an avocado. an armchair imitating an avocado.",
    "hybrids|concept=avocado|item=armchair|manner=shape",
  ],
  [
    "a snail made of rubik's cube. a snail with the texture of a rubik's cube.",
    "hybrids|concept=rubik's cube|item=snail|manner=texture",
  ],
  ["the flag of japan", "emoji|emoji=japan|mood=none|style=any"],
  [
    "an emoji of a baby penguin wearing a blue hat, red gloves, green shirt, and yellow pants",
    "garments|animal=penguin|gloves=red|hat=blue|pants=yellow|shirt=green",
  ],
  [
    "a collection of glasses is sitting on a table",
    "counting|count=collection|noun=glass|place=table",
  ],
  ["three red apples on a table", "counting|colour=red|count=3|noun=apple|place=table"],
  ["a cross-section view of a watermelon", "sections|subject=watermelon|wall=plain"],
  ["the exact same cat on the top as a sketch on the bottom", "pairs|change=sketch|thing=cat"],
  ["the exact same teapot on the top colored blue on the bottom", "pairs|change=blue|thing=teapot"],
  [
    "a soda can with an image of a blue strawberry",
    "media|colour=blue|medium=soda can|picture=strawberry",
  ],
  ["a t-shirt that has the word 'gpt' written on it.", "media|medium=t-shirt|word=gpt"],
  [
    "a fox sitting next to a small red block",
    "mixes|first.animal=fox|first.kind=animal|relation=beside|second.colour=red|second.kind=solid|second.shape=cube|second.size=small",
  ],
])("the blog's wording: %s", (caption, key) => {
  expect(compositionKeyOfCaption(caption)).toBe(key);
});

test("what paints the same picture has one key", () => {
  const key = compositionKeyOfCaption("a red ball sitting on a blue cube");
  expect(key).toBeDefined();
  expect(compositionKeyOfCaption("a blue cube sitting below a red ball")).toBe(key);
  expect(compositionKeyOfCaption("a blue block with a red sphere on top of it")).toBe(key);
  expect(compositionKeyOfCaption("a blue ball sitting on a red cube")).not.toBe(key);
});

test("what shows the same mix has one key", () => {
  const beside = compositionKeyOfCaption("a fox sitting next to a small red block");
  expect(compositionKeyOfCaption("a small red cube beside a fox")).toBe(beside);
  expect(compositionKeyOfCaption("a fox and a small red block side by side")).toBe(beside);
  expect(compositionKeyOfCaption("a fox to the left of a small red block")).not.toBe(beside);
  const on = compositionKeyOfCaption("a happy avocado on top of a large blue cylinder");
  expect(on).toBeDefined();
  expect(compositionKeyOfCaption("a large blue cylinder with a smiling avocado on it")).toBe(on);
  expect(compositionKeyOfCaption("a large blue cylinder, and on top of it a happy avocado")).toBe(
    on,
  );
  expect(compositionKeyOfCaption("a large blue cylinder under a happy avocado")).toBe(on);
  const left = compositionKeyOfCaption("an owl left of an armchair made of pizza");
  expect(left).toBeDefined();
  expect(compositionKeyOfCaption("an armchair covered with pizza to the right of an owl")).toBe(
    left,
  );
});

test("other text has no key", () => {
  const others = [
    "",
    "a fox",
    "a red block sitting",
    "a red ball. a blue clock in the shape of a heart.",
  ];
  for (const text of others) expect(compositionKeyOfCaption(text), text).toBeUndefined();
  // No picture of the world shows these: one colour twice, a size that no pair has, a tip that carries.
  expect(compositionKeyOfCaption("a red ball on a red cube")).toBeUndefined();
  expect(compositionKeyOfCaption("a huge red ball to the left of a blue cube")).toBeUndefined();
  expect(compositionKeyOfCaption("a large red cube on a small blue cone")).toBeUndefined();
  // Things in colours that they do not have, and an animal in two hats.
  expect(compositionKeyOfCaption("three blue apples on a table")).toBeUndefined();
  expect(compositionKeyOfCaption("three balls on a table")).toBeUndefined();
  expect(compositionKeyOfCaption("a fox wearing a red hat and a blue cap")).toBeUndefined();
  // No mix: a tip that carries, one that would be hidden, two of one family, a face on what has none.
  expect(compositionKeyOfCaption("a fox on top of a red cone")).toBeUndefined();
  expect(compositionKeyOfCaption("a fox on top of a small red cube")).toBeUndefined();
  expect(compositionKeyOfCaption("a fox next to a cat")).toBeUndefined();
  expect(compositionKeyOfCaption("a happy bicycle next to a red cube")).toBeUndefined();
  // Told twice, differently.
  expect(
    compositionKeyOfCaption("a square red plate. a blue plate in the shape of a square."),
  ).toBeUndefined();
});

test("a caption becomes a scene that tells the same", () => {
  const caption = "a tiny pink pyramid";
  const scene = sceneOf(caption, new Random(1, 0))!;
  expect(familyOf("blocks").attributes(scene)).toEqual(readCaption(caption)!.attributes);
  expect(sceneOf("a fox", new Random(1, 0))).toBeUndefined();
});
