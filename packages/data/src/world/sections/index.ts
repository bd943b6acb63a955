/** @module The `sections` family: fruit, an egg, the earth, a geode, a tree trunk, cut through. */
import { type Family, sameAsSeen } from "../scene.js";
import { caption, grammar, parse } from "./captions.js";
import { drawing } from "./paint.js";
import { readSection } from "./read.js";
import { attributesOf, build, drawAttributes, type SectionsScene } from "./scene.js";

export type { SectionsScene } from "./scene.js";

export const sections: Family<SectionsScene> = {
  name: "sections",
  weight: 3,
  draw: drawAttributes,
  build,
  attributes: attributesOf,
  caption,
  grammar,
  parse,
  drawing,
  read(picture) {
    const seen = readSection(picture);
    return (claim) => sameAsSeen(claim, seen);
  },
};
