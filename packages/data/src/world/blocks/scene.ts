/**
 * @file The `blocks` family: one solid, two solids in a relation, or a stack of three cubes.
 *
 * Solids of one scene differ in colour, so that a stranger (and the judge) can tell which is which.
 * A single solid has five sizes; solids of a pair have only small, medium and large, so that two fit into the
 * picture and each size is 1.39 times the one below. "medium" is the size that captions leave unsaid.
 *
 * What the relations mean in the picture ("below", "behind" and "right" are the inverses):
 * - on: the first solid's base rests on the middle of the second one's top;
 * - front: the first is nearer: its base is lower in the picture, and it may hide part of the second, which
 *   stands a little to one side so that most of it stays visible;
 * - left: both stand on one line, the first on the viewer's left, without touching.
 * Only a cube or a cylinder carries a solid larger than itself, and that by one size: a small solid under a
 * large one would be hidden.
 */
import { badOption } from "@dalle-ts/tensor";
import type { Random } from "../../random.js";
import type { Attributes } from "../grammar.js";
import { type Backdrop, drawBackdrop } from "../paint/backdrop.js";
import { type Colour, colours, ramps } from "../palette.js";
import { oneOf } from "../scene.js";

export const shapes = ["cube", "ball", "cylinder", "cone", "pyramid"] as const;
export type Shape = (typeof shapes)[number];
export const sizes = ["tiny", "small", "medium", "large", "huge"] as const;
export type Size = (typeof sizes)[number];
export const relations = ["on", "below", "front", "behind", "left", "right"] as const;
export type Relation = (typeof relations)[number];
export type Arrangement = "one" | "pair" | "stack";

/** The sizes that solids have in each arrangement. */
export const sizesOf: Readonly<Record<Arrangement, readonly Size[]>> = {
  one: sizes,
  pair: ["small", "medium", "large"],
  stack: ["medium"],
};

export interface Solid {
  readonly shape: Shape;
  readonly colour: Colour;
  readonly size: Size;
}

export interface BlocksScene {
  readonly family: "blocks";
  readonly arrangement: Arrangement;
  /** One; two (first, second: "first is `relation` second"); or three (top, middle, bottom). */
  readonly solids: readonly Solid[];
  /** Only in a pair. */
  readonly relation?: Relation;
  readonly nuisance: BlocksNuisance;
}

export interface BlocksNuisance {
  readonly backdrop: Backdrop;
  readonly light: "left" | "right";
  /** Added to every tone. */
  readonly shade: number;
  /** Degrees each solid is turned from having an edge towards the viewer. */
  readonly turns: readonly number[];
  /** Factor on all sizes. */
  readonly zoom: number;
  /** Where the group stands in the room left to it: −1 to 1 on each axis. */
  readonly shift: readonly [x: number, y: number];
  /** Room between or overlap of two solids, 0 to 1 of what the relation allows. */
  readonly slack: number;
  /** In "front" and "behind": the side to which the rear solid stands. */
  readonly rearSide: "left" | "right";
}

/** Names of the solids in attribute keys, in the order of `solids`. */
export const roles = ["first", "second", "third"] as const;
const inverse: Readonly<Record<Relation, Relation>> = {
  on: "below",
  below: "on",
  front: "behind",
  behind: "front",
  left: "right",
  right: "left",
};

export function drawAttributes(random: Random): Attributes {
  const arrangement = random.weighted({ one: 6, pair: 11, stack: 3 });
  if (arrangement === "stack") {
    const [top, middle, bottom] = random.sample(colours, 3);
    return flatten(arrangement, [cube(top!), cube(middle!), cube(bottom!)]);
  }
  const shape = () => random.weighted({ cube: 4, ball: 2, cylinder: 2, cone: 2, pyramid: 2 });
  if (arrangement === "one") {
    const size = random.weighted({ tiny: 2, small: 3, medium: 4, large: 3, huge: 2 });
    return flatten(arrangement, [{ shape: shape(), colour: random.pick(colours), size }]);
  }
  const [first, second] = random.sample(colours, 2);
  const solids = (): Solid[] => [
    { shape: shape(), colour: first!, size: random.pick(sizesOf.pair) },
    { shape: shape(), colour: second!, size: random.pick(sizesOf.pair) },
  ];
  const relation = random.weighted({ on: 4, below: 2, front: 3, behind: 2, left: 3, right: 3 });
  let drawn = solids();
  while (!stands(drawn, relation)) drawn = solids();
  return flatten(arrangement, drawn, relation);
}

