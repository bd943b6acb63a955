/**
 * @file The `sections` family: one thing cut through, seen from the front ("a cross-section view of a
 * watermelon"), before a plain wall or one of a named colour.
 */
import type { Random } from "../../random.js";
import type { Attributes } from "../grammar.js";
import { type Colour, colours } from "../palette.js";
import { oneOf } from "../scene.js";
import { tints } from "./wall.js";

export const subjects = [
  "watermelon",
  "egg",
  "earth",
  "geode",
  "tree trunk",
  "orange",
  "kiwi",
  "apple",
  "avocado",
  "pomegranate",
  "onion",
  "lemon",
] as const;
export type Subject = (typeof subjects)[number];
/** "plain" is a soft tint that no caption names. */
export const walls = ["plain", ...colours] as const;
export type Wall = "plain" | Colour;

export interface SectionsScene {
  readonly family: "sections";
  readonly subject: Subject;
  readonly wall: Wall;
  readonly nuisance: SectionsNuisance;
}

export interface SectionsNuisance {
  /** Which of the soft tints a plain wall has. */
  readonly tint: number;
  /** Tone of a coloured wall. */
  readonly tone: number;
  /** Decides on rings, seeds and cracks. */
  readonly seed: number;
  /** Factor on the size. */
  readonly zoom: number;
  /** Degrees clockwise. */
  readonly lean: number;
  /** Where the thing is, in canvas units from the middle. */
  readonly shift: readonly [x: number, y: number];
}

export function drawAttributes(random: Random): Attributes {
  return {
    subject: random.pick(subjects),
    wall: random.oneIn(2) ? "plain" : random.pick(colours),
  };
}

export function attributesOf({ subject, wall }: SectionsScene): Attributes {
  return { subject, wall };
}

export function build(attributes: Attributes, random: Random): SectionsScene {
  return {
    family: "sections",
    subject: oneOf(subjects, attributes, "subject"),
    wall: oneOf(walls, attributes, "wall"),
    nuisance: {
      tint: random.integer(tints.length),
      tone: random.between(-0.3, 0.4),
      seed: random.integer(1_000_000),
      zoom: random.between(0.94, 1.06),
      lean: random.between(-8, 8),
      shift: [random.between(-3, 3), random.between(-2, 2)],
    },
  };
}
