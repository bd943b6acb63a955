/**
 * @file The `objects` family: one everyday object in an unusual outline, colour and pattern, seen from the
 * front ("a square red plate with polka dots").
 */
import type { Random } from "../../random.js";
import type { Attributes } from "../grammar.js";
import { type Backdrop, drawBackdrop } from "../paint/backdrop.js";
import { type Colour, colours, type Ramp, type Rgb, ramps } from "../palette.js";
import { oneOf } from "../scene.js";

export const objectNames = [
  "clock",
  "plate",
  "sign",
  "picture frame",
  "cushion",
  "button",
  "mirror",
] as const;
export type ObjectName = (typeof objectNames)[number];
export const outlines = [
  "triangle",
  "square",
  "pentagon",
  "hexagon",
  "heptagon",
  "octagon",
  "circle",
  "heart",
  "star",
] as const;
export type Outline = (typeof outlines)[number];
export const patterns = ["plain", "stripes", "checkers", "polka dots"] as const;
export type Pattern = (typeof patterns)[number];

export interface ObjectsScene {
  readonly family: "objects";
  readonly object: ObjectName;
  readonly outline: Outline;
  readonly colour: Colour;
  readonly pattern: Pattern;
  readonly nuisance: ObjectsNuisance;
}

export interface ObjectsNuisance {
  readonly backdrop: Backdrop;
  readonly light: "left" | "right";
  /** Added to every tone. */
  readonly shade: number;
  /** Factor on the size. */
  readonly zoom: number;
  /** Degrees clockwise. */
  readonly lean: number;
  /** Where the object stands in the room left to it: −1 to 1 on each axis. */
  readonly shift: readonly [x: number, y: number];
}

export function drawAttributes(random: Random): Attributes {
  return {
    object: random.pick(objectNames),
    outline: random.pick(outlines),
    colour: random.pick(colours),
    // Plain things are the commonest.
    pattern: random.weighted({ plain: 2, stripes: 1, checkers: 1, "polka dots": 1 }),
  };
}

export function attributesOf({ object, outline, colour, pattern }: ObjectsScene): Attributes {
  return { object, outline, colour, pattern };
}

export function build(attributes: Attributes, random: Random): ObjectsScene {
  const colour = oneOf(colours, attributes, "colour");
  const pattern = oneOf(patterns, attributes, "pattern");
  return {
    family: "objects",
    object: oneOf(objectNames, attributes, "object"),
    outline: oneOf(outlines, attributes, "outline"),
    colour,
    pattern,
    nuisance: {
      backdrop: drawBackdrop(
        random,
        shownWith(colour, pattern),
        random.oneIn(3) ? [40, 54] : undefined,
      ),
      light: random.pick(["left", "right"]),
      shade: random.between(-0.12, 0.12),
      zoom: random.between(0.95, 1.04),
      lean: random.between(-3, 3),
      shift: [random.between(-1, 1), random.between(-1, 1)],
    },
  };
}

/** Hands, cutlery and posts are dark, so the backdrop must suit black, and the pattern, as well. */
export function shownWith(colour: Colour, pattern: Pattern): readonly Ramp[] {
  const accent = accentOf(colour);
  return [
    ramps[colour],
    ramps.black,
    ...(pattern === "plain" ? [] : [[accent, accent, accent] as const]),
  ];
}

/** A pattern's second colour: off-white, but teal (which is none of the eleven colours) on white things. */
export function accentOf(colour: Colour): Rgb {
  return colour === "white" ? [64, 158, 164] : [250, 250, 246];
}
