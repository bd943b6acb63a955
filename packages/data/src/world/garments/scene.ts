/**
 * @file The `garments` family: an emoji of a young animal, seen from the front, in up to four garments of
 * one colour each ("an emoji of a baby penguin wearing a blue hat, red gloves, green shirt, and yellow
 * pants"). It wears at least one: what a bare animal looks like is told by no caption of this family.
 */
import { badOption } from "@dalle-ts/tensor";
import type { Random } from "../../random.js";
import type { Attributes } from "../grammar.js";
import { type Backdrop, drawBackdrop } from "../paint/backdrop.js";
import { type Colour, colours } from "../palette.js";
import { oneOf } from "../scene.js";
import { type Animal, animals } from "./animals.js";
import { furOf } from "./fur.js";

/** In the order in which captions name them. */
export const garmentNames = ["hat", "gloves", "shirt", "pants"] as const;
export type GarmentName = (typeof garmentNames)[number];

/** What an attribute of a garment may be; "none" is a garment that is not there. */
export const garmentValues = [...colours, "none"] as const;
export type Outfit = { readonly [Name in GarmentName]?: Colour };

export interface GarmentsScene {
  readonly family: "garments";
  readonly animal: Animal;
  readonly outfit: Outfit;
  readonly nuisance: GarmentsNuisance;
}

export interface GarmentsNuisance {
  readonly backdrop: Backdrop;
  /** Added to every tone of the garments. */
  readonly shade: number;
  /** Factor on the size. */
  readonly zoom: number;
  /** Degrees clockwise. */
  readonly lean: number;
  /** Where the animal stands, in canvas units from the middle. */
  readonly shift: readonly [x: number, y: number];
}

export function drawAttributes(random: Random): Attributes {
  const attributes: Record<string, string> = { animal: random.pick(animals) };
  do {
    for (const name of garmentNames)
      attributes[name] = random.oneIn(4) ? "none" : random.pick(colours);
  } while (!isPossible(attributes));
  return attributes;
}

/** False for an animal that wears nothing. */
export function isPossible(attributes: Attributes): boolean {
  return garmentNames.some((name) => attributes[name] !== "none");
}

export function attributesOf({ animal, outfit }: GarmentsScene): Attributes {
  const worn = garmentNames.map((name) => [name, outfit[name] ?? "none"]);
  return { animal, ...Object.fromEntries(worn) };
}

export function build(attributes: Attributes, random: Random): GarmentsScene {
  if (!isPossible(attributes)) throw badOption("attributes", "at least one garment", "none");
  const animal = oneOf(animals, attributes, "animal");
  const worn = garmentNames.flatMap((name) => {
    const value = oneOf(garmentValues, attributes, name);
    return value === "none" ? [] : [[name, value] as const];
  });
  return {
    family: "garments",
    animal,
    outfit: Object.fromEntries(worn),
    nuisance: {
      // Garments have outlines; only the fur has to stand out by itself.
      backdrop: drawBackdrop(random, [furOf(animal)], random.oneIn(3) ? [48, 55] : undefined),
      shade: random.between(-0.12, 0.12),
      zoom: random.between(0.95, 1.02),
      lean: random.between(-2, 2),
      shift: [random.between(-3, 3), random.between(-0.6, 0.6)],
    },
  };
}
