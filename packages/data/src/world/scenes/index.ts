/** @module The `scenes` family: an animal in a place, at a time, in a style and a view. Judged by retrieval. */
import type { Family } from "../scene.js";
import { caption, grammar, parse } from "./captions.js";
import { pixels } from "./paint.js";
import { attributesOf, build, drawAttributes, type ScenesScene, shownBy } from "./scene.js";

export type { ScenesScene } from "./scene.js";

export const scenes: Family<ScenesScene> = {
  name: "scenes",
  weight: 6,
  draw: drawAttributes,
  build,
  attributes: attributesOf,
  shown: shownBy,
  caption,
  grammar,
  parse,
  pixels,
};
