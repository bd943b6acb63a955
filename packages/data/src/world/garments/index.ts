/** @module The `garments` family: young animals in hats, gloves, shirts and pants. */
import { type Family, sameAsSeen } from "../scene.js";
import { caption, grammar, parse } from "./captions.js";
import { drawing } from "./paint.js";
import { readFigure } from "./read.js";
import { attributesOf, build, drawAttributes, type GarmentsScene } from "./scene.js";

export type { GarmentsScene } from "./scene.js";

export const garments: Family<GarmentsScene> = {
  name: "garments",
  weight: 3,
  draw: drawAttributes,
  build,
  attributes: attributesOf,
  caption,
  grammar,
  parse,
  drawing,
  read(picture) {
    const seen = readFigure(picture);
    return (claim) => sameAsSeen(claim, seen);
  },
};
