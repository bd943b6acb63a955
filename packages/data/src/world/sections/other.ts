/** @file Things other than fruit, cut through, around the origin with a radius of about 24 units. */
import type { Random } from "../../random.js";
import { number, type Point, ring } from "../paint/draw.js";
import { oval, patch, shape, stroke } from "../paint/shape.js";
import type { Rgb } from "../palette.js";
import { blob, disc, drawWobble, glow, polar, sector, skin } from "./round.js";

export function egg(random: Random): string {
  const outline =
    "M0 -25C9.6 -25 18.6 -8 18.6 5C18.6 16.6 10.6 24 0 24C-10.6 24 -18.6 16.6 -18.6 5C-18.6 -8 -9.6 -25 0 -25Z";
  const y = 6 + random.between(-1, 1);
  return (
    skin(outline, [214, 160, 116]) +
    `<g transform="translate(0 .1) scale(.92 .94)">${patch(outline, [253, 252, 248])}</g>` +
    patch(
      "M11 -8C15.6 2 17.4 12 8 20.4C14 18.6 17 12 16.6 4.6C16 -1 13.6 -5 11 -8Z",
      [222, 224, 236],
    ) +
    patch(oval(0, y, 10.4, 10.4), [230, 150, 20]) +
    patch(oval(0, y, 9.4, 9.4), [252, 190, 40]) +
    patch(oval(-2.4, y - 2.8, 4.4, 3.8), [255, 220, 110])
  );
}

/** A globe with a wedge cut out: crust, mantle, outer and inner core. */
export function earth(random: Random): string {
  const turn = random.between(-8, 8);
  const layers: [number, Rgb][] = [
    [22.8, [150, 74, 40]],
    [21.2, [206, 52, 30]],
    [17, [232, 92, 30]],
    [12.4, [250, 160, 36]],
    [7, [255, 226, 90]],
    [3.6, [255, 250, 206]],
  ];
  const land = [
    "M-17 -12Q-12 -20 -3 -19.6L1 -16L-3 -12L-5 -7L-10 -5.6L-13 -1L-17.6 -3Q-20 -8 -17 -12Z",
    "M-12 2.4Q-7 .6 -3.6 5L-2.6 10L-7 15.6L-10 20.4L-13.6 14L-14.6 7Z",
    "M2 20.4Q7 18.4 11 19.4L6 22.6Q3 22.6 2 20.4Z",
  ].map((data) => patch(data, [82, 170, 76]));
  return (
    glow("sea", 24, [
      [0, [96, 170, 236]],
      [0.8, [46, 118, 214]],
      [1, [26, 76, 168]],
    ]) +
    skin(disc(24), "sea") +
    land.join("") +
    patch(
      "M-20 -3Q-14 -6 -9 -3.4Q-14 -1.4 -20 -3ZM-9 17Q-4 14.6 1 16.6Q-4 18.8 -9 17Z",
      [255, 255, 255],
      0.8,
    ) +
    `<g transform="rotate(${number(turn)})">` +
    shape(sector(0, 24, -76, 52), [112, 66, 44]) +
    layers.map(([radius, colour]) => patch(sector(0, radius, -75, 51), colour)).join("") +
    "</g>"
  );
}

export function geode(random: Random): string {
  const wobble = drawWobble(random, 0.1);
  const bands: [number, Rgb][] = [
    [21, [232, 236, 244]],
    [19.6, [120, 150, 190]],
    [18.4, [214, 226, 240]],
    [17.2, [150, 116, 190]],
  ];
  const crystals = (outer: number, inner: number, count: number, tones: readonly Rgb[]) =>
    Array.from({ length: count }, (_, at) => {
      const middle = ((at + random.between(-0.2, 0.2)) * 360) / count;
      const half = 200 / count;
      const tip = polar((inner + random.between(-1.6, 1.6)) * wobble(middle), middle);
      const facet = (off: number, tone: Rgb) =>
        patch(
          ring([
            polar(outer * wobble(middle), middle + off),
            tip,
            polar(outer * wobble(middle), middle),
          ] as Point[]),
          tone,
        );
      return facet(-half, tones[0]!) + facet(half, tones[1]!);
    }).join("");
  return (
    skin(blob(23.6, wobble, 0.7, random), [120, 110, 108]) +
    `<path d="${blob(22.2, wobble)}" fill="none" stroke="#8e8480" stroke-width="1.2" stroke-dasharray="2.4 1.7"/>` +
    bands.map(([radius, colour]) => patch(blob(radius, wobble), colour)).join("") +
    patch(blob(16, wobble), [70, 30, 110]) +
    crystals(16.2, 9, 16, [
      [196, 150, 236],
      [134, 78, 196],
    ]) +
    crystals(12, 4.4, 11, [
      [166, 104, 220],
      [98, 46, 160],
    ]) +
    patch(blob(3.6, wobble), [42, 14, 74])
  );
}

export function treeTrunk(random: Random): string {
  const wobble = drawWobble(random, 0.07);
  const count = 7 + random.integer(3);
  const rings = Array.from({ length: count }, (_, at) => {
    const radius = 1.6 + ((at + random.between(-0.15, 0.15)) * 18.4) / count;
    return `<path d="${blob(radius, wobble)}" fill="none" stroke="#b07a44" stroke-width="${at % 3 ? 0.8 : 1.2}"/>`;
  });
  const cracks = [random.integer(120), 120 + random.integer(100), 250 + random.integer(90)].map(
    (degrees) => {
      const [[x1, y1], [x2, y2]] = [
        polar(20.4, degrees),
        polar(random.between(9, 13), degrees + 4),
      ];
      const [x3, y3] = polar(20.4, degrees + 5);
      return patch(
        ring([
          [x1, y1],
          [x2, y2],
          [x3, y3],
        ]),
        [124, 80, 44],
      );
    },
  );
  return (
    glow("wood", 21, [
      [0, [206, 148, 88]],
      [0.5, [228, 178, 116]],
      [1, [244, 208, 152]],
    ]) +
    skin(blob(23.8, wobble, 0.9, random), [92, 60, 40]) +
    `<path d="${blob(22.2, wobble, 0.3, random)}" fill="none" stroke="#6e4a32" stroke-width="1.2" stroke-dasharray="2.6 1.3"/>` +
    patch(blob(20.8, wobble), "wood") +
    rings.join("") +
    cracks.join("") +
    stroke("M0 0h.1", [124, 80, 44], 1.8)
  );
}
