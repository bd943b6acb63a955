/** @module The `counting` family: one to six things of a kind on a table, a shelf, the grass or the beach. */
import type { Family } from "../scene.js";
import { caption, grammar, parse } from "./captions.js";
import { drawing } from "./paint.js";
import { compare, readThings } from "./read.js";
import { attributesOf, build, type CountingScene, drawAttributes } from "./scene.js";

export type { CountingScene } from "./scene.js";

export const counting: Family<CountingScene> = {
  name: "counting",
  weight: 3,
  draw: drawAttributes,
  build,
  attributes: attributesOf,
  caption,
  grammar,
  parse,
  drawing,
  read(picture) {
    const seen = readThings(picture);
    return (claim) => compare(claim, seen);
  },
};
