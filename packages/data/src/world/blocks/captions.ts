/** @file The grammar of `blocks` captions, both ways. The blog's wordings are the first of each list. */
import type { Random } from "../../random.js";
import {
  type Attributes,
  alternatives,
  articleSlot,
  fillerSlot,
  type Grammar,
  hear,
  pickWording,
  type Slot,
  type Slots,
  say,
  styleSlot,
  valueSlot,
  wordSlot,
} from "../grammar.js";
import { colours } from "../palette.js";
import {
  attributesOf,
  type BlocksScene,
  isPossible,
  type Relation,
  type Shape,
  sizes,
} from "./scene.js";

const nouns: Readonly<Record<Shape, readonly string[]>> = {
  cube: ["block", "cube"],
  ball: ["ball", "sphere"],
  cylinder: ["cylinder"],
  cone: ["cone"],
  pyramid: ["pyramid"],
};

const relationWords: Readonly<Record<Relation, readonly string[]>> = {
  on: ["sitting on", "on top of", "on", "resting on", "placed on"],
  below: ["sitting below", "below", "under", "underneath", "beneath"],
  front: ["standing in front of", "in front of", "before"],
  behind: ["standing behind", "behind"],
  left: ["standing left of", "to the left of", "on the left of", "left of"],
  right: ["standing right of", "to the right of", "on the right of", "right of"],
};

/** "with a red ball …": the second solid is named first, so the words say where the other one is. */
const withWords: Readonly<Record<Relation, readonly string[]>> = {
  on: ["on top of it", "sitting on it", "on it"],
  below: ["below it", "under it", "underneath it"],
  front: ["in front of it", "standing in front of it"],
  behind: ["behind it", "standing behind it"],
  left: ["to its left", "to the left of it", "on its left"],
  right: ["to its right", "to the right of it", "on its right"],
};

/** "small red block", whole; its attributes' keys begin with `prefix`. The article is the template's. */
export function solidSlot(prefix: string): Slot {
  const said = sizes.filter((size) => size !== "medium");
  const meanings = new Map(
    Object.entries(nouns).flatMap(([shape, words]) => words.map((word) => [word, shape])),
  );
  return {
    say: (attributes, random) => {
      const size = attributes[`${prefix}size`];
      const noun = pickWording(nouns[attributes[`${prefix}shape`] as Shape], random);
      return `${size === "medium" ? "" : size} ${attributes[`${prefix}colour`]} ${noun}`.trim();
    },
    pattern: `(?:${alternatives(said)} )?${alternatives(colours)} ${alternatives([...meanings.keys()])}`,
    hear: (words) => {
      const [noun, colour, size] = words.split(" ").reverse();
      return {
        [`${prefix}size`]: size ?? "medium",
        [`${prefix}colour`]: colour!,
        [`${prefix}shape`]: meanings.get(noun!)!,
      };
    },
  };
}

/** "red block" without the size, said when the solid has been named in full before. */
function shortSlot(prefix: string): Slot {
  const full = solidSlot(prefix);
  return {
    say: (attributes, random) => full.say({ ...attributes, [`${prefix}size`]: "medium" }, random),
    pattern: full.pattern,
    hear: (words) => {
      const { [`${prefix}size`]: _, ...told } = full.hear(words)!;
      return told;
    },
  };
}

const slots: Slots = {
  style: styleSlot,
  a: articleSlot,
  first: solidSlot("first."),
  second: solidSlot("second."),
  firstShort: shortSlot("first."),
  secondShort: shortSlot("second."),
  relation: wordSlot("relation", relationWords),
  withIt: wordSlot("relation", withWords),
  top: valueSlot("first.colour", colours),
  middle: valueSlot("second.colour", colours),
  bottom: valueSlot("third.colour", colours),
  cubes: fillerSlot(["cubes", "blocks"]),
  three: fillerSlot(["3", "three"]),
};

/** Each list's first template is said most often. */
export const templates: Readonly<Record<BlocksScene["arrangement"], readonly string[]>> = {
  one: [
    "{style} {a} {first}",
    "there is a {first}",
    "{style} {a} {first} on the floor",
    "{style} one {first}",
    "{style} a single {first}",
    "{style} {a} {first}. the {firstShort} stands alone.",
  ],
  pair: [
    "{style} {a} {first} {relation} {a} {second}",
    "there is a {first} {relation} a {second}",
    "a {first} is {relation} a {second}",
    "{style} {a} {second} with a {first} {withIt}",
    "{style} a {first} and a {second}. the {firstShort} is {relation} the {secondShort}.",
    "{style} a {second} and a {first}. the {firstShort} is {relation} the {secondShort}.",
    "two objects: a {first} {relation} a {second}",
  ],
  stack: [
    "a stack of {three} {cubes}. a {top} cube is on the top, sitting on a {middle} cube. the {middle} cube is in the middle, sitting on a {bottom} cube. the {bottom} cube is on the bottom.",
    "{style} a stack of {three} {cubes}: {top} on the top, {middle} in the middle, {bottom} on the bottom",
    "{three} {cubes} in a stack, {top} on {middle} on {bottom}",
    "a {top} cube sitting on a {middle} cube sitting on a {bottom} cube",
    "{style} a tower of {three} {cubes}. from the top: {top}, {middle}, {bottom}.",
    "a {bottom} cube on the bottom, a {middle} cube in the middle, a {top} cube on the top",
  ],
};

export const grammar: Grammar = { templates: Object.values(templates).flat(), slots };

export function caption(scene: BlocksScene, random: Random): string {
  return say(pickWording(templates[scene.arrangement], random), slots, attributesOf(scene), random);
}

/** Undefined as well for solids that no scene of this family shows, as two of one colour. */
export function parse(text: string): Attributes | undefined {
  const attributes = parseAny(text);
  return attributes && isPossible(attributes) ? attributes : undefined;
}

function parseAny(text: string): Attributes | undefined {
  const one = hear(templates.one, slots, text);
  if (one) return { arrangement: "one", ...one };
  const pair = hear(templates.pair, slots, text);
  if (pair) return { arrangement: "pair", ...pair };
  const stack = hear(templates.stack, slots, text);
  if (!stack) return undefined;
  const cubes = ["first", "second", "third"].map((role) => ({
    [`${role}.shape`]: "cube",
    [`${role}.size`]: "medium",
  }));
  return Object.assign({ arrangement: "stack", ...stack }, ...cubes);
}
