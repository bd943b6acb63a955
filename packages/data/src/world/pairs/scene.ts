/** @file The `pairs` family: a thing, and below it the same thing changed ("… on the top as a sketch on the bottom"). */
import type { ArtStyle } from "../../art/sets.js";
import type { Random } from "../../random.js";
import type { Attributes } from "../grammar.js";
import { oneOf } from "../scene.js";
import { setsOf, type Thing, things } from "./thing.js";

/** The colours that a thing may be dyed in, all over: a frog dyed green has green eyes. */
export const dyes = ["red", "orange", "yellow", "green", "blue", "purple", "pink"] as const;
export type Dye = (typeof dyes)[number];
export const changes = [
  "sketch",
  ...dyes,
  "upside-down",
  "tiny",
  "stripes",
  "polka dots",
  "black and white",
  "pixel art",
  "close-up",
  "blueprint",
  "silhouette",
] as const;
export type Change = (typeof changes)[number];

export interface PairsScene {
  readonly family: "pairs";
  readonly thing: Thing;
  readonly change: Change;
  readonly nuisance: PairsNuisance;
}

export interface PairsNuisance {
  /** The set of the drawing. */
  readonly set: ArtStyle;
  readonly mirrored: boolean;
  /** Index into the list of backdrops. */
  readonly tint: number;
  /** Factor on the size. */
  readonly zoom: number;
  /** Degrees clockwise. */
  readonly lean: number;
  /** Where the thing is in its panel, from the middle, in canvas units. */
  readonly shift: readonly [x: number, y: number];
}

/** How many backdrops there are. */
export const tintCount = 8;

export function drawAttributes(random: Random): Attributes {
  return {
    thing: random.pick(things),
    // Seven colours are one kind of change, so they come half as often as the others.
    change: random.oneIn(4) ? random.pick(dyes) : random.pick(undyed),
  };
}

const undyed = changes.filter((change) => !(dyes as readonly string[]).includes(change));

export function attributesOf({ thing, change }: PairsScene): Attributes {
  return { thing, change };
}

export function build(attributes: Attributes, random: Random): PairsScene {
  const thing = oneOf(things, attributes, "thing");
  return {
    family: "pairs",
    thing,
    change: oneOf(changes, attributes, "change"),
    nuisance: {
      set: random.pick(setsOf(thing)),
      mirrored: random.oneIn(2),
      tint: random.integer(tintCount),
      zoom: random.between(0.96, 1.04),
      lean: random.oneIn(2) ? random.between(-4, 4) : 0,
      shift: [random.between(-3, 3), random.between(-0.8, 0.8)],
    },
  };
}
