/** @module The `mixes` family: two things of different families in one picture. Judged by retrieval. */
import type { Family } from "../scene.js";
import { caption, grammar, parse } from "./captions.js";
import { pixels } from "./paint.js";
import { attributesOf, build, canonical, drawAttributes, type MixesScene, parts } from "./scene.js";

export type { MixesScene } from "./scene.js";

export const mixes: Family<MixesScene> = {
  name: "mixes",
  // One sample in ten: the weights of all the others add up to 36.
  weight: 4,
  draw: drawAttributes,
  build,
  attributes: attributesOf,
  parts,
  canonical,
  caption,
  grammar,
  parse,
  pixels,
};
