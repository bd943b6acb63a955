/** @file Scenes that differ in one attribute: what their captions tell apart, and little else. */
import { DalleError } from "@dalle-ts/tensor";
import type { Random } from "../random.js";
import { familyOf, type Scene } from "./families.js";
import type { Attributes } from "./grammar.js";

/** A scene like this one but for one attribute, which another scene of the family lends, and for its nuisance. */
export function neighbourOf(scene: Scene, random: Random): Scene {
  const { attributes, draw } = familyOf(scene.family);
  const own = attributes(scene);
  for (;;) {
    const other = draw(random);
    const lent = Object.keys(own).filter((name) => other[name] !== own[name]);
    if (lent.length === 0 || !sameNames(own, other)) continue; // a pair of blocks lends nothing to one
    const name = random.pick(lent);
    const neighbour = buildIfPossible(scene.family, { ...own, [name]: other[name]! }, random);
    if (neighbour) return neighbour;
  }
}

function sameNames(some: Attributes, others: Attributes): boolean {
  const names = Object.keys(others);
  return names.length === Object.keys(some).length && names.every((name) => name in some);
}

/** Not every attribute goes with every other: no set draws a sad fox. */
function buildIfPossible(
  family: Scene["family"],
  attributes: Attributes,
  random: Random,
): Scene | undefined {
  try {
    return familyOf(family).build(attributes, random);
  } catch (error) {
    if (error instanceof DalleError && error.code === "bad_option") return undefined;
    throw error;
  }
}
