/** @module The `pairs` family: a thing on the top, and the same thing changed on the bottom. */
import { type Family, sameAsSeen } from "../scene.js";
import { caption, grammar, parse } from "./captions.js";
import { pixels } from "./paint.js";
import { readPair } from "./read.js";
import { attributesOf, build, drawAttributes, type PairsScene } from "./scene.js";

export type { PairsScene } from "./scene.js";

export const pairs: Family<PairsScene> = {
  name: "pairs",
  weight: 3,
  draw: drawAttributes,
  build,
  attributes: attributesOf,
  caption,
  grammar,
  parse,
  pixels,
  read(picture) {
    const seen = readPair(picture);
    return (claim) => sameAsSeen(claim, seen);
  },
};
