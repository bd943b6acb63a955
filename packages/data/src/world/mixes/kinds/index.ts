/** @file The registry: every kind of thing that mixes show. A new kind is one file and one line here. */
import type { Attributes } from "../../grammar.js";
import { animal } from "./animal.js";
import { dressed } from "./dressed.js";
import { emoji } from "./emoji.js";
import { hybrid } from "./hybrid.js";
import type { Kind } from "./kind.js";
import { object } from "./object.js";
import { solid } from "./solid.js";

export const kinds = { solid, object, emoji, animal, hybrid, dressed } as const satisfies Record<
  string,
  Kind
>;
export type KindName = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as KindName[];

export function kindOf(name: KindName): Kind {
  return kinds[name];
}

/** True for attributes of a thing that this kind paints. */
export function isThing(name: KindName, thing: Attributes): boolean {
  const { values, isPossible } = kindOf(name);
  const known = Object.entries(values).every(([key, allowed]) => allowed.includes(thing[key]!));
  return known && (isPossible?.(thing) ?? true);
}
