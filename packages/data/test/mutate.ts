/** @file False claims: the attributes of a scene with one of them changed, one claim of every kind. */
import type { Attributes, Random, Scene } from "../src/index.js";
import {
  type Arrangement,
  flatten,
  relations,
  shapes,
  sizesOf,
  solidsOf,
} from "../src/world/blocks/scene.js";
import { coloursOf, counts, type Noun, nouns, places } from "../src/world/counting/values.js";
import { animals } from "../src/world/garments/animals.js";
import { garmentValues } from "../src/world/garments/scene.js";
import { objectNames, outlines, patterns } from "../src/world/objects/scene.js";
import { changes as pairChanges } from "../src/world/pairs/scene.js";
import { things } from "../src/world/pairs/thing.js";
import { colours } from "../src/world/palette.js";
import { subjects, walls } from "../src/world/sections/scene.js";

/** A claim that is false in the attribute `changed`, and perhaps in no other. */
export interface FalseClaim {
  readonly changed: string;
  readonly claim: Attributes;
}

export function falseClaims(scene: Scene, attributes: Attributes, random: Random): FalseClaim[] {
  switch (scene.family) {
    case "blocks":
      return [
        ...changes(attributes, blocksValues(attributes), random),
        otherArrangement(attributes, random),
      ];
    case "objects":
      return changes(attributes, objectsValues, random);
    case "counting":
      return changes(attributes, countingValues(attributes), random);
    case "garments":
      return changes(attributes, garmentsValues, random);
    case "sections":
      return changes(attributes, { subject: subjects, wall: walls }, random);
    case "pairs":
      return changes(attributes, { thing: things, change: pairChanges }, random);
    default:
      throw new Error(`${scene.family} has no judge to mislead`);
  }
}

type Values = Readonly<Record<string, readonly string[]>>;

const objectsValues: Values = {
  object: objectNames,
  outline: outlines,
  colour: colours,
  pattern: patterns,
};

/** A collection is four to six, so it is not false of those; a thing has its own choice of colours. */
function countingValues({ noun, count, colour }: Attributes): Values {
  const numbers = counts.filter((one) => one !== "collection");
  const many = ["4", "5", "6"];
  const others = count === "collection" ? numbers.filter((one) => !many.includes(one)) : numbers;
  return {
    noun: nouns,
    count: many.includes(count!) ? others : [...others, "collection"],
    place: places,
    ...(colour ? { colour: coloursOf[noun as Noun] } : {}),
  };
}

const garmentsValues: Values = {
  animal: animals,
  hat: garmentValues,
  gloves: garmentValues,
  shirt: garmentValues,
  pants: garmentValues,
};

function changes(attributes: Attributes, values: Values, random: Random): FalseClaim[] {
  return Object.entries(values).map(([changed, all]) => {
    const others = all.filter((value) => value !== attributes[changed]);
    return { changed, claim: { ...attributes, [changed]: random.pick(others) } };
  });
}

/** What each attribute of a scene of solids may be instead. */
function blocksValues(attributes: Attributes): Values {
  const shown = solidsOf(attributes).map(({ colour }) => colour);
  const absent = colours.filter((colour) => !shown.includes(colour));
  const entries = Object.keys(attributes).flatMap((key): [string, readonly string[]][] => {
    if (key.endsWith(".colour")) return [[key, absent]];
    if (attributes.arrangement === "stack") return []; // its shapes and sizes are given
    if (key.endsWith(".shape")) return [[key, shapes]];
    if (key.endsWith(".size")) return [[key, sizesOf[attributes.arrangement as Arrangement]]];
    return key === "relation" ? [[key, relations]] : [];
  });
  return Object.fromEntries(entries);
}

/** One solid more, or fewer. */
function otherArrangement(attributes: Attributes, random: Random): FalseClaim {
  const solids = solidsOf(attributes);
  const [first, second] = solids;
  const another = {
    shape: random.pick(shapes),
    colour: random.pick(colours.filter((colour) => colour !== first!.colour)),
    size: "medium",
  } as const;
  const claim = {
    one: () => flatten("pair", [first!, another], "left"),
    pair: () => flatten("one", [first!]),
    stack: () => flatten("pair", [first!, second!], "on"),
  }[attributes.arrangement as Arrangement]();
  return { changed: "arrangement", claim };
}
