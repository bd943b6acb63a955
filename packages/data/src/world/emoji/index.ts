/** @module The `emoji` family: drawings of the open emoji sets, some with a mood. Judged by retrieval. */
import type { Family } from "../scene.js";
import { caption, grammar, parse } from "./captions.js";
import { pixels } from "./paint.js";
import { attributesOf, build, drawAttributes, type EmojiScene, shownBy } from "./scene.js";

export type { EmojiScene } from "./scene.js";

export const emoji: Family<EmojiScene> = {
  name: "emoji",
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
