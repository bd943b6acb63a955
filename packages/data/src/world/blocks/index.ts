/** @module The `blocks` family: solids alone, in pairs, and in stacks of three. */
import type { Family } from "../scene.js";
import { caption, parse } from "./captions.js";
import { drawing } from "./paint.js";
import { attributesOf, type BlocksScene, build, canonical, drawAttributes } from "./scene.js";

export type { BlocksScene } from "./scene.js";

export const blocks: Family<BlocksScene> = {
  name: "blocks",
  weight: 1,
  draw: drawAttributes,
  build,
  attributes: attributesOf,
  canonical,
  caption,
  parse,
  drawing,
};
