/** @module The `hybrids` family: one thing in the shape, or with the texture, of another. Judged by retrieval. */
import type { Family } from "../scene.js";
import { caption, grammar, parse } from "./captions.js";
import { drawing } from "./paint.js";
import { attributesOf, build, drawAttributes, type HybridsScene } from "./scene.js";

export type { HybridsScene } from "./scene.js";

export const hybrids: Family<HybridsScene> = {
  name: "hybrids",
  weight: 3,
  draw: drawAttributes,
  build,
  attributes: attributesOf,
  caption,
  grammar,
  parse,
  drawing,
};
