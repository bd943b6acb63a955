/**
 * @file The `counting` family: one to six things of one kind and colour, side by side on something ("three
 * red apples on a table"). "a collection of glasses" is four to six of them; which, no caption tells.
 */
import { badOption } from "@dalle-ts/tensor";
import type { Random } from "../../random.js";
import type { Attributes } from "../grammar.js";
import { type Backdrop, drawBackdrop } from "../paint/backdrop.js";
import { type Colour, type Ramp, ramps } from "../palette.js";
import { oneOf } from "../scene.js";
import { drawLayout, type Layout } from "./layout.js";
import { surfaceRamps } from "./place.js";
import { water } from "./things.js";
import { type Count, coloursOf, counts, type Noun, nouns, type Place, places } from "./values.js";

export interface CountingScene {
  readonly family: "counting";
  readonly noun: Noun;
  readonly count: Count;
  readonly place: Place;
  /** Of things that have a choice of them. */
  readonly colour?: Colour;
  readonly nuisance: CountingNuisance;
}

export interface CountingNuisance {
  readonly backdrop: Backdrop;
  /** Added to every tone of the things. */
  readonly shade: number;
  readonly layout: Layout;
}

/** The tones of things that have only their own colour. */
export const ownRamps: Readonly<Partial<Record<Noun, Ramp>>> = {
  orange: ramps.orange,
  banana: ramps.yellow,
  duck: ramps.yellow,
  glass: [
    [132, 178, 204],
    [186, 220, 236],
    [232, 246, 252],
  ],
};

export function rampOf(noun: Noun, colour: Colour | undefined): Ramp {
  return colour ? ramps[colour] : ownRamps[noun]!;
}

/**
 * What has to stand out from the wall: the thing (of a glass only its water, or no wall would do) and its
 * outline. Judges tell the places apart by their rows, so no wall looks like any of the surfaces either.
 */
export function shownWith(noun: Noun, colour: Colour | undefined): Ramp[] {
  const thing: Ramp = noun === "glass" ? [water, water, water] : rampOf(noun, colour);
  return [thing, ramps.black, ...surfaceRamps];
}

export function drawAttributes(random: Random): Attributes {
  const noun = random.pick(nouns);
  const choice: readonly Colour[] = coloursOf[noun];
  return {
    noun,
    count: random.weighted({ 1: 3, 2: 4, 3: 4, 4: 4, 5: 4, 6: 4, collection: 2 }),
    place: random.weighted({ table: 3, shelf: 2, grass: 2, beach: 2 }),
    ...(choice.length > 0 ? { colour: random.pick(choice) } : {}),
  };
}

/** False for a colour that the thing does not have, or none where it has a choice. */
export function isPossible({ noun, colour }: Attributes): boolean {
  const choice: readonly string[] = coloursOf[noun as Noun];
  return choice.length === 0 ? colour === undefined : choice.includes(colour!);
}

export function attributesOf({ noun, count, place, colour }: CountingScene): Attributes {
  return { noun, count, place, ...(colour ? { colour } : {}) };
}

export function build(attributes: Attributes, random: Random): CountingScene {
  const noun = oneOf(nouns, attributes, "noun");
  if (!isPossible(attributes)) {
    const choice = coloursOf[noun].join(", ") || "left out";
    throw badOption("colour", `one that ${noun} has (${choice})`, attributes.colour);
  }
  const count = oneOf(counts, attributes, "count");
  const colour = attributes.colour as Colour | undefined;
  const number = count === "collection" ? 4 + random.integer(3) : Number(count);
  return {
    family: "counting",
    noun,
    count,
    place: oneOf(places, attributes, "place"),
    ...(colour ? { colour } : {}),
    nuisance: {
      backdrop: drawBackdrop(random, shownWith(noun, colour), undefined),
      shade: random.between(-0.12, 0.12),
      layout: drawLayout(number, random),
    },
  };
}
