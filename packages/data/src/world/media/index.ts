/** @module The `media` family: shirts, cans, signs and stamps with a picture or a word. Judged by retrieval. */
import type { Family } from "../scene.js";
import { caption, grammar, parse } from "./captions.js";
import { pixels } from "./paint.js";
import { attributesOf, build, drawAttributes, type MediaScene } from "./scene.js";

export type { MediaScene } from "./scene.js";

export const media: Family<MediaScene> = {
  name: "media",
  weight: 3,
  draw: drawAttributes,
  build,
  attributes: attributesOf,
  caption,
  grammar,
  parse,
  pixels,
};
