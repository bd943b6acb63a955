/**
 * @file The `mixes` family: two things of different families before one backdrop ("a fox sitting next to a small red
 * block").
 *
 * What the relations mean in the picture ("below", "behind" and "right" are the inverses):
 * - beside: both stand on one line, either of them on the left;
 * - left: both stand on one line, the first on the viewer's left;
 * - front: the first is nearer: it stands lower in the picture, and may hide part of the second, which stands aside;
 * - on: the first stands on the flat top of the second, a cube or a cylinder that is not small.
 */
import { badOption } from "@dalle-ts/tensor";
import type { Random } from "../../random.js";
import type { Attributes } from "../grammar.js";
import { type Backdrop, drawBackdrop } from "../paint/backdrop.js";
import { oneOf, type Part } from "../scene.js";
import { isThing, type KindName, kindNames, kindOf } from "./kinds/index.js";
import type { Manner } from "./kinds/kind.js";

export const relations = ["beside", "left", "right", "front", "behind", "on", "below"] as const;
export type Relation = (typeof relations)[number];

/** The things' names in attribute keys: first is `relation` second. */
export const roles = ["first", "second"] as const;
export type Role = (typeof roles)[number];

export interface Thing {
  readonly kind: KindName;
  /** In the keys of the kind. */
  readonly attributes: Attributes;
}

export interface MixesScene {
  readonly family: "mixes";
  readonly first: Thing;
  readonly second: Thing;
  readonly relation: Relation;
  readonly nuisance: MixesNuisance;
}

export interface MixesNuisance {
  readonly backdrop: Backdrop;
  readonly light: "left" | "right";
  /** Added to every tone. */
  readonly shade: number;
  /** Factor on all sizes. */
  readonly zoom: number;
  /** Where the group stands in the room left to it: −1 to 1 on each axis. */
  readonly shift: readonly [x: number, y: number];
  /** Room between or overlap of the things, 0 to 1 of what the relation allows. */
  readonly slack: number;
  /** In "beside" the first thing's side, in "front" and "behind" the farther one's. */
  readonly side: "left" | "right";
  /** Of the first and the second thing. */
  readonly manners: readonly [Manner, Manner];
}

const inverse: Readonly<Partial<Record<Relation, Relation>>> = {
  right: "left",
  behind: "front",
  below: "on",
};

export function drawAttributes(random: Random): Attributes {
  // biome-ignore format: one line a table
  const relation = random.weighted({ beside: 6, left: 3, right: 3, front: 2, behind: 2, on: 3, below: 1 });
  const thing = (): Thing => {
    // biome-ignore format: one line a table
    const kind = random.weighted({ solid: 4, animal: 4, emoji: 4, object: 3, hybrid: 2, dressed: 2 });
    return { kind, attributes: kindOf(kind).draw(random) };
  };
  let drawn = flatten(thing(), thing(), relation);
  while (!isPossible(drawn)) drawn = flatten(thing(), thing(), relation);
  return drawn;
}

/** True for two things of different kinds, the lower of which carries the upper. */
export function isPossible(attributes: Attributes): boolean {
  const [first, second] = roles.map((role) => thingIn(role, attributes));
  if (!first || !second || first.kind === second.kind) return false;
  const { relation } = attributes;
  if (relation !== "on" && relation !== "below") return true;
  const lower = relation === "on" ? second : first;
  return kindOf(lower.kind).measure(lower.attributes).seat !== undefined;
}

/** The thing of this role; undefined if no kind paints it. */
export function thingIn(role: Role, attributes: Attributes): Thing | undefined {
  const own = Object.entries(attributes).flatMap(([key, value]) =>
    key.startsWith(`${role}.`) ? [[key.slice(role.length + 1), value] as const] : [],
  );
  const { kind, ...rest } = Object.fromEntries(own);
  const known = kindNames.find((name) => name === kind);
  return known && isThing(known, rest) ? { kind: known, attributes: rest } : undefined;
}

/** The attributes of a thing, each key with its role before it. */
export function inRole(role: Role, { kind, attributes }: Thing): Attributes {
  const told = Object.entries({ kind, ...attributes });
  return Object.fromEntries(told.map(([key, value]) => [`${role}.${key}`, value]));
}

export function flatten(first: Thing, second: Thing, relation: Relation): Attributes {
  return { ...inRole("first", first), ...inRole("second", second), relation };
}

export function attributesOf({ first, second, relation }: MixesScene): Attributes {
  return flatten(first, second, relation);
}

/** Each thing by itself. */
export function parts({ first, second, nuisance: { manners } }: MixesScene): Part[] {
  return [first, second].flatMap(
    ({ kind, attributes }, index) => kindOf(kind).alone?.(attributes, manners[index]!) ?? [],
  );
}

/** "a below b" paints the same picture as "b on a", and "a beside b" as "b beside a". */
export function canonical(attributes: Attributes): Attributes {
  const relation = attributes.relation as Relation;
  const [first, second] = roles.map((role) => thingIn(role, attributes)!) as [Thing, Thing];
  if (relation === "beside") {
    // Their kinds differ, so the kinds can say who is named first.
    return first.kind < second.kind ? attributes : flatten(second, first, relation);
  }
  const other = inverse[relation];
  return other ? flatten(second, first, other) : attributes;
}

export function build(attributes: Attributes, random: Random): MixesScene {
  const relation = oneOf(relations, attributes, "relation");
  if (!isPossible(attributes)) {
    throw badOption("attributes", "two things that one picture shows", JSON.stringify(attributes));
  }
  const [first, second] = roles.map((role) => thingIn(role, attributes)!) as [Thing, Thing];
  const shown = [first, second].flatMap((thing) => kindOf(thing.kind).shown(thing.attributes));
  return {
    family: "mixes",
    first,
    second,
    relation,
    nuisance: {
      backdrop: drawBackdrop(random, shown, random.oneIn(4) ? undefined : [18, 36]),
      light: random.pick(["left", "right"]),
      shade: random.between(-0.12, 0.12),
      zoom: random.between(0.94, 1),
      shift: [random.between(-1, 1), random.between(-1, 1)],
      slack: random.between(0, 1),
      side: random.pick(["left", "right"]),
      manners: [drawManner(first, random), drawManner(second, random)],
    },
  };
}

function drawManner({ kind, attributes }: Thing, random: Random): Manner {
  const painter = kindOf(kind);
  return {
    ...(painter.stamp ? { set: random.pick(painter.sets(attributes)) } : {}),
    mirrored: random.oneIn(2),
    turn: random.between(-20, 20),
  };
}
