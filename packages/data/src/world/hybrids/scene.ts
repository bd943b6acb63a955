/** @file The `hybrids` family: "an armchair in the shape of an avocado". */
import { badOption } from "@dalle-ts/tensor";
import type { Random } from "../../random.js";
import type { Attributes } from "../grammar.js";

export const items = ["armchair", "lamp", "teapot", "clock", "purse", "bench", "snail"] as const;
export type Item = (typeof items)[number];
export const concepts = [
  "avocado",
  "orange",
  "strawberry",
  "watermelon",
  "peach",
  "pineapple",
  "doughnut",
  "pizza",
  "waffle",
  "cactus",
  "rubik's cube",
  "ladybug",
] as const;
export type Concept = (typeof concepts)[number];
/** "shape": its main part has the concept's outline; "texture": its own, covered with the concept. */
export const manners = ["shape", "texture"] as const;
export type Manner = (typeof manners)[number];

export interface HybridsScene {
  readonly family: "hybrids";
  readonly item: Item;
  readonly concept: Concept;
  readonly manner: Manner;
  readonly nuisance: {
    /** Index into the list of grounds. */
    readonly ground: number;
    readonly mirrored: boolean;
    readonly zoom: number;
    readonly lean: number;
    readonly shift: readonly [x: number, y: number];
  };
}

const values = { item: items, concept: concepts, manner: manners } as const;

export function drawAttributes(random: Random): Attributes {
  return {
    item: random.pick(items),
    concept: random.pick(concepts),
    manner: random.weighted({ shape: 2, texture: 1 }),
  };
}

export function attributesOf({ item, concept, manner }: HybridsScene): Attributes {
  return { item, concept, manner };
}

export function build(attributes: Attributes, random: Random): HybridsScene {
  for (const [key, allowed] of Object.entries(values)) {
    const value = attributes[key];
    if (!(allowed as readonly string[]).includes(value!))
      throw badOption(key, `one of ${allowed.join(", ")}`, value);
  }
  const { item, concept, manner } = attributes as Pick<HybridsScene, "item" | "concept" | "manner">;
  return {
    family: "hybrids",
    item,
    concept,
    manner,
    nuisance: {
      ground: random.integer(10),
      mirrored: random.oneIn(2),
      zoom: random.between(0.82, 0.97),
      lean: random.oneIn(3) ? random.between(-5, 5) : 0,
      shift: [random.between(-2, 2), random.between(-1.5, 1.5)],
    },
  };
}