function cube(colour: Colour): Solid {
  return { shape: "cube", colour, size: "medium" };
}

/** True for solids that a scene may show: colours that differ, sizes that fit, a seat that carries. */
export function isPossible(attributes: Attributes): boolean {
  const { arrangement, relation } = attributes as { arrangement: Arrangement; relation?: Relation };
  const solids = solidsOf(attributes);
  const differ = new Set(solids.map(({ colour }) => colour)).size === solids.length;
  const fit = solids.every(({ size }) => sizesOf[arrangement].includes(size));
  return differ && fit && (relation === undefined || stands(solids, relation));
}

/** False where a solid would balance on a tip, or hide what it rests on. */
function stands(solids: readonly Solid[], relation: Relation): boolean {
  if (relation !== "on" && relation !== "below") return true;
  const [upper, lower] = relation === "on" ? solids : [solids[1], solids[0]];
  const flat = lower!.shape === "cube" || lower!.shape === "cylinder";
  return sizes.indexOf(upper!.size) - sizes.indexOf(lower!.size) <= (flat ? 1 : 0);
}

export function flatten(
  arrangement: Arrangement,
  solids: readonly Solid[],
  relation?: Relation,
): Attributes {
  const attributes: Record<string, string> = { arrangement };
  for (const [index, solid] of solids.entries()) {
    for (const key of ["shape", "colour", "size"] as const)
      attributes[`${roles[index]}.${key}`] = solid[key];
  }
  if (relation) attributes.relation = relation;
  return attributes;
}

export function attributesOf({ arrangement, solids, relation }: BlocksScene): Attributes {
  return flatten(arrangement, solids, relation);
}

/** "a below b" paints the same picture as "b on a": the key always says on, front or left. */
export function canonical(attributes: Attributes): Attributes {
  const relation = attributes.relation as Relation | undefined;
  if (relation !== "below" && relation !== "behind" && relation !== "right") return attributes;
  const [first, second] = solidsOf(attributes);
  return flatten("pair", [second!, first!], inverse[relation]);
}

export function solidsOf(attributes: Attributes): Solid[] {
  const count = { one: 1, pair: 2, stack: 3 }[attributes.arrangement as Arrangement];
  return roles.slice(0, count).map((role) => ({
    shape: oneOf(shapes, attributes, `${role}.shape`),
    colour: oneOf(colours, attributes, `${role}.colour`),
    size: oneOf(sizes, attributes, `${role}.size`),
  }));
}

export function build(attributes: Attributes, random: Random): BlocksScene {
  const arrangement = oneOf(["one", "pair", "stack"] as const, attributes, "arrangement");
  if (!isPossible(attributes)) {
    throw badOption("attributes", "solids that one picture can show", JSON.stringify(attributes));
  }
  const solids = solidsOf(attributes);
  const shown = solids.map(({ colour }) => ramps[colour]);
  return {
    family: "blocks",
    arrangement,
    solids,
    ...(arrangement === "pair" ? { relation: oneOf(relations, attributes, "relation") } : {}),
    nuisance: {
      backdrop: drawBackdrop(random, shown, random.oneIn(4) ? undefined : [14, 34]),
      light: random.pick(["left", "right"]),
      shade: random.between(-0.12, 0.12),
      turns: solids.map(() => random.between(-20, 20)),
      zoom: random.between(0.96, 1.04),
      shift: [random.between(-1, 1), random.between(-1, 1)],
      slack: random.between(0, 1),
      rearSide: random.pick(["left", "right"]),
    },
  };
}
