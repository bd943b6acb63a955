/** @file The items on the 64 × 64 canvas: a main part, which is the concept, and what stands behind and before it. */
import { ellipse } from "../paint/draw.js";
import type { Look } from "./concept.js";
import type { Item } from "./scene.js";

/** The main part's box, and its outline when the item keeps its own. */
export interface ItemForm {
  readonly box: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  readonly outline: string;
  behind(look: Look): string;
  upon(look: Look): string;
}

const line = (d: string, colour: string, width: number) =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
const block = (x: number, y: number, width: number, height: number, r: number, fill: string) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${r}" fill="${fill}"/>`;
const wood = "#8d5a34";
const shade = 'fill="#000" fill-opacity=".16"';

export const forms: Readonly<Record<Item, ItemForm>> = {
  armchair: {
    box: { x: 12, y: 2, width: 40, height: 46 },
    outline: "M14 48V14Q14 4 24 4H40Q50 4 50 14V48Z",
    behind: () => line("M15 54L12 62M49 54L52 62", wood, 4),
    upon: ({ skin, flesh }) =>
      block(12, 36, 40, 9, 4.5, flesh) +
      `<path d="M14 45h36v2h-36Z" ${shade}/>` +
      block(9, 46, 46, 11, 4, skin) +
      [4, 50]
        .map((x) => block(x, 28, 10, 29, 5, skin) + ellipse(x + 5, 33, 3, 3, `fill="${flesh}"`))
        .join(""),
  },
  lamp: {
    box: { x: 14, y: 2, width: 36, height: 36 },
    outline: "M22 4H42L52 36H12Z",
    behind: ({ skin, accent }) =>
      ellipse(32, 22, 30, 22, 'fill="#fff3b0" fill-opacity=".55"') +
      line("M32 34V56", skin, 4) +
      ellipse(32, 46, 4, 4, `fill="${accent}"`),
    upon: ({ skin }) =>
      ellipse(32, 59, 13, 3.5, `fill="${skin}"`) +
      line("M41 37v8", "#c9a227", 1.2) +
      ellipse(41, 46, 1.4, 1.4, 'fill="#c9a227"'),
  },
  teapot: {
    box: { x: 13, y: 18, width: 38, height: 40 },
    outline: "M32 19C50 19 53 30 51 42Q49 57 40 57H24Q15 57 13 42C11 30 14 19 32 19Z",
    behind: ({ skin }) =>
      line("M47 28Q63 26 60 40Q57 50 47 48", skin, 4.5) +
      `<path d="M18 46Q8 46 7 30L2 24L10 25Q12 36 20 38Z" fill="${skin}"/>`,
    upon: ({ flesh, accent, skin }) =>
      ellipse(32, 19, 11, 4, `fill="${skin}"`) +
      ellipse(32, 18, 9, 2.8, `fill="${flesh}"`) +
      ellipse(32, 13, 3.2, 3.2, `fill="${accent}"`) +
      block(24, 56, 16, 4, 2, skin),
  },
  clock: {
    box: { x: 7, y: 7, width: 50, height: 50 },
    outline: "M32 7A25 25 0 0 1 32 57A25 25 0 0 1 32 7Z",
    behind: () => "",
    upon: () =>
      ellipse(32, 33, 14, 14, 'fill="#fffdf4" stroke="#2b2b33" stroke-width="1.600"') +
      line("M32 21.500v2.500M32 42v2.500M20.500 33h2.500M41 33h2.500", "#2b2b33", 1.4) +
      line("M32 33L32 25.500", "#2b2b33", 2) +
      line("M32 33L37.500 36", "#2b2b33", 2) +
      ellipse(32, 33, 1.6, 1.6, 'fill="#d23b2a"'),
  },
  purse: {
    box: { x: 10, y: 20, width: 44, height: 42 },
    outline: "M16 24H48Q52 24 53 30L56 54Q56 60 50 60H14Q8 60 8 54L11 30Q12 24 16 24Z",
    behind: ({ skin }) => line("M18 30C16 -4 48 -4 46 30", skin, 3.6),
    upon: ({ skin }) =>
      block(15, 24, 34, 5, 2.5, skin) +
      block(28, 22.5, 8, 8, 2, "#e8b923") +
      ellipse(32, 26.5, 1.6, 1.6, 'fill="#8a6a10"'),
  },
  bench: {
    box: { x: 7, y: 8, width: 50, height: 32 },
    outline: "M8 10H56Q58 10 58 13V38H6V13Q6 10 8 10Z",
    behind: () => line("M11 14V60M53 14V60M16 46V60M48 46V60", wood, 3.4),
    upon: ({ skin, flesh }) =>
      `<path d="M8 40H56L61 48H3Z" fill="${flesh}"/>` +
      block(3, 47, 58, 4.5, 2, skin) +
      line("M5 30H11M53 30H59M5 30V40M59 30V40", skin, 2.6),
  },
  snail: {
    box: { x: 18, y: 8, width: 42, height: 44 },
    outline: "M39 9A21 21 0 0 1 39 51A21 21 0 0 1 39 9Z",
    behind: ({ flesh }) =>
      `<path d="M62 57H16Q4 57 4 44V32Q4 26 10 26Q16 26 16 33V42Q17 47 24 47H50Q58 48 62 57Z" fill="${flesh}" stroke="#5a4636" stroke-opacity=".35"/>` +
      line("M8 27L5 17M13 27L15 17", flesh, 2.6) +
      [4.5, 15.5]
        .map(
          (x) => ellipse(x, 16, 3.2, 3.2, 'fill="#fff"') + ellipse(x, 16, 1.7, 1.7, 'fill="#222"'),
        )
        .join(""),
    upon: () => line("M5 36Q8 39 11 36", "#4a2f22", 1.2),
  },
};
