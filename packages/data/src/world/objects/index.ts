/** @module The `objects` family: everyday things in an unusual outline, colour and pattern. */
import type { Attributes } from "../grammar.js";
import { type Family, sameAsSeen } from "../scene.js";
import { caption, grammar, parse } from "./captions.js";
import { drawing } from "./paint.js";
import { readObject } from "./read.js";
import { attributesOf, build, drawAttributes, type ObjectsScene } from "./scene.js";

export type { ObjectsScene } from "./scene.js";

export const objects: Family<ObjectsScene> = {
  name: "objects",
  weight: 3,
  draw: drawAttributes,
  build,
  attributes: attributesOf,
  caption,
  grammar,
  parse,
  drawing,
  read(picture) {
    const seen: Attributes = { ...readObject(picture) };
    return (claim) => sameAsSeen(claim, seen);
  },
};
