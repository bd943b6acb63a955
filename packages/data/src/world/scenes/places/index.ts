/** @file The places, each behind and in front of the animal, whose feet are at about y = 58. Canvas units. */

import { number } from "../../paint/draw.js";
import type { Rgb } from "../../palette.js";
import type { Mood } from "../light.js";
import type { Ground } from "../scene.js";
import { paintSky } from "../sky.js";
import { beach } from "./beach.js";
import { city } from "./city.js";
import { hill, mountain, slab } from "./ground.js";
import { broadTree, fir, flowers, tufts } from "./plants.js";

export interface Scenery {
  readonly behind: string;
  readonly front: string;
}

const dim = (colour: Rgb, by: number): Rgb => [colour[0] * by, colour[1] * by, colour[2] * by];

function field(mood: Mood): Scenery {
  const { ink, grass, random } = mood;
  const rows = [43, 46.5, 51, 57]
    .map((y, index) => {
      const line = `M-2 ${y}Q32 ${y - 2} 66 ${y + 1}`;
      return `<path d="${line}" fill="none" stroke="${ink(dim(grass, 0.9))}" stroke-width="${number(0.6 + index * 0.5)}"/>`;
    })
    .join("");
  const trees = [random.between(3, 9), random.between(13, 18), random.between(48, 60)]
    .map((x) => broadTree(mood, x, 41, random.between(10, 14), 0.2))
    .join("");
  return {
    behind:
      paintSky(mood, 38) +
      hill(random, 34, 3, ink(dim(grass, 0.78), 0.6)) +
      hill(random, 37, 2, ink(dim(grass, 0.86), 0.3)) +
      trees +
      hill(random, 42, 1.2, ink(grass)) +
      rows +
      flowers(mood, 44, 60, 16),
    front: tufts(mood, 61, 16) + flowers(mood, 59, 63, 5),
  };
}

function forest(mood: Mood): Scenery {
  const { ink, grass, random } = mood;
  const line = (count: number, y: number, low: number, high: number, haze: number) =>
    Array.from({ length: count }, (_, index) => {
      const x = ((index + 0.5) * 64) / count + random.between(-2, 2);
      const tree = index % 3 === random.integer(3) ? broadTree : fir;
      return tree(mood, x, y + random.between(-0.5, 0.8), random.between(low, high), haze);
    }).join("");
  const sides = [
    [-1, 30],
    [8, 26],
    [57, 27],
    [66, 32],
  ].map(([x, height], index) =>
    (index % 2 === 0 ? broadTree : fir)(mood, x! + random.between(-1, 1), 54, height! * 1.25),
  );
  return {
    behind:
      paintSky(mood, 38) +
      slab(36, ink(dim(grass, 0.5), 0.45)) +
      line(13, 40, 17, 24, 0.55) +
      line(10, 44, 20, 27, 0.25) +
      hill(random, 45, 1, ink(dim(grass, 0.82))) +
      sides.join("") +
      hill(random, 54, 1, ink(dim(grass, 0.95))) +
      flowers(mood, 50, 60, 9),
    front: tufts(mood, 62, 15),
  };
}

function mountains(mood: Mood): Scenery {
  const { ink, random, season, grass } = mood;
  const [rock, shadow]: readonly Rgb[] = [
    [142, 146, 164],
    [100, 104, 128],
  ];
  const inks = (haze: number) =>
    [ink(rock!, haze), ink(shadow!, haze), ink([252, 253, 255], haze * 0.4)] as const;
  const cap = season === "winter" ? 0.75 : 0.34;
  const peak = (x: number, y: number, half: number, haze: number) =>
    mountain(
      { x: x + random.between(-3, 3), y: y + random.between(-2, 2), half, foot: 52 },
      inks(haze),
      cap,
    );
  const ledge = season === "winter" ? ([238, 244, 252] as const) : ([150, 140, 130] as const);
  const cracks = `<path d="M6 60l7-3l4 3M48 62l5-4l6 2M22 58l3 3" fill="none" stroke="${ink(dim(ledge, 0.7))}" stroke-width=".8"/>`;
  return {
    behind:
      paintSky(mood, 42) +
      peak(30, 8, 30, 0.5) +
      peak(6, 15, 26, 0.25) +
      peak(56, 12, 28, 0.15) +
      hill(random, 47, 1.5, ink(dim(grass, 0.8), 0.1)) +
      [4, 11, 50, 58, 63].map((x) => fir(mood, x, 52, random.between(8, 12))).join("") +
      `<path d="M-2 66V58L8 53.500L22 55L34 52.500L50 54L60 57L66 56V66Z" fill="${ink(ledge)}"/>` +
      `<path d="M-2 66V60L12 58L30 60L48 58L66 61V66Z" fill="${ink(dim(ledge, 0.86))}"/>` +
      cracks,
    front: season === "winter" ? "" : tufts(mood, 63.5, 6),
  };
}

export const places: Readonly<Record<Ground, (mood: Mood) => Scenery>> = {
  field,
  forest,
  mountain: mountains,
  beach,
  city,
};
