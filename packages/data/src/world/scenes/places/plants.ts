/** @file Trees, grass and flowers in the light and season of a mood. */

import { ellipse, number } from "../../paint/draw.js";
import type { Rgb } from "../../palette.js";
import type { Mood } from "../light.js";

const bark: Rgb = [112, 78, 52];

/** A broad tree, its foot at (x, y). */
export function broadTree(
  { ink, leaves, random }: Mood,
  x: number,
  y: number,
  height: number,
  haze = 0,
): string {
  const trunk = `<path d="M${number(x - height * 0.06)} ${number(y)}L${number(x - height * 0.03)} ${number(y - height * 0.6)}H${number(x + height * 0.03)}L${number(x + height * 0.06)} ${number(y)}Z" fill="${ink(bark, haze)}"/>`;
  const puff = (dx: number, dy: number, r: number, tone: number) =>
    ellipse(
      x + dx * height,
      y - dy * height,
      r * height,
      r * height * 0.9,
      `fill="${ink(leaves[tone % leaves.length]!, haze)}"`,
    );
  const first = random.integer(3);
  return (
    trunk +
    puff(-0.16, 0.58, 0.2, first) +
    puff(0.17, 0.6, 0.2, first) +
    puff(0, 0.76, 0.24, first) +
    puff(-0.07, 0.74, 0.13, first + 1) +
    puff(0.1, 0.62, 0.1, first + 1)
  );
}

/** A fir; snow lies on it in winter. */
export function fir({ ink, season }: Mood, x: number, y: number, height: number, haze = 0): string {
  const tier = (top: number, bottom: number, half: number, colour: Rgb) =>
    `<path d="M${number(x)} ${number(y - top * height)}L${number(x + half * height)} ${number(y - bottom * height)}H${number(x - half * height)}Z" fill="${ink(colour, haze)}"/>`;
  const green: Rgb = season === "autumn" ? [72, 96, 52] : [38, 98, 70];
  const tiers: readonly (readonly [number, number, number])[] = [
    [0.62, 0.08, 0.26],
    [0.82, 0.32, 0.21],
    [1, 0.58, 0.15],
  ];
  return (
    `<rect x="${number(x - height * 0.03)}" y="${number(y - height * 0.1)}" width="${number(height * 0.06)}" height="${number(height * 0.1)}" fill="${ink(bark, haze)}"/>` +
    tiers
      .map(
        ([top, bottom, half]) =>
          tier(top, bottom, half, green) +
          (season === "winter"
            ? tier(top, bottom + (top - bottom) * 0.45, half * 0.55, [244, 248, 252])
            : ""),
      )
      .join("")
  );
}

/** Blades at the foot of things; their tips at about `y - 4`. */
export function tufts({ ink, grass, random }: Mood, y: number, count: number): string {
  const dark: Rgb = [grass[0] * 0.8, grass[1] * 0.84, grass[2] * 0.8];
  return Array.from({ length: count }, () => {
    const [x, foot] = [random.between(0, 64), y + random.between(-1, 3)];
    const blade = (lean: number) =>
      `M${number(x + lean * 0.3 - 0.4)} ${number(foot)}L${number(x + lean)} ${number(foot - random.between(2, 4.5))}L${number(x + lean * 0.3 + 0.5)} ${number(foot)}Z`;
    return `<path d="${blade(-1.6)}${blade(0.1)}${blade(1.7)}" fill="${ink(random.oneIn(2) ? grass : dark)}"/>`;
  }).join("");
}

const petals: Readonly<Record<string, readonly Rgb[]>> = {
  spring: [
    [255, 120, 170],
    [255, 255, 255],
    [190, 120, 240],
    [255, 222, 70],
  ],
  summer: [
    [255, 206, 40],
    [236, 62, 52],
  ],
};

/** Flowers where the season has them. */
export function flowers(
  { ink, season, random }: Mood,
  from: number,
  to: number,
  count: number,
): string {
  const colours = petals[season];
  if (!colours) return "";
  return Array.from({ length: count }, () => {
    const [x, y] = [random.between(1, 63), random.between(from, to)];
    const size = 0.5 + ((y - from) / (to - from + 1)) * 0.9;
    const petal = `fill="${ink(random.pick(colours))}"`;
    return (
      [0, 72, 144, 216, 288]
        .map((angle) =>
          ellipse(
            x + size * Math.sin((angle * Math.PI) / 180),
            y - size * Math.cos((angle * Math.PI) / 180),
            size * 0.75,
            size * 0.75,
            petal,
          ),
        )
        .join("") +
      ellipse(
        x,
        y,
        size * 0.6,
        size * 0.6,
        `fill="${ink(season === "summer" ? [96, 60, 24] : [255, 210, 60])}"`,
      )
    );
  }).join("");
}
