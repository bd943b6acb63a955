/** @module The `blocks` family: solids alone, in pairs, and in stacks of three. */
import type { Family } from "../scene.js";
import { caption, grammar, parse } from "./captions.js";
import { compare } from "./judge.js";
import { drawing } from "./paint.js";
import { readSolids } from "./read.js";
import { attributesOf, type BlocksScene, build, canonical, drawAttributes } from "./scene.js";

export type { BlocksScene } from "./scene.js";

export const blocks: Family<BlocksScene> = {
  name: "blocks",
  weight: 3,
  draw: drawAttributes,
  build,
  attributes: attributesOf,
  canonical,
  caption,
  grammar,
  parse,
  drawing,
  read(picture) {
    const seen = readSolids(picture);
    return (claim) => compare(claim, seen);
  },
};
