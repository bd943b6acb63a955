/** @file A city: two rows of houses with windows (lit at night), a pavement, a road and a lamp. */

import { ellipse, number } from "../../paint/draw.js";
import type { Rgb } from "../../palette.js";
import type { Mood } from "../light.js";
import { paintSky } from "../sky.js";
import { broadTree } from "./plants.js";

const walls: readonly Rgb[] = [
  [214, 110, 88],
  [236, 196, 140],
  [130, 160, 190],
  [196, 150, 170],
  [150, 178, 150],
  [222, 214, 200],
];

export function city(mood: Mood) {
  const { ink, random, season, time } = mood;
  const dark = time === "night" || time === "sunset";
  const far = Array.from({ length: 9 }, (_, index) => {
    const height = random.between(16, 34);
    return `<rect x="${number(index * 7.4 - 2)}" y="${number(46 - height)}" width="7.600" height="${number(height)}" fill="${ink([120, 134, 162], 0.45)}"/>`;
  }).join("");
  let near = "";
  for (let x = -2; x < 64; ) {
    const width = random.between(9, 14);
    near += house(x, width, random.between(17, 30));
    x += width + 0.4;
  }
  const paving = season === "winter" ? ([236, 241, 248] as const) : ([188, 186, 190] as const);
  const lamp = random.oneIn(2) ? 6 : 58;
  return {
    behind:
      paintSky(mood, 44) +
      far +
      near +
      `<rect y="48" width="64" height="16" fill="${ink([92, 94, 104])}"/>` +
      [2, 18, 34, 50]
        .map(
          (x) => `<rect x="${x}" y="50.400" width="8" height=".9" fill="${ink([240, 236, 210])}"/>`,
        )
        .join("") +
      `<rect y="53" width="64" height="11" fill="${ink(paving)}"/>` +
      `<path d="M0 53.400H64M12 53L6 64M30 53L28 64M48 53L54 64" stroke="${ink([150, 148, 154])}" stroke-width=".6"/>` +
      broadTree(mood, 64 - lamp, 55, 22) +
      `<path d="M${lamp} 56V33" stroke="${ink([50, 54, 66])}" stroke-width="1.400"/>` +
      (dark ? ellipse(lamp, 32, 6, 6, 'fill="#ffe9a0" fill-opacity=".4"') : "") +
      ellipse(lamp, 32, 2, 2.4, `fill="${dark ? "#fff0b4" : ink([244, 240, 220])}"`),
    front: "",
  };

  function house(x: number, width: number, height: number): string {
    const top = 48 - height;
    const glass = ink([176, 206, 226]);
    let windows = "";
    for (let row = top + 2.5; row < 43; row += 4.6) {
      for (let column = x + 1.6; column < x + width - 2; column += 3.4) {
        const pane = dark && !random.oneIn(3) ? "#ffdf7a" : glass;
        windows += `<rect x="${number(column)}" y="${number(row)}" width="1.900" height="2.600" fill="${pane}"/>`;
      }
    }
    const roof = season === "winter" ? ink([248, 250, 253]) : ink([96, 70, 66]);
    return (
      `<rect x="${number(x)}" y="${number(top)}" width="${number(width)}" height="${number(height)}" fill="${ink(random.pick(walls))}"/>` +
      `<rect x="${number(x - 0.3)}" y="${number(top - 1.2)}" width="${number(width + 0.6)}" height="1.800" fill="${roof}"/>` +
      windows
    );
  }
}
