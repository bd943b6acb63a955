/** @file The styles, each a filter of the finished picture. Lengths in them are in canvas units of 1/64 of the side. */
import type { Style } from "../scene.js";
import { charcoal, pencil } from "./drawn.js";
import { neon } from "./neon.js";
import { painting } from "./painting.js";
import { blackAndWhite, sepia } from "./photograph.js";
import { pixelArt } from "./pixel-art.js";
import { popArt } from "./pop-art.js";
import { blueprint, ukiyoE } from "./print.js";
import type { Image } from "./raster.js";
import { stainedGlass } from "./stained-glass.js";

export const styleFilters: Readonly<Record<Style, (image: Image) => Image>> = {
  plain: (image) => image,
  painting,
  "pop art": popArt,
  "pencil sketch": pencil,
  charcoal,
  "pixel art": pixelArt,
  "ukiyo-e": ukiyoE,
  "stained glass": stainedGlass,
  neon,
  blueprint,
  sepia,
  "black and white": blackAndWhite,
};
